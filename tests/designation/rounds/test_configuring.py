"""Filling a round as an import does: plain values, no form."""

from datetime import date, timedelta

import pytest

from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds import configuring
from designation.rounds.configuring import RoundRefused
from designation.rounds.models import LocalTerm, OrganizerLevel, Round
from designation.site import clock
from standards import copying, publishing
from tests import factories

pytestmark = pytest.mark.django_db

CITED = ("县委〔2026〕2号", "县公安局")


@pytest.fixture
def draft(county):
    round_ = factories.RoundFactory(
        jurisdiction=county.jurisdiction, status=Round.Status.DRAFT, name_zh="筹备中的批次"
    )
    factories.RoundCategoryFactory(round=round_)
    return round_


def frame(county, **values):
    made = factories.RoundFactory.build(jurisdiction=county.jurisdiction)
    return {name: getattr(made, name) for name in configuring.FRAME} | values


def refused(act, *arguments, **named):
    """The field and code of each reason; nothing is recorded."""
    events = AuditEvent.objects.count()
    with pytest.raises(RoundRefused) as why:
        act(*arguments, **named)
    assert AuditEvent.objects.count() == events
    return {(finding.field, finding.code) for finding in why.value.findings}


def told(action):
    return AuditEvent.objects.filter(action=action).latest("pk").details["changed"]


def test_a_round_is_begun_as_a_draft(county):
    begun = configuring.begin(frame(county, name_zh=" 新批次\n"), actor=county.coordinator)

    begun.refresh_from_db()
    assert (begun.status, begun.name_zh) == (Round.Status.DRAFT, "新批次")
    event = AuditEvent.objects.get(action="round.add")
    assert event.actor_role == Role.COUNTY_COORDINATOR
    assert {"name_zh", "jurisdiction", "opens_at"} <= set(event.details["changed"])


def test_a_frame_that_cannot_be_is_refused_at_its_value(county):
    township = county.village.jurisdiction

    def found(**values):
        return refused(configuring.begin, frame(county, **values), actor=county.coordinator)

    assert found(organizer="") == {("organizer", "not_taken")}
    assert found(notice_days=2) == {("notice_days", "not_taken")}
    assert found(opens_at=None) == {("opens_at", "not_taken")}
    assert found(status="open") == {("status", "not_filled_here")}
    assert found(jurisdiction=township) == {("jurisdiction", "township")}
    for level in (OrganizerLevel.TOWNSHIP, OrganizerLevel.COUNTY_DEPARTMENT):
        assert found(organizer_level=level) == {("organizer_level", "unlawful_organizer")}
    closes = clock.now() - timedelta(days=9)
    assert found(closes_at=closes) == {("closes_at", "window_runs_backward")}
    day = date(2025, 1, 1)
    assert found(year_from=day) == {("year_to", "half_a_year")}
    assert found(year_to=day) == {("year_from", "half_a_year")}
    assert found(year_from=day, year_to=day) == {("year_to", "year_runs_backward")}


def test_a_round_needs_all_of_its_frame(county):
    values = frame(county)
    del values["organizer"]

    found = refused(configuring.begin, values, actor=county.coordinator)
    assert found == {("organizer", "missing")}


def test_the_log_says_what_changed_in_the_records_own_words(county, draft):
    values = {"notice_counts_first_day": True, "year_from": date(2025, 1, 1)}
    configuring.keep_frame(
        draft, values | {"year_to": date(2025, 12, 31)}, actor=county.coordinator
    )

    assert told("round.edit") == {
        "notice_counts_first_day": ["否", "是"],
        "year_from": ["", "2025年1月1日(周三)"],
        "year_to": ["", "2025年12月31日(周三)"],
    }


def test_what_changes_nothing_writes_nothing(county, draft):
    LocalTerm.objects.all().delete()
    events = AuditEvent.objects.count()

    configuring.keep_frame(draft, {"name_zh": draft.name_zh}, actor=county.coordinator)
    configuring.set_places(draft, {"NC": 10, "SQ": None}, actor=county.coordinator)
    configuring.define_terms(draft, {"四个统一": ("", "")}, actor=county.coordinator)
    configuring.set_vetoes(draft, {"NC-03-C4": ("", "县公安局")}, actor=county.coordinator)

    assert AuditEvent.objects.count() == events


def test_what_another_changed_since_it_was_read_is_refused(county, draft):
    LocalTerm.objects.all().delete()
    actor = county.coordinator
    configuring.keep_frame(draft, {"cycle": "每两年一次"}, actor=actor)
    configuring.set_places(draft, {"NC": 12}, actor=actor)
    configuring.define_terms(draft, {"四个统一": ("他人的规定", "")}, actor=actor)
    configuring.set_vetoes(draft, {"NC-03-C4": CITED}, actor=actor)

    late = [
        (configuring.keep_frame, {"cycle": "每三年一次"}, {"cycle": "每年一次"}, "cycle"),
        (configuring.set_places, {"NC": 11}, {"NC": 10}, "NC"),
        (
            configuring.define_terms,
            {"四个统一": ("我的", "")},
            {"四个统一": ("", "")},
            "term-四个统一",
        ),
        (configuring.set_vetoes, {"NC-03-C4": ("", "")}, {"NC-03-C4": ("", "")}, "NC-03-C4"),
    ]
    for act, values, before, field in late:
        found = refused(act, draft, values, before=before, actor=actor)
        assert found == {(field, "changed_meanwhile")}


def test_places_that_cannot_be_are_refused_at_their_category(county, draft):
    def found(**places):
        return refused(configuring.set_places, draft, places, actor=county.coordinator)

    assert found(GQ=3) == {("GQ", "standard_not_usable")}
    assert found(ZZ=3) == {("ZZ", "standard_not_usable")}
    assert found(NC=0, SQ=1001) == {("NC", "places"), ("SQ", "places")}


def test_places_are_kept_by_the_standard_in_use_and_taken_out(county, draft):
    configuring.set_places(draft, {"NC": 12, "SQ": 3}, actor=county.coordinator)
    assert told("round.categories") == {"NC": ["10", "12"], "SQ": ["", "3"]}

    newer = copying.copy(draft.categories.get(category="NC").standard, area_code="341821000000")
    publishing.publish(newer, at=clock.now())
    configuring.set_places(draft, {"NC": 12, "SQ": None}, actor=county.coordinator)

    entry = draft.categories.get()
    assert (entry.category, entry.quota, entry.standard) == ("NC", 12, newer)
    assert told("round.categories") == {
        "NC": [f"12：{county.round_category.standard}", f"12：{newer}"],
        "SQ": ["3", ""],
    }


def test_a_definition_that_cannot_be_is_refused_at_its_term(county, draft):
    def found(term, definition, document=""):
        return refused(
            configuring.define_terms,
            draft,
            {term: (definition, document)},
            actor=county.coordinator,
        )

    assert found("四个统一", " ") == {("term-四个统一", "definition_emptied")}
    assert found("别的用语", "规定") == {("term-别的用语", "term_not_used")}
    assert found("四个统一", "字" * 1001) == {("term-四个统一", "too_long")}
    too_long = {("term-四个统一-document", "too_long")}
    assert found("四个统一", "规定", "字" * 201) == too_long
    LocalTerm.objects.all().delete()
    assert found("四个统一", "", "县委〔2026〕2号") == {("term-四个统一", "document_alone")}


def test_a_definition_is_the_areas_and_stands_in_the_log(county, draft):
    configuring.define_terms(
        draft, {"四个统一": ("新\r\n规定", "县委\n〔2026〕2号")}, actor=county.coordinator
    )

    assert LocalTerm.objects.get(term="四个统一").definition == "新\n规定"
    assert told("round.terms") == {
        "term-四个统一": ["本县对四个统一的规定", "新\n规定"],
        "term-四个统一-document": ["", "县委 〔2026〕2号"],
    }


def test_a_veto_that_cannot_be_is_refused_at_its_check(county, draft):
    def found(code, *ground):
        return refused(configuring.set_vetoes, draft, {code: ground}, actor=county.coordinator)

    assert found("NC-03-C4", "县委〔2026〕2号", " ") == {("NC-03-C4-body", "no_confirming_body")}
    assert found("NC-01-C1", *CITED) == {("NC-01-C1", "no_veto_of_the_standard")}
    assert found("NC-03-C4", "字" * 201, "字" * 121) == {
        ("NC-03-C4", "too_long"),
        ("NC-03-C4-body", "too_long"),
    }


def test_a_veto_is_set_on_and_off_and_stands_in_the_log(county, draft):
    configuring.set_vetoes(draft, {"NC-03-C4": CITED}, actor=county.coordinator)
    assert told("round.vetoes") == {
        "NC-03-C4": ["", "县委〔2026〕2号"],
        "NC-03-C4-body": ["", "县公安局"],
    }

    configuring.set_vetoes(draft, {"NC-03-C4": ("", "")}, actor=county.coordinator)
    assert not draft.vetoes.get().is_on
    assert told("round.vetoes")["NC-03-C4"] == ["县委〔2026〕2号", ""]


def test_an_open_round_stands(county):
    values = {"name_zh": "改名"}
    found = refused(configuring.keep_frame, county.round, values, actor=county.coordinator)
    assert found == {("", "not_draft")}
