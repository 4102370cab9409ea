"""Two people, two tabs, a phone and a desk on one thing: nobody's words are lost or rewritten."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import FormerValue, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from tests import factories
from tests.course import OPINION
from tests.sent_back import as_it_stands
from workflows.stages.first_review.models import ItemMark
from workflows.stages.verification.models import Measurement

pytestmark = pytest.mark.django_db


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


class Hand:
    """One person with one page open: what it showed goes back with what is typed."""

    def __init__(self, person):
        self.person, self.client = person, Client()
        self.client.force_login(person)

    def open(self, address):
        self.address = address
        self.shown = self.client.get(address, follow=True)
        return self

    def open_again(self):
        """Go on from the page that the last answer showed."""
        self.shown = self.answer
        return self

    def send(self, address=None, of=None, **typed):
        """Press a button that sends to ``address``, in the form whose own action is ``of``."""
        to = address or self.address
        self.answer = self.client.post(to, as_it_stands(self.shown, of or to) | typed)
        return self.answer

    @property
    def sees(self):
        return self.answer.content.decode()


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def preparer(county):
    return Hand(county.preparer)


@pytest.fixture
def head(county):
    return Hand(county.head)


def answer_of(application, code="NC-13"):
    return application.answers.get(item__code=code)


def conflict_choice(hand, side, name):
    marker = f'name="choose-{name}" value="{side}:'
    rest = hand.sees.split(marker, 1)[1]
    return {f"choose-{name}": f"{side}:{rest.split(chr(34), 1)[0]}"}


# The item of the self-assessment


def test_an_older_page_blanks_nobodys_note(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.send(note="会议记录在村委会二楼", conclusion="met")

    preparer.send(note="", conclusion="met")

    assert answer_of(draft).note == "会议记录在村委会二楼"


def test_both_having_typed_the_same_field_are_shown_both_texts_with_who_and_when(
    preparer, head, county, draft
):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.send(note="负责人写的")

    preparer.send(note="填报人写的", **{"NC-13-C2": "300"})

    assert preparer.answer.status_code == 422
    assert "负责人写的" in preparer.sees
    assert "填报人写的" in preparer.sees
    assert county.head.full_name in preparer.sees
    assert "2026年3月2日(周一)09:00" in preparer.sees
    assert answer_of(draft).note == "负责人写的"
    # What nobody else touched is saved without a question.
    assert answer_of(draft).values == {"NC-13-C2": 300}


@pytest.mark.parametrize(("side", "wanted"), [("mine", "填报人写的"), ("theirs", "负责人写的")])
def test_the_person_chooses_between_the_two_texts(preparer, head, draft, side, wanted):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.send(note="负责人写的")
    preparer.send(note="填报人写的")
    choice = conflict_choice(preparer, side, "note")
    preparer.open_again()

    preparer.send(note="填报人写的", **choice)

    assert preparer.answer.status_code == 302
    assert answer_of(draft).note == wanted


def test_without_a_choice_the_question_stays(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.send(note="负责人写的")
    preparer.send(note="填报人写的")
    preparer.open_again()

    preparer.send(note="填报人写的")

    assert preparer.answer.status_code == 422
    assert answer_of(draft).note == "负责人写的"


def test_a_text_that_changed_once_more_is_asked_about_once_more(preparer, head, draft):
    address = page("item", draft, "NC-13")
    preparer.open(address), head.open(address)
    head.send(note="负责人写的")
    preparer.send(note="填报人写的")
    choice = conflict_choice(preparer, "mine", "note")
    preparer.open_again()
    head.open(address).send(note="负责人又改")

    preparer.send(note="填报人写的", **choice)

    assert preparer.answer.status_code == 422
    assert "负责人又改" in preparer.sees
    assert answer_of(draft).note == "负责人又改"


def test_two_tabs_of_one_person_meet_like_two_people(county, draft):
    desk, phone = Hand(county.preparer), Hand(county.preparer)
    address = page("item", draft, "NC-13")
    desk.open(address), phone.open(address)
    phone.send(note="手机上写的")

    desk.send(note="电脑上写的")

    assert desk.answer.status_code == 422
    assert answer_of(draft).note == "手机上写的"


def test_a_value_that_gave_way_is_kept_with_its_author_and_shown_to_the_applicant_only(
    preparer, head, county, draft
):
    address = page("item", draft, "NC-13")
    preparer.open(address).send(note="先前写的")
    head.open(address).send(note="后来写的")

    kept = FormerValue.objects.get()
    assert (kept.value, kept.written_by, kept.replaced_by) == (
        "先前写的",
        county.preparer,
        county.head,
    )
    assert "先前写的" in preparer.client.get(page("case", draft)).content.decode()
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.head)
    case = Hand(county.reviewer).client.get(page("case", draft)).content.decode()
    assert "先前写的" not in case
    assert "后来写的" not in case


def test_what_was_handed_in_and_changed_in_a_correction_is_shown_to_the_reviewer(
    preparer, county, draft, held_clock
):
    address = page("item", draft, "NC-13")
    county.prepare(draft)
    preparer.open(address).send(note="交上去的", conclusion="met")
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.head)
    county.act("return_for_correction", draft, county.reviewer, corrections={"NC-13": "请补充面积"})
    held_clock.move(timedelta(hours=1))

    preparer.open(address).send(note="补正后的", conclusion="met", reply="已补充")

    kept = FormerValue.objects.get(field="note")
    assert (kept.value, kept.written_by) == ("交上去的", county.preparer)
    county.act("resubmit", draft, county.head, truth_confirmed=True)
    case = Hand(county.reviewer).client.get(page("case", draft)).content.decode()
    assert "交上去的" in case


def test_ones_own_saves_fold_into_one_with_first_and_last_moment(preparer, head, draft, held_clock):
    address = page("item", draft, "NC-13")
    for text in ("一", "一二", "一二三"):
        preparer.open(address).send(note=text)
        held_clock.move(timedelta(minutes=1))

    assert not FormerValue.objects.exists()
    head.open(address).send(note="另写")
    kept = FormerValue.objects.get()
    assert (kept.value, kept.saves) == ("一二三", 3)
    assert kept.last_at - kept.first_at == timedelta(minutes=2)


def test_the_log_says_when_anothers_value_was_replaced_and_holds_no_text(
    preparer, head, county, draft
):
    address = page("item", draft, "NC-13")
    preparer.open(address).send(note="先前写的")
    head.open(address).send(note="后来写的")

    event = AuditEvent.objects.get(action="application.replace")
    assert (event.actor, event.actor_role) == (county.head, Role.HEAD)
    assert event.details == {"fields": ["NC-13 note"]}


def test_taking_away_a_file_that_another_brought_is_kept_and_on_record(head, county, draft):
    file = county.attach(draft)
    address = page("item", draft, "NC-01")

    head.open(address).send(page("evidence_remove", draft, "NC-01", file.pk), answer="1")

    file.refresh_from_db()
    assert file.removed_by == county.head
    kept = FormerValue.objects.get(field="file")
    assert (kept.value, kept.written_by) == ("会议记录", county.preparer)
    assert AuditEvent.objects.get(action="application.replace").actor == county.head


# The summary


def test_two_people_on_the_summary_lose_nothing(preparer, head, draft):
    address = page("summary", draft)
    preparer.open(address), head.open(address)
    head.send(summary="负责人的简介", approving_meeting_on="", term_began_on="")

    preparer.send(summary="", approving_meeting_on="2026-03-01", term_began_on="")

    draft.refresh_from_db()
    assert draft.summary == "负责人的简介"
    assert str(draft.approving_meeting_on) == "2026-03-01"
    head.open(address)
    preparer.open(address).send(summary="填报人的简介", approving_meeting_on="2026-03-01")
    head.send(summary="负责人再改", approving_meeting_on="2026-03-01")
    assert head.answer.status_code == 422
    assert "填报人的简介" in head.sees
    assert "负责人再改" in head.sees


# The first review


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def reviewers(county):
    second = factories.seated(Role.FIRST_REVIEWER, county.township)
    return Hand(county.reviewer), Hand(second)


def marks_of(application, code):
    return list(application.marks.filter(item__code=code, voided_at=None))


def test_the_rest_fills_only_what_has_no_mark_in_the_record(reviewers, submitted):
    first, second = reviewers
    first.open(page("review", submitted)), second.open(page("review", submitted))
    second.send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"},
    )

    first.send(page("mark", submitted), page("decide", submitted), rest="met")

    kept = marks_of(submitted, "NC-02")[0]
    assert (kept.verdict, kept.comment, kept.marked_by) == (
        "not_met",
        "缺会议记录",
        second.person,
    )
    assert marks_of(submitted, "NC-01")[0].verdict == "met"
    assert marks_of(submitted, "NC-01")[0].marked_by == first.person


def test_two_marks_on_one_item_are_asked_about_and_none_is_rewritten(reviewers, submitted):
    first, second = reviewers
    first.open(page("review", submitted)), second.open(page("review", submitted))
    second.send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"},
    )

    first.send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "met", "comment-NC-02": "齐全"},
    )

    assert first.answer.status_code == 422
    assert "缺会议记录" in first.sees
    assert "齐全" in first.sees
    assert marks_of(submitted, "NC-02")[0].verdict == "not_met"


def test_a_mark_that_gave_way_is_voided_and_kept_with_who_did_it(reviewers, submitted):
    first, second = reviewers
    second.open(page("review", submitted)).send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"},
    )

    first.open(page("review", submitted)).send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "met", "comment-NC-02": "已补看"},
    )

    former = ItemMark.objects.get(item__code="NC-02", voided_at__isnull=False)
    assert (former.verdict, former.comment, former.marked_by, former.voided_by) == (
        "not_met",
        "缺会议记录",
        second.person,
        first.person,
    )
    event = AuditEvent.objects.get(action="application.replace")
    assert (event.actor, event.details) == (first.person, {"fields": ["NC-02"]})
    assert "缺会议记录" in first.client.get(page("case", submitted)).content.decode()


def test_a_mark_that_gave_way_is_read_by_the_county_when_the_decision_releases_it(
    reviewers, county, submitted
):
    first, second = reviewers
    given = {"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"}
    to = (page("mark", submitted), page("decide", submitted))
    second.open(page("review", submitted)).send(*to, **given)
    first.open(page("review", submitted)).send(*to, **{"verdict-NC-02": "met"})
    county_desk = Hand(county.coordinator).client

    assert "缺会议记录" not in county_desk.get(page("case", submitted)).content.decode()

    county.mark_all(submitted)
    county.act("recommend", submitted, county.reviewer, opinion=OPINION)
    assert "缺会议记录" in county_desk.get(page("case", submitted)).content.decode()


def test_a_decision_on_an_older_page_waits_for_the_choice(reviewers, county, submitted):
    first, second = reviewers
    county.mark_all(submitted)
    first.open(page("review", submitted)), second.open(page("review", submitted))
    second.send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "not_met", "comment-NC-02": "缺会议记录"},
    )

    first.send(
        page("decide", submitted),
        decision="recommend",
        opinion=OPINION,
        **{"verdict-NC-02": "not_applicable", "comment-NC-02": "本村没有"},
    )

    assert first.answer.status_code == 422
    submitted.refresh_from_db()
    assert submitted.stage == Stage.SUBMITTED
    assert OPINION in first.sees


def test_a_released_mark_is_never_folded_into(reviewers, county, submitted):
    county.mark_all(submitted)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-01": "请补充"})
    released = marks_of(submitted, "NC-02")[0]

    assert released.released_at is not None
    county.act_on_correction(submitted, "NC-01")
    first = reviewers[0]
    first.open(page("review", submitted)).send(
        page("mark", submitted),
        page("decide", submitted),
        **{"verdict-NC-02": "not_met", "comment-NC-02": "再看不符"},
    )

    released.refresh_from_db()
    assert (released.verdict, released.voided_by) == ("met", first.person)
    assert marks_of(submitted, "NC-02")[0].released_at is None


# On site


@pytest.fixture
def verifying(county):
    return county.at(Stage.VERIFYING)


@pytest.fixture
def verifiers(county):
    return [Hand(person) for person in county.verifiers]


def measured(application, code):
    return Measurement.objects.get(visit__application=application, item__code=code)


def test_an_older_page_of_the_other_verifier_replaces_no_figure(verifiers, verifying):
    first, second = verifiers
    address = page("measure", verifying, "NC-09")
    first.open(address), second.open(address)
    first.send(**{"NC-09-C2": "61", "verdict": "not_met", "basis": "现场测评"})

    second.send(**{"NC-09-C2": "92", "verdict": "met", "basis": ""})

    assert second.answer.status_code == 422
    assert "61%" in second.sees
    assert 'value="92"' in second.sees
    found = measured(verifying, "NC-09")
    assert (found.values["NC-09-C2"], found.verdict, found.basis) == (61, "not_met", "现场测评")


def test_a_figure_that_gave_way_is_kept_and_seen_by_the_team_only(county, verifiers, verifying):
    first, second = verifiers
    address = page("measure", verifying, "NC-09")
    first.open(address).send(**{"NC-09-C2": "61"})
    second.open(address).send(**{"NC-09-C2": "62"})

    kept = FormerValue.objects.get(subject=FormerValue.Subject.MEASUREMENT)
    assert (kept.value, kept.written_by, kept.replaced_by) == (61, first.person, second.person)
    assert "<q>61%</q>" in first.client.get(page("case", verifying)).content.decode()
    applicant = Hand(county.preparer).client.get(page("case", verifying)).content.decode()
    assert "<q>61%</q>" not in applicant


def test_the_record_of_the_visit_is_merged_field_by_field(verifiers, verifying):
    first, second = verifiers
    address = page("verify", verifying)
    first.open(address), second.open(address)
    first.send(started_at="2026-03-02T08:00", ended_at="", summary="看了党群服务中心")

    second.send(started_at="2026-03-02T08:30", ended_at="", summary="")

    assert second.answer.status_code == 422
    visit = verifying.visits.get()
    assert visit.summary == "看了党群服务中心"
    assert "2026-03-02 08:00" in second.sees
    assert "2026-03-02T08:30" in second.sees


def test_a_signature_is_for_what_was_seen(verifiers, verifying):
    first, second = verifiers
    first.open(page("verify", verifying))
    second.open(page("measure", verifying, "NC-09")).send(**{"NC-09-C2": "61"})

    first.send(page("sign", verifying))

    assert first.answer.status_code == 422
    assert "记录又有改动" in first.sees
    assert not verifying.visits.get().members.filter(signed_at__isnull=False).exists()
    first.open(page("verify", verifying)).send(page("sign", verifying))
    assert first.answer.status_code == 302


def test_a_signature_that_a_change_takes_away_stays_on_record(verifiers, verifying):
    first, second = verifiers
    first.open(page("verify", verifying)).send(page("sign", verifying))
    signed_at = verifying.visits.get().members.get(person=first.person).signed_at

    second.open(page("measure", verifying, "NC-09")).send(**{"NC-09-C2": "61"})

    kept = FormerValue.objects.get(field="signature")
    assert (kept.written_by, kept.replaced_by, kept.first_at) == (
        first.person,
        second.person,
        signed_at,
    )
    assert verifying.visits.get().members.get(person=first.person).signed_at is None
