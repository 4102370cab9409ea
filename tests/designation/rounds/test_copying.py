"""A round copied from last year's (照此新建)."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds import copying
from designation.rounds.models import RecommendationQuota, Round, Veto
from designation.site.refusal import Refusal
from standards.models import StandardVersion
from tests import factories
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(county):
    client = Client()
    client.force_login(county.coordinator)
    return client


def test_next_year_s_round_is_made_after_this_one(county, browser):
    former = county.round
    Round.objects.filter(pk=former.pk).update(
        opens_at=datetime(2028, 2, 29, 1, tzinfo=UTC),
        closes_at=datetime(2028, 3, 31, 9, 30, tzinfo=UTC),
        year_from=date(2027, 1, 1),
        year_to=date(2027, 12, 31),
        first_review_days=7,
        name_en="Round of 2026",
    )
    kept = {"round": former, "reviewing_body": county.township}
    RecommendationQuota.objects.create(category="NC", places=3, **kept)
    RecommendationQuota.objects.create(category="SQ", places=1, **kept)
    veto = {"round": former, "document": "县委〔2026〕1号", "confirming_body": "公安局"}
    Veto.objects.create(check_code="NC-03-C4", **veto)
    Veto.objects.create(check_code="NC-09-C4", is_on=False, **veto)

    answer = fill_in(browser, reverse("rounds:detail", args=[former.pk]), to="/copy/")

    made = Round.objects.exclude(pk=former.pk).get()
    assert answer.url == reverse("rounds:edit", args=[made.pk])
    assert (made.name_zh, made.name_en) == ("2027年示范点评定", "Round of 2027")
    assert made.status == Round.Status.DRAFT
    assert made.opens_at == datetime(2029, 2, 28, 1, tzinfo=UTC)
    assert made.closes_at == datetime(2029, 3, 31, 9, 30, tzinfo=UTC)
    assert (made.year_from, made.year_to) == (date(2028, 1, 1), date(2028, 12, 31))
    assert made.first_review_days == 7
    assert made.organizer == former.organizer
    (entry,) = made.categories.all()
    assert (entry.category, entry.quota) == ("NC", county.round_category.quota)
    assert [quota.places for quota in made.recommendation_quotas.all()] == [3]
    assert [one.check_code for one in made.vetoes.all()] == ["NC-03-C4"]
    event = AuditEvent.objects.get(action="round.copy")
    assert event.details == {"copied_from": former.name_zh}
    assert former.categories.count() == 1


def test_last_year_s_approval_is_not_this_year_s(county, browser):
    fill_in(browser, reverse("rounds:detail", args=[county.round.pk]), to="/copy/")
    made = Round.objects.exclude(pk=county.round.pk).get()

    page = browser.get(reverse("rounds:detail", args=[made.pk])).content.decode()

    assert made.approval_document_number == ""
    assert "请在“批次信息”中填写今年的批准文号。" in page
    assert browser.post(reverse("rounds:open", args=[made.pk])).status_code == 422


def test_pressed_twice_it_is_made_once(county, browser):
    sheet = Sheet(browser, reverse("rounds:detail", args=[county.round.pk]), to="/copy/")

    assert sheet.send().url == sheet.send().url
    assert Round.objects.count() == 2


def test_a_category_whose_standard_is_no_more_is_left_to_be_chosen(county, browser):
    StandardVersion.objects.filter(category="NC").update(status="retired")
    fill_in(browser, reverse("rounds:detail", args=[county.round.pk]), to="/copy/")

    assert not Round.objects.exclude(pk=county.round.pk).get().categories.exists()


def test_only_who_manages_a_round_copies_it(county):
    stranger = factories.seated(
        Role.COUNTY_COORDINATOR, factories.JurisdictionFactory(code="350102000000")
    )
    with pytest.raises(Refusal, match="只有本辖区的县级经办人"):
        copying.copy(county.round, actor=stranger)
