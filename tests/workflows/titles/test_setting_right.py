"""A slip in the last day of a title is set right on record: by a step of its own, seen by all."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from designation.calendar import terms
from designation.organizations.models import Role
from designation.papers import numbers
from designation.papers.models import GivenNumber
from designation.register import queries as register
from designation.register.models import DesignationDecision
from designation.register.standing import Act, Status
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.designation.certificates.test_checking import issue
from tests.public_addresses import public
from tests.sheets import Sheet
from tests.titles_given import DAY, REASON, Title
from workflows.titles import orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(county, held_clock):
    return Title(county)


def by_its_decision(title, until, **said):
    """By the decision that gave it, in which the right day stands."""
    gave = title.row.decision
    return title.act(
        "correct",
        document_number=gave.document_number,
        deciding_body=gave.deciding_body,
        **{"decided_on": gave.decided_on, "until": until} | said,
    )


def refused(one, act, **said):
    steps = one.row.steps.count()
    with pytest.raises(Refusal) as refusal:
        act(**said)
    assert one.row.steps.count() == steps
    return refusal.value.codes


def read(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


def page(title):
    return reverse("titles:act", args=[title.row.pk, "correct"])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_slip_is_set_right_by_the_decision_itself_and_holds_from_today(title, client):
    wrong, right = title.standing.until, title.standing.until - 31 * DAY
    numbers = GivenNumber.objects.count()

    step = by_its_decision(title, right)

    assert (step.act, step.effective_on, step.until) == (Act.CORRECTED, clock.today(), right)
    assert (step.decision, step.document_number) == (title.row.decision, "")
    assert (DesignationDecision.objects.count(), GivenNumber.objects.count()) == (1, numbers)
    assert (title.status, title.standing.until) == (Status.VALID, right)
    before = clock.today() - DAY
    assert title.row.standing_on(before).until == wrong, "what the register said, it did say"
    assert register.titles(before).get(pk=title.row.pk).until == wrong
    assert register.titles().get(pk=title.row.pk).until == right
    title.row.refresh_from_db()
    assert title.row.valid_until == wrong


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "有效期至{0}，更正为至{1}"), ("en", "Valid until {0}, corrected to {1}")],
)
def test_everybody_reads_the_day_that_was_and_the_day_that_is(title, client, language, words):
    wrong, right = date(2028, 1, 31), date(2027, 1, 31)
    assert title.standing.until == wrong
    by_its_decision(title, right, reason="录入时年份写错，按命名决定更正。")

    told = read(client.get(public("register:detail", args=[title.row.number], language=language)))

    in_words = {
        "zh-hans": ("2028年1月31日(周一)", "2027年1月31日(周日)"),
        "en": ("31 January 2028 (Mon)", "31 January 2027 (Sun)"),
    }
    assert words.format(*in_words[language]) in told
    assert title.row.decision.document_number in told
    assert "录入时年份写错，按命名决定更正。" in told
    life = as_(title.county.coordinator).get(reverse("titles:title", args=[title.row.pk]))
    assert "原来登记的有效期至：2028年1月31日(周一)" in read(life)


def test_the_unit_and_the_county_are_told_both_days(title):
    head = factories.seated(Role.HEAD, title.row.organization)
    coordinator = title.county.coordinator

    by_its_decision(title, date(2027, 1, 31))

    delivery.deliver_waiting()
    (message,) = Message.objects.filter(person=head)
    assert message.subject == (
        f"{title.row.organization.name_zh}的称号有效期登记有误，已更正为至2027年1月31日(周日)。"
    )
    assert "原来登记的有效期至：2028年1月31日(周一)" in message.body
    assert Message.objects.filter(person=coordinator).exists()


def test_a_document_of_its_own_holds_from_its_day_and_may_correct_several(county, held_clock):
    one, other = Title(county), Title(county.beside())
    said = {"document_number": "青发〔2026〕77号", "decided_on": clock.today() - DAY}

    steps = [title.act("correct", **said) for title in (one, other)]

    assert {step.document_number for step in steps} == {"青发〔2026〕77号"}
    assert {step.effective_on for step in steps} == {clock.today() - DAY}
    assert one.row.standing_on(clock.today() - DAY).until == one.standing.until
    assert GivenNumber.objects.filter(number="青发〔2026〕77号").count() == 1
    refusals = refused(one, one.act, name="warn", document_number="青发〔2026〕77号")
    assert refusals == ("document_number_taken",)


def test_what_is_no_correction_is_refused_with_what_to_look_at(title):
    until, given_on = title.standing.until, title.row.designated_on

    assert refused(title, by_its_decision, title=title, until=until) == ("no_other_day",)
    assert refused(title, by_its_decision, title=title, until=given_on) == ("no_other_day",)
    other = {"decided_on": clock.today(), "until": until + DAY}
    assert refused(title, by_its_decision, title=title, **other) == ("dated_wrong",)
    ahead = {"decided_on": clock.today() + DAY}
    assert refused(title, title.act, name="correct", **ahead) == ("dated_wrong",)
    assert refused(title, title.act, name="correct", document_number="") == ("no_document",)
    assert refused(title, title.act, name="correct", reason="错") == ("reason_too_short",)


@pytest.mark.parametrize("ended", ["revoke", "cancel"])
def test_what_was_ended_is_corrected_no_more(title, ended):
    title.act(ended)

    assert refused(title, title.act, name="correct") == ("title_moved",)


def test_it_is_the_deciding_officers_and_of_no_title_of_their_own_organization(title):
    officer, unit = title.county.deciding_officer, title.row.organization
    own = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction, home_organization=unit)
    head = factories.seated(Role.HEAD, unit)

    for person in (title.county.coordinator, own, head):
        assert refused(title, title.act, name="correct", actor=person) == ("not_permitted",)
        assert as_(person).get(page(title)).status_code == 404
    assert title.act("correct", actor=officer)


def test_what_stands_against_a_title_goes_on_and_so_does_its_time(title, held_clock):
    title.act("order")

    by_its_decision(title, title.standing.until + 31 * DAY)

    assert title.status == Status.ORDERED
    assert terms.open_terms(title.row).filter(kind=orders.ORDER).count() == 1
    by_its_decision(title, clock.today() - DAY, reason="年份写错，应当是去年，予以更正。")
    assert title.status == Status.EXPIRED
    orders.end_those_of_ended()
    assert not terms.open_terms(title.row).filter(kind=orders.ORDER).exists()
    assert title.act("accept"), "what was ordered is concluded all the same"


def test_a_title_that_was_over_by_a_slip_stands_again(title, held_clock):
    held_clock.move(title.standing.until - clock.today() + 3 * DAY)
    assert title.status == Status.EXPIRED

    by_its_decision(title, title.standing.until + 365 * DAY)

    assert title.status == Status.VALID
    assert title.row.standing_on(clock.today() - DAY).status == Status.EXPIRED


def test_a_right_day_that_is_past_is_told_before_and_asked_once_more(title):
    officer = as_(title.county.deciding_officer)
    sheet = Sheet(officer, page(title))
    gave = title.row.decision
    assert sheet.values["document_number"] == [gave.document_number]
    assert sheet.values["decided_on"] == [gave.decided_on.isoformat()]
    assert "现在登记的是2028年1月31日(周一)" in read(officer.get(page(title)))
    said = {"until": "2026年3月1日", "reason": REASON}

    answer = sheet.send(said)

    assert answer.status_code == 422
    assert "按这一天，称号已于2026年3月1日(周日)到期" in read(answer)
    assert "更正后名册显示为“已到期”" in read(answer)
    assert title.standing.until == title.row.valid_until
    other = {"until": "2026年2月28日", "over": "2026-03-01"}
    assert sheet.send(said | other).status_code == 422, "of another day it was not told"
    again = sheet.send(said | {"over": "2026-03-01"})
    assert again.url == reverse("titles:title", args=[title.row.pk])
    assert (title.status, title.standing.until) == (Status.EXPIRED, date(2026, 3, 1))


def test_the_decision_on_record_is_named_with_whatever_number_it_bears(county, held_clock):
    odd = "青组发〔2019〕5—6号"
    assert numbers.seems_one(odd)
    title = Title(county, document_number=odd)
    sheet = Sheet(as_(county.deciding_officer), page(title))
    assert sheet.values["document_number"] == [odd]

    answer = sheet.send({"until": "2027-06-25", "reason": REASON})

    assert answer.url == reverse("titles:title", args=[title.row.pk])
    assert title.standing.until == date(2027, 6, 25)


def test_the_same_form_sent_twice_corrects_once(title):
    gave = title.row.decision
    said = {"document_number": gave.document_number, "decided_on": gave.decided_on}

    for _turn in range(2):
        title.act("correct", request_key="once", until=date(2027, 1, 31), **said)

    assert title.row.steps.filter(act=Act.CORRECTED).count() == 1


def test_a_certificate_that_states_the_wrong_day_is_replaced(title):
    former = issue(title)

    by_its_decision(title, date(2027, 1, 31))

    assert issue(title).supersedes == former
