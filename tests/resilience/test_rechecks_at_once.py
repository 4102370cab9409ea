"""The year of a county drawn while its titles are entered or revoked, under real threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from designation.audit.chain import verify
from designation.site import clock
from tests.course import County
from tests.rechecks_held import SEED, act, answered, draw, entered, titles
from tests.sheets import fill_in
from tests.titles_given import REASON, paper
from tests.workflows.test_door import wait_for_a_waiter
from workflows.rechecks.models import Draw, Recheck, SelfReport, Standing
from workflows.titles import acts as of_titles

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60
DRAW = reverse("rechecks:draw")


@pytest.fixture
def county(reference_data, held_clock):
    return County()


def sent_meanwhile(person, address, said, work):
    """What the form answers that is sent while ``work`` goes on, and waits for its end."""

    def send():
        try:
            client = Client()
            client.force_login(person)
            return fill_in(client, address, said)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            work()
            sent = pool.submit(send)
            wait_for_a_waiter()
        return sent.result(PATIENCE)


def test_a_draw_that_waits_for_a_title_to_be_entered_draws_from_the_others(county):
    first, *others = titles(county, 12)

    answer = sent_meanwhile(county.coordinator, DRAW, SEED, lambda: entered(county, first))

    made = Draw.objects.get()
    assert answer.url == reverse("draws:drawn", args=[made.pk])
    assert made.listed == sorted(title.number for title in others)
    assert Recheck.objects.get(title=first).why == Recheck.Why.REASON
    assert verify().whole


def test_who_enters_a_title_that_is_drawn_meanwhile_is_told_that_it_is(county):
    first, *_others = titles(county, 12, days=200)
    address = reverse("rechecks:enter", args=[first.pk])

    answer = sent_meanwhile(
        county.coordinator, address, {"reason": REASON}, lambda: draw(county, count=0)
    )

    assert answer.status_code == 422
    assert "2026 年的复核还没有办结" in answer.content.decode()
    assert Recheck.objects.get(title=first).why == Recheck.Why.LAST_YEAR


def test_a_title_is_not_given_up_while_its_revocation_is_proposed(county):
    recheck = answered(county)
    address = reverse("titles:act", args=[recheck.title_id, "cancel"])
    said = {
        "document_number": "红旗村党支部来函（3月2日）",
        "deciding_body": "红旗村党支部",
        "decided_on": clock.today(),
        "reason": REASON,
        "sure": "on",
    }

    answer = sent_meanwhile(
        county.coordinator, address, said, lambda: act("propose", recheck, county.coordinator)
    )

    assert answer.status_code == 422
    assert "请先由审定人决定" in answer.content.decode()
    assert recheck.title.standing_on(clock.today()).is_in_force


def test_no_revocation_is_proposed_of_a_title_that_is_given_up_meanwhile(county):
    recheck = answered(county)
    address = reverse("rechecks:step", args=[recheck.pk, "propose"])

    def cancel():
        said = paper(recheck.title, "cancel")
        of_titles.carry_out("cancel", recheck.title, said, actor=county.coordinator)

    said = {"text": REASON, "sure": "on"}
    answer = sent_meanwhile(county.coordinator, address, said, cancel)

    assert answer.status_code == 422
    assert "不再作复核结论" in answer.content.decode()
    assert Recheck.objects.get().standing == Standing.ANSWERED


@pytest.mark.parametrize("days", [200, 700])
def test_a_title_that_is_revoked_while_the_year_is_drawn_is_neither_rechecked_nor_asked(
    county, days
):
    first, *others = titles(county, 3, days=days)
    officer = county.deciding_officer

    def revoke():
        of_titles.carry_out("revoke", first, paper(first, "revoke"), actor=officer)

    sent_meanwhile(county.coordinator, DRAW, SEED, revoke)

    assert Draw.objects.get().year == clock.today().year
    assert not Recheck.objects.filter(title=first).exists()
    assert not SelfReport.objects.filter(title=first).exists()
    of_others = Recheck.objects.count() + SelfReport.objects.count()
    assert of_others == len(others)
