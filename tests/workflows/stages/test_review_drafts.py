"""What a reviewer is about to decide stays with them until it is decided."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.site import shown
from tests import factories
from tests.course import OPINION
from tests.sent_back import hidden
from workflows.stages.first_review.models import DecisionDraft, InternalNote

from .test_autosave import Page, statements

pytestmark = pytest.mark.django_db

REASON = "会议记录没有写明到会人数"


def address(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


class Review(Page):
    """The page of a review: it saves itself where its marks are saved."""

    def __init__(self, person, application):
        super().__init__(person, address("mark", application))
        self.page, self.application = address("review", application), application

    def opened(self):
        answer = self.client.get(self.page)
        self.shown = json.loads(hidden(answer, "/decide/")["shown"])
        self.content = answer.content.decode()
        return self


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def review(county, submitted):
    return Review(county.reviewer, submitted).opened()


LISTED = {"return": "NC-13", "reason-NC-13": REASON, "opinion": "正在写的意见"}


def test_reasons_ticks_and_opinion_are_saved_while_they_are_written_and_stand_there_again(
    review, county, submitted
):
    said = review.saves(LISTED).json()

    assert set(said["shown"]) == set(LISTED)
    content = Review(county.reviewer, submitted).opened().content
    assert 'value="NC-13" checked' in content
    assert f"{REASON}</textarea>" in content
    assert "正在写的意见</textarea>" in content


def test_a_tick_taken_away_and_a_text_emptied_are_gone(review):
    review.saves(LISTED)
    review.saves({"return": "", "reason-NC-13": ""})

    assert DecisionDraft.objects.get().said == {"opinion": "正在写的意见"}


def test_a_draft_is_its_writers_alone(review, county, submitted):
    review.saves(LISTED)
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    assert REASON not in Review(colleague, submitted).opened().content
    review.client.force_login(county.preparer)
    assert REASON not in review.client.get(address("case", submitted)).content.decode()


def test_an_older_page_of_ones_own_is_asked_before_it_writes_over_the_newer(
    review, county, submitted
):
    older = Review(county.reviewer, submitted).opened()
    review.saves({"reason-NC-13": REASON, "return": "NC-13"})

    told = older.saves({"reason-NC-13": "另一页写的", "return": "NC-14"}).json()["conflicts"]

    assert told["reason-NC-13"]["theirs"] == REASON
    assert told["return"]["texts"] == {"return": ["NC-13"]}
    assert DecisionDraft.objects.get().said["reason-NC-13"] == REASON


@pytest.mark.parametrize(
    ("decision", "act"),
    [
        ("return_for_correction", {"corrections": {"NC-13": REASON}}),
        ("reject", {"opinion": OPINION}),
    ],
)
def test_a_decision_clears_every_draft(review, county, submitted, decision, act):
    review.saves(LISTED)
    county.act(decision, submitted, county.reviewer, **act)

    assert not DecisionDraft.objects.exists()


def test_a_press_saves_what_no_script_has_saved(client, county, submitted):
    client.force_login(county.reviewer)

    client.post(address("mark", submitted), LISTED)

    assert DecisionDraft.objects.get().said == LISTED | {"return": ["NC-13"]}


def test_a_refused_decision_keeps_what_was_written(client, county, submitted):
    client.force_login(county.reviewer)

    client.post(address("decide", submitted), LISTED | {"decision": "recommend"})

    assert DecisionDraft.objects.get().said["reason-NC-13"] == REASON


def test_the_county_keeps_its_draft_at_the_check_of_the_papers(county):
    application = county.at(Stage.RECOMMENDED)
    review = Review(county.coordinator, application).opened()

    review.saves(LISTED | {"verdict-NC-01": "met", "comment-NC-01": ""})

    assert DecisionDraft.objects.get().person == county.coordinator
    assert application.marks.get(item__code="NC-01", voided_at=None).marked_by == county.reviewer


def test_a_page_grown_old_says_so_and_writes_nothing(review, county, submitted):
    county.act("reject", submitted, county.reviewer, opinion=OPINION)

    assert "已由他人办理" in review.saves(LISTED).json()["denied"]
    late = review.client.post(address("mark", submitted), LISTED)
    assert REASON in late.content.decode()
    assert not DecisionDraft.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"verdict-NC-01": "met", "comment-NC-01": "属实"},
        {"reason-NC-13": REASON, "return": "NC-13"},
        {"note-NC-13": "电话问过支书"},
    ],
)
def test_a_save_costs_at_most_eight_statements(review, typed):
    with CaptureQueriesContext(connection) as queries:
        review.saves(typed)

    assert len(statements(queries)) <= 8, "\n".join(statements(queries))


# Internal notes


NOTE = "电话问过支书，下周补送原件"


def test_a_note_is_read_by_the_reviewers_of_the_step_and_released_by_nothing(
    review, county, submitted
):
    review.saves({"note-NC-13": NOTE})
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    assert NOTE in Review(colleague, submitted).opened().content

    county.mark_all(submitted)
    county.act("recommend", submitted, county.reviewer, opinion=OPINION)

    for person in (county.preparer, county.head, county.coordinator, county.deciding_officer):
        client = Client()
        client.force_login(person)
        for page in ("case", "review"):
            assert NOTE not in client.get(address(page, submitted)).content.decode(), person


def test_a_note_is_rewritten_by_its_writer_and_taken_away_when_emptied(review, county, submitted):
    review.saves({"note-NC-13": NOTE})
    review.saves({"note-NC-13": "已核实"})
    assert InternalNote.objects.get().text == "已核实"

    review.client.post(address("mark", submitted), {"note-NC-13": ""})
    assert not InternalNote.objects.exists()


def test_each_step_has_its_own_notes(county):
    application = county.at(Stage.RECOMMENDED)
    review = Review(county.coordinator, application).opened()

    review.saves({"note-NC-13": NOTE})

    assert NOTE in Review(county.coordinator, application).opened().content
    assert InternalNote.objects.get().role == Role.COUNTY_COORDINATOR


# Between two pages of one's own


def test_a_note_on_an_older_page_takes_no_newer_one_away(county, submitted):
    older, newer = (Review(county.reviewer, submitted).opened() for _page in range(2))
    newer.saves({"note-NC-13": NOTE})

    shown = {"shown": json.dumps(older.shown)}
    older.client.post(older.address, {"note-NC-13": "", "note-NC-14": "另一条"} | shown)

    noted = InternalNote.objects.order_by("item__order").values_list("text", flat=True)
    assert list(noted) == [NOTE, "另一条"]


def test_a_note_written_on_two_pages_is_asked_about(county, submitted):
    older, newer = (Review(county.reviewer, submitted).opened() for _page in range(2))
    newer.saves({"note-NC-13": NOTE})

    told = older.saves({"note-NC-13": "另一页写的"}).json()["conflicts"]

    assert told["note-NC-13"]["theirs"] == NOTE
    assert InternalNote.objects.get().text == NOTE


def test_save_and_next_stays_where_another_page_wrote_otherwise(county, submitted):
    older, newer = (Review(county.reviewer, submitted).opened() for _page in range(2))
    newer.saves({"opinion": "另一页的意见", "reason-NC-13": REASON, "note-NC-13": NOTE})
    typed = {
        "opinion": "这一页的意见",
        "reason-NC-13": "这一页的原因",
        "note-NC-13": "这一页的备注",
    }
    sent = typed | {"shown": json.dumps(older.shown), "then": "next"}

    answer = older.client.post(older.address, sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    for text in typed.values():
        assert f"{text}</textarea>" in page
    for name, theirs in {
        "opinion": "另一页的意见",
        "reason-NC-13": REASON,
        "note-NC-13": NOTE,
    }.items():
        assert f'name="choose-{name}"' in page
        assert theirs in page
    assert DecisionDraft.objects.get().said["opinion"] == "另一页的意见"


def test_the_reason_that_a_press_writes_is_in_the_records_language(county, submitted):
    review = Review(county.reviewer, submitted)
    review.client.cookies["django_language"] = "en"

    assert 'data-reason="本条缺少佐证材料，请补充。"' in review.opened().content


@pytest.mark.parametrize(("side", "stands"), [("mine", "这一页的意见"), ("theirs", "另一页的意见")])
def test_what_was_chosen_between_two_pages_stands_on_record_and_on_the_page(
    county, submitted, side, stands
):
    older, newer = (Review(county.reviewer, submitted).opened() for _page in range(2))
    newer.saves({"opinion": "另一页的意见"})
    sent = {"opinion": "这一页的意见", "shown": json.dumps(older.shown)}
    digest = shown.digest("另一页的意见")

    page = older.client.post(older.address, sent | {"choose-opinion": f"{side}:{digest}"})

    assert f"{stands}</textarea>" in page.content.decode()
    assert DecisionDraft.objects.get().said["opinion"] == stands
