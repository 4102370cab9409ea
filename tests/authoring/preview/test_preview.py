"""A draft tried before it is published: the applicant's form, and the bench."""

import pytest
from django.urls import reverse

from designation.applications.models import Answer
from standards.exporting import as_data
from standards.models import Check
from tests.own_standards import OwnStandards
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(county):
    return OwnStandards(county.jurisdiction).draft


@pytest.fixture
def as_manager(client, county):
    client.force_login(OwnStandards(county.jurisdiction).manager)
    return client


def page(name, *args):
    return reverse(f"standard_preview:{name}", args=args)


def typed_check(client, draft, code="NC-09-C2", **changes):
    """The edit form of a check as it is shown, with changes typed into it."""
    address = reverse("drafting:check", args=[draft.pk, code[:5], code])
    return Sheet(client, address).values | changes


def bench(client, draft, **typed):
    return client.post(page("bench", draft.pk), typed)


def counts(answer):
    outcome = answer.context["outcome"]
    return outcome.met, outcome.failed, outcome.remarks, outcome.unanswered


def test_the_preview_is_the_form_that_the_applicant_fills_in(as_manager, draft):
    answer = as_manager.get(page("preview", draft.pk, "NC-13"))
    form = answer.context["form"]

    assert [*form.fields][-2:] == ["conclusion", "note"]
    assert "NC-13-C2" in form.fields
    assert reverse("drafting:item", args=[draft.pk, "NC-13"]) in answer.content.decode()


def test_what_is_typed_into_the_preview_is_judged_and_never_stored(as_manager, draft):
    before = as_data(draft)
    short = as_manager.post(page("preview", draft.pk, "NC-13"), {"NC-13-C2": "250"})
    enough = as_manager.post(page("preview", draft.pk, "NC-13"), {"NC-13-C2": "300平方米"})

    assert "现为“250 平方米”" in short.content.decode()
    assert "现为" not in enough.content.decode()
    assert as_data(draft) == before
    assert not Answer.objects.exists()


def test_a_value_of_the_wrong_unit_is_told_at_its_field(as_manager, draft):
    answer = as_manager.post(page("preview", draft.pk, "NC-13"), {"NC-13-C2": "300亩"})

    assert answer.status_code == 422
    assert "单位不符" in str(answer.context["form"].errors["NC-13-C2"])
    assert 'value="300亩"' in answer.content.decode()


@pytest.mark.parametrize("stage", ["self_assessment", "verification"])
def test_values_that_are_just_enough_pass_the_whole_draft(as_manager, draft, stage):
    answer = bench(as_manager, draft, stage=stage, example="passing")

    assert answer.status_code == 200
    assert answer.context["outcome"].passed
    assert counts(answer)[1:] == (0, 0, 0)


def test_values_that_are_just_not_enough_show_what_each_check_says(as_manager, draft):
    answer = bench(as_manager, draft, stage="self_assessment", example="failing")
    text = answer.content.decode()

    assert not answer.context["outcome"].passed
    # Texts pass before the visit; every check with a rule falls short, by strictness.
    asked = Check.objects.filter(item__version=draft).exclude(kind="declared_qualitative")
    _met, failed, remarks, unanswered = counts(answer)
    assert failed + remarks == asked.count()
    assert remarks == asked.filter(strictness="advisory").count()
    assert unanswered == 0
    assert "现为“299.9 平方米”" in text


def test_the_bench_counts_what_was_not_filled_in_apart(as_manager, draft):
    answer = bench(as_manager, draft, stage="self_assessment", **{"NC-13-C2": "299"})
    _met, failed, remarks, unanswered = counts(answer)

    assert failed + remarks == 1
    assert unanswered == Check.objects.filter(item__version=draft).count() - 1


def test_what_was_typed_stays_when_the_stage_changes(as_manager, draft):
    answer = bench(as_manager, draft, stage="verification", **{"NC-13-C2": "312"})

    assert 'value="312"' in answer.content.decode()
    assert answer.context["stage"] == "verification"


def test_the_bench_opens_empty_and_says_nothing_yet(as_manager, draft):
    answer = as_manager.get(page("bench", draft.pk))

    assert answer.context["outcome"] is None
    assert "未填写" not in answer.content.decode()


def test_the_bench_tells_of_a_value_that_cannot_be_one(as_manager, draft):
    answer = bench(as_manager, draft, stage="self_assessment", **{"NC-13-C2": "很大"})

    assert answer.status_code == 422
    assert 'value="很大"' in answer.content.decode()


def test_a_check_is_previewed_as_it_is_typed_and_not_saved(as_manager, draft):
    address = page("check", draft.pk, "NC-09", "NC-09-C2")
    typed = typed_check(as_manager, draft, threshold="91")
    answer = as_manager.post(address, typed, headers=HTMX)
    text = answer.content.decode()

    assert "要求 ≥ 91%" in text
    assert "90.9%" in text
    assert "<h1>" not in text
    assert Check.objects.get(item__version=draft, code="NC-09-C2").threshold != 91


def test_a_preview_says_what_has_to_be_mended_first(as_manager, draft):
    typed = typed_check(as_manager, draft, threshold="120")
    answer = as_manager.post(page("check", draft.pk, "NC-09", "NC-09-C2"), typed, headers=HTMX)

    assert answer.status_code == 200
    assert "百分比不能超过 100" in answer.content.decode()


def test_without_javascript_the_whole_page_comes_back_with_the_preview(as_manager, draft):
    typed = typed_check(as_manager, draft, threshold="91")
    answer = as_manager.post(page("check", draft.pk, "NC-09", "NC-09-C2"), typed)
    text = answer.content.decode()

    assert "要求 ≥ 91%" in text
    assert f'action="{reverse("drafting:check", args=[draft.pk, "NC-09", "NC-09-C2"])}"' in text
    # What another person saves in between must still be noticed.
    assert Sheet.of(answer).values["shown"] == typed["shown"]


def test_a_rate_of_two_counts_is_previewed_as_two_fields(as_manager, draft):
    typed = {
        "phrase": "村党组织设置合理",
        "kind": "percent_at_least",
        "metric_zh": "满意率",
        "threshold": "80",
        "strictness": "strict",
        "scope": "current",
        "rate_part": "满意份数",
        "rate_whole": "有效份数",
    }
    answer = as_manager.post(page("check_add", draft.pk, "NC-03"), typed, headers=HTMX)
    text = answer.content.decode()

    assert "满意率 · 满意份数" in text
    assert "8 / 10 = 80%" in text
    assert "7 / 10 = 70%" in text


def test_a_condition_is_previewed_as_the_question_it_becomes(as_manager, draft):
    item = draft.items.get(code="NC-03")
    typed = {"section": item.section_id, "text": item.text, "condition_zh": "有外出流动党员"}
    answer = as_manager.post(page("item", draft.pk, "NC-03"), typed, headers=HTMX)

    assert "有外出流动党员" in answer.content.decode()
    assert "选“否”的，本条不适用" in answer.content.decode()
    item.refresh_from_db()
    assert item.condition_zh == ""


def test_trying_a_draft_costs_the_same_however_many_items_it_has(
    as_manager, draft, django_assert_num_queries
):
    # Session, person, seats, the draft; sections, items, checks; unread messages.
    with django_assert_num_queries(8):
        bench(as_manager, draft, stage="self_assessment", example="passing")
