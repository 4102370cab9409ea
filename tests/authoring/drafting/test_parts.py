"""The parts of a draft, written without a form: plain values, judged where they are kept."""

from decimal import Decimal

import pytest

from authoring.drafting import columns, parts
from authoring.drafting.drafts import DraftRefused
from designation.audit.models import AuditEvent
from standards.models import Check, Item, Section
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(own):
    return own.draft.items.first()


def refused(act, *arguments, **named):
    """The field and code of each reason; nothing is recorded."""
    events = AuditEvent.objects.count()
    with pytest.raises(DraftRefused) as why:
        act(*arguments, **named)
    assert AuditEvent.objects.count() == events
    return {(finding.field, finding.code) for finding in why.value.findings}


def told():
    return AuditEvent.objects.latest("pk").details


def check(item, **values):
    return {
        "phrase": item.text[:4],
        "kind": "number_at_least",
        "metric_zh": "党员人数",
        "threshold": Decimal(3),
        "unit": "人",
        "strictness": "strict",
        "scope": "current",
    } | values


def test_a_part_is_added_in_its_place(own):
    actor = own.manager
    section = parts.add(own.draft, Section, {"title_printed": " 新部分\n"}, actor=actor)
    assert told() == {"part": f"#{section.pk}", "changed": ["title_printed"]}
    item = parts.add(own.draft, Item, {"text": "每年召开党员大会。"}, within=section, actor=actor)
    made = parts.add(own.draft, Check, check(item), within=item, actor=actor)

    made.refresh_from_db()
    assert (section.title_printed, item.section, made.item) == ("新部分", section, item)
    assert (made.threshold, made.unit) == (Decimal(3), "人")
    assert told()["part"] == made.code


def test_a_part_stands_in_what_holds_its_kind(own, item):
    actor = own.manager
    apart = {("", "of_another")}
    assert refused(parts.add, own.draft, Item, {"text": "文"}, actor=actor) == apart
    assert refused(parts.add, own.draft, Check, {}, within=item.section, actor=actor) == apart
    other = own.published.items.first()
    assert refused(parts.add, own.draft, Check, {}, within=other, actor=actor) == apart
    moved = {"section": own.published.sections.first()}
    assert refused(parts.keep, own.draft, item, moved, actor=actor) == apart


def test_what_cannot_be_is_refused_at_its_value(own, item):
    actor = own.manager

    def of_item(**values):
        return refused(parts.keep, own.draft, item, values, actor=actor)

    assert of_item(text="完全不同的条文") == {("text", "phrase_lost")}
    assert of_item(text=" ") == {("text", "not_taken")}
    assert of_item(condition_en="If any") == {("condition_zh", "condition_in_english_alone")}
    assert of_item(code="NC-99") == {("code", "not_filled_here")}
    section = {"title_printed": "题" * 201}
    assert refused(parts.add, own.draft, Section, section, actor=actor) == {
        ("title_printed", "not_taken")
    }
    assert refused(parts.add, own.draft, Section, {}, actor=actor) == {("title_printed", "missing")}
    source = {"document": "文" * 201}
    assert refused(parts.keep, own.draft, own.draft, source, actor=actor) == {
        ("document", "too_long")
    }


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"phrase": "别处的话"}, {("phrase", "phrase_not_in_text")}),
        ({"kind": "invented"}, {("kind", "not_taken")}),
        ({"threshold": None}, {("threshold", "threshold")}),
        ({"threshold": Decimal(-1)}, {("threshold", "threshold")}),
        ({"unit": ""}, {("unit", "no_unit")}),
        ({"unit": "字" * 21}, {("unit", "not_taken")}),
        ({"rate_part": "满意份数"}, {("rate_whole", "half_a_rate")}),
        ({"rate_whole": "有效份数"}, {("rate_part", "half_a_rate")}),
        ({"rate_part": "甲", "rate_whole": "乙"}, {("rate_part", "no_share")}),
        (
            {"kind": "percent_at_least", "rate_part": "甲" * 41, "rate_whole": "乙"},
            {("rate_part", "too_long")},
        ),
        ({"parts": ["甲", "乙"]}, {("parts", "no_parts")}),
    ],
)
def test_a_check_that_cannot_be_is_refused_at_its_value(own, item, values, found):
    given = check(item, **values)
    assert refused(parts.add, own.draft, Check, given, within=item, actor=own.manager) == found


def test_what_follows_from_the_kind_is_not_asked(own, item):
    given = check(item, kind="must_be_true", unit="", parts=[" 甲 ", "", "乙"], any_of=True)
    made = parts.add(own.draft, Check, given, within=item, actor=own.manager)

    made.refresh_from_db()
    assert made.threshold is None
    assert made.unit
    assert (made.parts, made.parameters) == (["甲", "乙"], {"mode": "any_of"})
    found = refused(
        parts.keep,
        own.draft,
        made,
        {"kind": "number_at_least", "threshold": Decimal(2), "parts": []},
        actor=own.manager,
    )
    assert found == {("unit", "no_unit")}


def test_a_rate_of_two_figures_is_made_and_taken_away(own, item):
    given = check(item, kind="percent_at_least", rate_part="满意份数", rate_whole="有效份数")
    made = parts.add(own.draft, Check, given, within=item, actor=own.manager)
    made.refresh_from_db()
    assert made.parameters["least"] == 10
    assert columns.said(made)["rate_part"] == "满意份数"

    parts.keep(own.draft, made, {"rate_part": "", "rate_whole": ""}, actor=own.manager)

    made.refresh_from_db()
    assert made.parameters == {}
    assert told()["changed"] == {
        "rate_part": ["满意份数", ""],
        "rate_whole": ["有效份数", ""],
        "rate_least": ["10", ""],
    }


def test_the_source_of_a_draft_stands_in_the_log(own):
    before = columns.said(own.draft)

    parts.keep(own.draft, own.draft, {"issuer": "县委组织部"}, actor=own.manager)

    own.draft.refresh_from_db()
    assert own.draft.source["issuer"] == "县委组织部"
    assert told() == {"part": "", "changed": {"issuer": [before["issuer"], "县委组织部"]}}


def test_what_another_changed_since_it_was_read_is_refused(own, item):
    read = {"title_en": item.title_en, "section": item.section_id}
    parts.keep(own.draft, item, {"title_en": "Theirs"}, actor=own.manager)
    item.title_en = "Mine"

    found = refused(
        parts.keep, own.draft, item, {"title_en": "Mine"}, before=read, actor=own.manager
    )

    assert found == {("title_en", "changed_meanwhile")}
    item.refresh_from_db()
    assert item.title_en == "Theirs"


def test_who_keeps_a_check_as_it_is_settles_its_questions_and_records_nothing(own, item):
    looked_at = item.checks.first()
    asked = looked_at.questions.create(version=own.draft, reason="请核对")
    events = AuditEvent.objects.count()

    parts.keep(own.draft, looked_at, {}, actor=own.manager)

    asked.refresh_from_db()
    assert asked.settled_by == own.manager
    assert AuditEvent.objects.count() == events


def test_a_part_that_is_gone_is_told(own, item):
    looked_at = item.checks.first()
    Check.objects.filter(pk=looked_at.pk).delete()

    found = refused(parts.keep, own.draft, looked_at, {"note": "x"}, actor=own.manager)
    assert found == {("", "deleted")}


def test_nobody_else_writes_a_draft(own, item):
    stranger = factories.PersonFactory()
    found = refused(parts.keep, own.draft, item, {"title_en": "x"}, actor=stranger)
    assert found == {("", "not_allowed")}
