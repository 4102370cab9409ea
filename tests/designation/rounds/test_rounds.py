"""Rounds: the legal frame, what must be there before one opens, who sees it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.calendar.models import CalendarYear
from designation.organizations.models import Role
from designation.rounds.models import LocalTerm, OrganizerLevel, Round
from designation.site import clock
from standards import copying, publishing
from tests import factories
from tests.public_addresses import public
from tests.sheets import fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_coordinator(client, county):
    client.force_login(county.coordinator)
    return client


@pytest.fixture
def draft(county):
    return factories.RoundFactory(
        jurisdiction=county.jurisdiction, status=Round.Status.DRAFT, name_zh="筹备中的批次"
    )


def page(name, *arguments):
    return reverse(f"rounds:{name}", args=arguments)


def frame(county, **changes):
    return {
        "name_zh": "2027年评定",
        "jurisdiction": county.jurisdiction.pk,
        "organizer": "中共青山县委",
        "organizer_level": "county",
        "managing_office": "县委组织部",
        "approving_body": "省表彰办",
        "approval_document_number": "〔2026〕9号",
        "cycle": "每年一次",
        "opens_at": "2026-04-01T09:00",
        "closes_at": "2026-04-30T17:30",
        "first_review_days": 10,
        "correction_days": 5,
        "returns_allowed": 2,
        "paper_check_days": 10,
        "verification_days": 20,
        "notice_days": 5,
        "designation_days": 10,
        "valid_years": 3,
    } | changes


def test_a_coordinator_sets_up_a_round_and_opens_it(as_coordinator, county):
    made = as_coordinator.post(page("add"), frame(county))
    round_ = Round.objects.latest("pk")
    assert made.url == page("detail", round_.pk)

    assert "请至少选择一个申报类别" in as_coordinator.get(made.url).content.decode()
    as_coordinator.post(page("categories", round_.pk), {"NC": "10", "SQ": "5"})
    fill_in(as_coordinator, page("categories", round_.pk), SQ="")
    LocalTerm.objects.all().delete()
    refused = as_coordinator.post(page("open", round_.pk))
    assert refused.status_code == 422
    assert "“四个统一”还没有本县释义" in refused.content.decode()

    form = as_coordinator.get(page("terms", round_.pk)).context["form"]
    as_coordinator.post(page("terms", round_.pk), dict.fromkeys(form.fields, "本县的规定"))
    police = {"NC-03-C4-body": "县公安局", "NC-09-C4-body": "县纪委监委"}
    cited = "县委〔2026〕2号"
    fill_in(as_coordinator, page("vetoes", round_.pk), police | {"NC-09-C4": cited})
    fill_in(
        as_coordinator,
        page("vetoes", round_.pk),
        police | {"NC-09-C4": "", "NC-03-C4": cited},
    )
    assert fill_in(as_coordinator, page("detail", round_.pk), to="/open/").status_code == 302

    round_.refresh_from_db()
    assert round_.status == Round.Status.OPEN
    assert [entry.category for entry in round_.categories.all()] == ["NC"]
    (veto,) = round_.vetoes.filter(is_on=True)
    assert (veto.check_code, veto.confirming_body) == ("NC-03-C4", "县公安局")
    assert AuditEvent.objects.filter(action="round.open").count() == 1


def test_a_veto_without_the_body_that_confirms_the_fact_is_refused_and_nothing_typed_is_lost(
    as_coordinator, county
):
    round_ = county.round
    round_.status = Round.Status.DRAFT
    round_.save()
    data = {"NC-03-C4": "县委〔2026〕2号", "NC-03-C4-body": " "}
    answer = as_coordinator.post(page("vetoes", round_.pk), data)

    assert answer.status_code == 422
    assert "启用一票否决，须写明由哪个机关核实。" in answer.content.decode()
    assert "县委〔2026〕2号" in answer.content.decode()
    assert not county.round.vetoes.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        ("2025-01-01", "", "year_to"),
        ("", "2025-12-31", "year_from"),
        ("2025-12-31", "2025-01-01", "year_to"),
    ],
)
def test_the_year_looked_at_has_both_its_days_in_their_order(
    as_coordinator, county, begins, ends, field
):
    data = frame(county, year_from=begins, year_to=ends)
    answer = as_coordinator.post(page("add"), data)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("level", "message"),
    [
        (OrganizerLevel.TOWNSHIP, "乡镇(街道)不得主办"),
        (OrganizerLevel.COUNTY_DEPARTMENT, "部门不得以自己名义主办"),
    ],
)
def test_those_who_may_not_organize_are_refused_with_the_reason(
    as_coordinator, county, level, message
):
    answer = as_coordinator.post(page("add"), frame(county, organizer_level=level))

    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_the_database_holds_who_may_organize(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.RoundFactory(organizer_level=OrganizerLevel.TOWNSHIP)


def test_a_window_runs_forward(as_coordinator, county):
    answer = as_coordinator.post(page("add"), frame(county, closes_at="2026-03-01T09:00"))

    assert "截止时间须晚于开始时间" in answer.content.decode()


def test_a_category_without_text_cannot_be_chosen(as_coordinator, draft):
    content = as_coordinator.get(page("categories", draft.pk)).content.decode()

    assert "待录入" in content
    as_coordinator.post(page("categories", draft.pk), {"GQ": "3"})
    assert not draft.categories.exists()


def test_an_edit_is_kept_and_a_wrong_one_told(as_coordinator, county, draft):
    fill_in(as_coordinator, page("edit", draft.pk), name_zh="改名")
    draft.refresh_from_db()
    assert draft.name_zh == "改名"

    wrong = as_coordinator.post(page("edit", draft.pk), frame(county, notice_days=2))
    assert wrong.status_code == 422
    assert as_coordinator.post(page("categories", draft.pk), {"NC": "0"}).status_code == 422


def test_an_open_round_is_no_longer_changed(as_coordinator, county):
    assert as_coordinator.get(page("edit", county.round.pk)).status_code == 404
    again = as_coordinator.post(page("open", county.round.pk))
    assert "只有筹备中的批次可以开展" in again.content.decode()


def test_a_round_is_closed_once(as_coordinator, county):
    address = page("detail", county.round.pk)
    assert fill_in(as_coordinator, address, to="/close/").status_code == 302
    again = as_coordinator.post(page("close", county.round.pk))
    assert "只有已开展的批次可以结束" in again.content.decode()


def test_a_round_that_outruns_the_calendar_does_not_open(as_coordinator, draft):
    draft.closes_at = datetime(2027, 1, 20, tzinfo=UTC)
    draft.save()
    assert not CalendarYear.objects.filter(year=2027).exists()

    content = as_coordinator.post(page("open", draft.pk)).content.decode()

    assert "2027 年的工作日历尚未启用" in content
    assert "请系统管理员（暂无人担任，请安全管理员授予岗位）" in content
    factories.seated(Role.SYSTEM_ADMINISTRATOR, draft.jurisdiction, full_name="管一")
    content = as_coordinator.post(page("open", draft.pk)).content.decode()
    assert "请系统管理员（管一）在“工作日历”中载入，并由另一人确认" in content


def test_a_draft_round_is_seen_by_its_coordinator_only(client, as_coordinator, draft):
    assert draft.name_zh in as_coordinator.get(page("list")).content.decode()
    as_coordinator.logout()
    assert draft.name_zh not in client.get(public("rounds:list")).content.decode()
    assert client.get(public("rounds:detail", args=[draft.pk])).status_code == 404


def test_a_definition_may_be_changed_but_not_emptied(as_coordinator, draft):
    factories.RoundCategoryFactory(round=draft)
    address = page("terms", draft.pk)
    form = as_coordinator.get(address).context["form"]
    first = next(iter(form.fields))

    refused = fill_in(as_coordinator, address, {first: " "})
    fill_in(as_coordinator, address, {first: "本县的新规定"})

    assert refused.status_code == 422
    assert "不能清空" in refused.content.decode()
    assert LocalTerm.objects.filter(definition="本县的新规定").count() == 1


def test_a_term_left_empty_for_later_is_not_defined_by_it(as_coordinator, draft):
    factories.RoundCategoryFactory(round=draft)
    LocalTerm.objects.all().delete()
    address = page("terms", draft.pk)
    first, *rest = as_coordinator.get(address).context["form"].fields

    as_coordinator.post(address, {first: "本县的规定"} | dict.fromkeys(rest, ""))

    assert [term.definition for term in LocalTerm.objects.all()] == ["本县的规定"]


def test_a_round_leads_to_the_version_it_judges_by_not_to_the_newest(client, county):
    entry = county.round.categories.get(category="NC")
    newer = copying.copy(entry.standard, area_code=county.jurisdiction.code)
    publishing.publish(newer, at=clock.now())
    shown = client.get(public("rounds:detail", args=[county.round.pk])).content.decode()
    assert public("standards:version", args=["NC", entry.standard.number]) in shown
    assert public("standards:version", args=["NC", newer.number]) not in shown
