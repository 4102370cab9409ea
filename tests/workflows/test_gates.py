"""Each gate, shut and open. The facts of a case are set directly: gates read nothing else."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from designation.applications.models import Answer, Application, Conclusion, Stage, Submission
from designation.calendar.models import Term
from designation.calendar.working_days import WorkingCalendar
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.register.bars import Bar, Fault, Ground
from designation.rounds.models import DayUnit, NoticeChannel, Round, RoundDepartment
from standards.engine import evaluation as ev
from workflows import gates
from workflows.bars import gates as bar_gates
from workflows.bars.facts import Barred
from workflows.case.facts import Act, Case
from workflows.case.records import Correction, Decision
from workflows.flow import Course
from workflows.stages.first_review.facts import Review
from workflows.stages.objections.facts import Raised
from workflows.stages.objections.models import Objection
from workflows.stages.opinions import gates as opinion_gates
from workflows.stages.opinions.facts import Opinions
from workflows.stages.opinions.models import Opinion, OpinionLine, OpinionList
from workflows.stages.public_notice import facts as notice_facts
from workflows.stages.public_notice import gates as notice_gates
from workflows.stages.public_notice.facts import Noticed
from workflows.stages.public_notice.models import Notice, NoticeEntry
from workflows.stages.public_notice.text import notice_sha256
from workflows.stages.selection.facts import Choosing
from workflows.stages.selection.models import SelectionRow
from workflows.stages.self_assessment.facts import Applicant
from workflows.stages.verification import gates as verification_gates
from workflows.stages.verification import sent_back
from workflows.stages.verification.facts import OnSite
from workflows.stages.verification.models import Measurement, Visit, VisitMember

# What each stage knows of a case; a fact is set where it stands.
STAGES = (Applicant, Barred, Review, OnSite, Choosing, Noticed, Raised, Opinions)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STRICT = ev.Check("NC-01-C1", "NC-01", "number_at_least", "人", 3, strict=True)
ADVISORY = ev.Check("NC-02-C1", "NC-02", "number_at_least", "平方米", 300, strict=False)
STANDARD = ev.Standard(
    "NC",
    1,
    (ev.Section("一、", "", (ev.Item("NC-01", "", (STRICT,)), ev.Item("NC-02", "", (ADVISORY,)))),),
)
TOWNSHIP = Jurisdiction(code="990121100000", level="township")
COUNTY_SEAT = Jurisdiction(code="990121000000", level="county")


def case(act=None, actor=None, **facts):
    round_ = Round(
        jurisdiction=COUNTY_SEAT,
        status=Round.Status.OPEN,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=1),
        returns_allowed=2,
        notice_days=5,
    )
    application = Application(
        stage=Stage.SUBMITTED,
        area_code=TOWNSHIP.code,
        organization=Organization(pk=1, name_zh="红旗村党支部", jurisdiction=TOWNSHIP),
        reviewing_body_id=2,
        summary="简介",
        approving_meeting_on=date(2026, 3, 1),
    )
    application.__dict__["_state"].fields_cache["round"] = round_
    found = Case(application, actor=actor, act=act or Act(), now=NOW)
    known = {"standard": STANDARD, "item_codes": ("NC-01", "NC-02"), "ties": {}}
    known |= {"has_time_of_its_own": False, "links": []} | facts
    for name, fact in known.items():
        stage = next((one for one in STAGES if hasattr(one, name)), None)
        at_the_case = hasattr(Case, name) or stage is None
        setattr(found if at_the_case else stage.of(found), name, fact)
    return found


CHINESE = re.compile(r"[\u3400-\u9fff]")
# Names stay as they are in every language.
NAMES = re.compile("红旗村党支部|李明|县公安局")


def codes(gate, found):
    """What the gate finds: each its code, then the item and the check that it concerns.

    Whatever a gate finds, it says the rule and what to do, in both languages.
    """
    with translation.override("en"):
        for finding in gate(found):
            for sentence in (finding.rule, finding.message):
                assert not CHINESE.search(NAMES.sub("", sentence)), sentence
    return [
        " ".join(filter(None, (finding.code, finding.item_code, finding.check_code)))
        for finding in gate(found)
    ]


def answer(conclusion=Conclusion.MET, note=""):
    return Answer(conclusion=conclusion, note=note)


@pytest.mark.parametrize(
    ("status", "opens", "closes", "expected"),
    [
        (Round.Status.OPEN, -1, 1, []),
        (Round.Status.OPEN, 0, 1, []),
        (Round.Status.OPEN, -1, 0, []),
        (Round.Status.CLOSED, -1, 1, ["round_not_open"]),
        (Round.Status.OPEN, 1, 2, ["window_not_open"]),
        (Round.Status.OPEN, -2, -1, ["window_closed"]),
        # Both at once is no round that can be: what has begun is not said to begin later.
        (Round.Status.OPEN, 0, -1, ["window_closed"]),
    ],
)
def test_a_window_takes_submissions_only_while_open(status, opens, closes, expected):
    found = case()
    round_ = found.application.round
    round_.status = status
    round_.opens_at, round_.closes_at = NOW + timedelta(days=opens), NOW + timedelta(days=closes)

    assert codes(gates.window_is_open, found) == expected


@pytest.mark.parametrize(
    ("status", "opens", "closes", "expected"),
    [
        (Round.Status.OPEN, -2, -1, []),
        (Round.Status.CLOSED, -2, -1, []),
        (Round.Status.CLOSED, 0, 1, []),
        (Round.Status.OPEN, 1, 2, ["window_not_open"]),
    ],
)
def test_who_has_time_of_its_own_hands_in_after_the_others(status, opens, closes, expected):
    found = case(has_time_of_its_own=True)
    round_ = found.application.round
    round_.status = status
    round_.opens_at = NOW + timedelta(days=opens)
    round_.closes_at = NOW + timedelta(days=closes)

    assert codes(gates.window_is_open, found) == expected


@pytest.mark.parametrize(
    ("code", "level", "expected"),
    [
        ("990121100000", "township", []),
        ("990121000000", "county", []),
        ("990122100000", "township", ["outside_the_area"]),
        ("990100000000", "prefecture", ["outside_the_area"]),
        ("980121100000", "township", ["outside_the_area"]),
    ],
)
def test_a_round_takes_organizations_of_its_own_area_only(code, level, expected):
    found = case()
    found.application.organization.jurisdiction = Jurisdiction(code=code, level=level)

    assert codes(gates.the_organization_is_of_the_area, found) == expected


def test_every_item_needs_a_conclusion_and_unmet_ones_a_note():
    answers = {"NC-01": answer(Conclusion.NOT_MET)}

    assert codes(gates.every_item_is_answered, case(answers=answers)) == [
        "note_missing NC-01",
        "item_not_concluded NC-02",
    ]
    answers = {"NC-01": answer(Conclusion.NOT_MET, "正在整改"), "NC-02": answer()}
    assert codes(gates.every_item_is_answered, case(answers=answers)) == []


def test_every_value_must_be_given_and_of_its_type():
    assert codes(gates.every_value_is_given, case(declared={"NC-01-C1": "三"})) == [
        f"{ev.WRONG_TYPE} NC-01 NC-01-C1",
        f"{ev.NOT_ANSWERED} NC-02 NC-02-C1",
    ]
    assert codes(gates.every_value_is_given, case(declared={"NC-01-C1": 1, "NC-02-C1": 1})) == []


def test_a_missed_strict_check_shuts_and_a_missed_advisory_one_asks_for_its_reason():
    declared = {"NC-01-C1": 1, "NC-02-C1": 200}
    gate = gates.declared_values_meet_the_standard

    assert codes(gate, case(declared=declared, answers={})) == [
        f"{ev.NOT_MET} NC-01 NC-01-C1",
        "advisory_reason_missing NC-02 NC-02-C1",
    ]
    explained = {"NC-02": answer(note="场地有限")}
    found = [*gate(case(declared={"NC-01-C1": 3, "NC-02-C1": 200}, answers=explained))]
    assert [(f.code, f.blocking) for f in found] == [(ev.ADVISORY_NOT_MET, False)]
    assert codes(gate, case(declared={}, answers={})) == []


def test_some_evidence_is_asked_for_but_not_for_every_item():
    assert codes(gates.evidence_is_there, case(evidence=[])) == ["no_evidence"]
    assert codes(gates.evidence_is_there, case(evidence=["a file"])) == []


def test_a_summary_and_a_past_meeting_are_asked_for():
    found = case()
    assert codes(gates.summary_is_written, found) == []
    found.application.approving_meeting_on = NOW.date()
    assert codes(gates.summary_is_written, found) == [], "the meeting may be today's"

    found.application.summary, found.application.approving_meeting_on = " ", None
    assert codes(gates.summary_is_written, found) == ["no_summary", "no_meeting"]

    found.application.summary = "简介"
    found.application.approving_meeting_on = date(2026, 3, 3)
    assert codes(gates.summary_is_written, found) == ["meeting_in_future"]


def test_the_first_day_of_the_term_is_asked_for_only_where_a_check_looks_at_it():
    of_the_term = replace(STRICT, scope="term")
    item = ev.Item("NC-01", "", (of_the_term,))
    looking = ev.Standard("NC", 1, (ev.Section("一、", "", (item,)),))
    gate = gates.summary_is_written

    assert codes(gate, case()) == []
    assert codes(gate, case(standard=looking)) == ["no_term"]
    found = case(standard=looking)
    found.application.term_began_on = date(2021, 3, 1)
    assert codes(gate, found) == []
    found.application.term_began_on = NOW.date()
    assert codes(gate, found) == []
    found.application.term_began_on = date(2026, 3, 3)
    assert codes(gate, found) == ["term_in_future"]


def test_a_veto_rests_on_the_answer_of_the_body_that_knows():
    item = ev.Item("NC-01", "", (replace(STRICT, confirmed_by="县公安局"),))
    vetoed = ev.Standard("NC", 1, (ev.Section("一、", "", (item,)),))
    gate = gates.every_veto_fact_is_confirmed

    assert codes(gate, case(measurements={})) == []
    unanswered = case(standard=vetoed, measurements={})
    assert codes(gate, unanswered) == ["veto_not_confirmed NC-01 NC-01-C1"]
    blank = case(standard=vetoed, measurements={"NC-01": SimpleNamespace(basis=" ")})
    assert codes(gate, blank) == ["veto_not_confirmed NC-01 NC-01-C1"]
    told = case(standard=vetoed, measurements={"NC-01": SimpleNamespace(basis="复函：否")})
    assert codes(gate, told) == []


def test_the_head_confirms_the_truth():
    assert codes(gates.truth_is_confirmed, case()) == ["truth_not_confirmed"]
    assert codes(gates.truth_is_confirmed, case(Act(truth_confirmed=True))) == []


def test_the_holder_of_a_valid_title_does_not_apply_again():
    assert codes(gates.no_valid_title, case(has_valid_title=True)) == ["title_is_valid"]
    assert codes(gates.no_valid_title, case(has_valid_title=False)) == []


def barred(ground, fault=""):
    return Bar(1, ground, 1, NOW.date(), NOW, fault)


@pytest.mark.django_db
def test_who_is_barred_until_a_day_hands_nothing_in():
    revoked, found_out = barred(Ground.REVOKED), barred(Ground.REJECTED, Fault.REFUSED)
    rejected = barred(Ground.REJECTED)

    assert codes(bar_gates.no_bar_runs, case(barred_by=[revoked, found_out])) == ["barred"] * 2
    assert codes(bar_gates.no_bar_runs, case(barred_by=[rejected])) == []
    assert codes(bar_gates.a_revocation_bars_it, case(barred_by=[revoked])) == []
    assert codes(bar_gates.a_revocation_bars_it, case(barred_by=[found_out])) == ["not_barred"]


@pytest.mark.parametrize(
    ("submission", "expected"),
    [(None, []), (Submission(), []), (Submission(opened_at=NOW), ["already_opened"])],
)
def test_recall_is_free_until_somebody_has_opened_it(submission, expected):
    found = case()
    found.application.__dict__["_state"].fields_cache["submission"] = submission

    assert codes(gates.nobody_has_opened_it, found) == expected


def test_an_opinion_has_ten_characters_at_least():
    nine, ten = "经审核属实同意推荐", "经审核属实，同意推荐"
    assert codes(gates.opinion_is_given, case(Act(opinion=f"  {nine}  "))) == ["opinion_too_short"]
    assert codes(gates.opinion_is_given, case(Act(opinion=ten))) == []


def test_every_item_is_marked_and_none_unmet_before_it_is_recommended():
    unmet = case(mark_verdicts={"NC-01": Conclusion.NOT_MET})

    assert codes(gates.every_item_is_marked, unmet) == ["item_not_marked NC-02"]
    assert codes(gates.no_item_is_marked_unmet, unmet) == ["item_marked_unmet NC-01"]
    met = case(mark_verdicts={"NC-01": Conclusion.MET})
    assert codes(gates.no_item_is_marked_unmet, met) == []


@pytest.mark.parametrize(
    ("left", "expected"), [(None, []), (1, []), (0, ["recommendation_quota_full"])]
)
def test_recommendations_stay_within_their_quota(left, expected):
    found = case(recommendation_places_left=left)

    assert codes(gates.a_recommendation_place_is_left, found) == expected


def test_a_return_is_a_list_of_known_items_each_with_its_reason():
    assert codes(gates.corrections_are_listed, case()) == ["no_corrections"]
    listed = Act(corrections={"NC-01": " ", "NC-99": "缺材料"})
    assert codes(gates.corrections_are_listed, case(listed)) == [
        "correction_reason_missing NC-01",
        "unknown_item NC-99",
    ]


def test_a_stage_returns_only_so_often():
    assert codes(gates.a_return_is_left, case(returns_made=2)) == ["returns_used_up"]
    assert codes(gates.a_return_is_left, case(returns_made=1)) == []


def test_every_correction_is_answered_before_it_goes_back():
    corrections = {"NC-01": Correction(reply=""), "NC-02": Correction(reply="已补充")}

    assert codes(gates.every_correction_is_answered, case(corrections=corrections)) == [
        "correction_not_answered NC-01"
    ]


def member(name="李明", home=None, *, leader=False, **moments):
    person = Person(full_name=name)
    person.__dict__["_state"].fields_cache["home_organization"] = home
    return VisitMember(person=person, is_leader=leader, **moments)


def organization(pk, jurisdiction):
    return Organization(pk=pk, jurisdiction=jurisdiction)


def test_a_team_has_two_members_and_a_leader():
    assert codes(gates.the_team_is_fit, case(team=[member()])) == ["too_few_verifiers"]
    assert codes(gates.the_team_is_fit, case(team=[member(), member()])) == ["no_leader"]
    assert codes(gates.the_team_is_fit, case(team=[member(leader=True), member()])) == []


@pytest.mark.parametrize(
    "home", [organization(1, TOWNSHIP), organization(2, COUNTY_SEAT), organization(9, TOWNSHIP)]
)
def test_a_verifier_from_the_applicant_its_reviewer_or_its_township_must_recuse(home):
    team = [member(leader=True), member(home=home)]

    (finding,) = gates.the_team_is_fit(case(team=team))
    assert finding.code == "verifier_must_recuse"
    assert finding.message.startswith(team[1].person.full_name)


def test_a_verifier_of_the_county_need_not_recuse_from_a_county_organ():
    found = case(team=[member(leader=True), member(home=organization(9, COUNTY_SEAT))])
    found.application.area_code = COUNTY_SEAT.code

    assert codes(gates.the_team_is_fit, found) == []


def test_each_member_declares_and_signs_in_person():
    found = case(team=[member("李明"), member("王芳", no_interest_declared_at=NOW, signed_at=NOW)])

    for gate, code in (
        (gates.every_member_has_declared_no_interest, "no_interest_not_declared"),
        (gates.every_member_has_signed, "not_signed"),
    ):
        assert codes(gate, found) == [code]
        (finding,) = gate(found)
        assert finding.message.startswith("李明尚未")


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (None, ["visit_not_timed"]),
        (Visit(), ["visit_not_timed"]),
        (Visit(started_at=NOW), ["visit_not_timed"]),
        (Visit(started_at=NOW, ended_at=NOW), []),
    ],
)
def test_a_visit_has_its_times(visit, expected):
    assert codes(gates.the_visit_has_taken_place, case(visit=visit)) == expected


@pytest.mark.parametrize(
    ("planned", "upheld", "expected"),
    [
        (["NC-01"], [["NC-01"]], []),
        (["NC-01"], [["NC-01"], ["NC-02"]], ["sent_back_not_planned"]),
        (["NC-01"], [["NC-01"], []], ["sent_back_not_planned"]),
        ([], [["NC-01"], []], []),
        (["NC-01"], [], []),
    ],
)
def test_what_upheld_objections_sent_back_is_to_be_seen(planned, upheld, expected):
    again = Visit.Reason.REVERIFICATION
    found = case(
        visit=Visit(reason=again, items=planned),
        last_closed=Visit(begun_at=NOW),
        decisions=[Decision(transition="complete_verification", at=NOW)],
        objections=[
            Objection(status=Objection.Status.UPHELD, items=items, closed_at=NOW)
            for items in upheld
        ],
    )

    assert codes(sent_back.everything_sent_back_is_to_be_seen, found) == expected


def test_what_a_visit_apart_is_to_see_has_a_verdict_whatever_it_is():
    own = {"NC-01": Measurement(verdict=Conclusion.NOT_MET)}
    gate = verification_gates.every_item_to_be_seen_has_a_verdict

    assert codes(gate, case(visit=Visit(), own=own)) == ["item_not_verified NC-02"]
    assert codes(gate, case(visit=Visit(items=["NC-01"]), own=own)) == []
    unsaid = {"NC-01": Measurement(verdict="")}
    assert codes(gate, case(visit=Visit(items=["NC-01"]), own=unsaid)) == [
        "item_not_verified NC-01"
    ]


def test_every_item_has_a_verdict_on_site_and_none_fails():
    measurements = {"NC-01": Measurement(verdict=Conclusion.NOT_MET)}
    gate = gates.every_item_has_a_site_verdict

    assert codes(gate, case(measurements=measurements)) == [
        "item_fails_on_site NC-01",
        "item_not_verified NC-02",
    ]
    verified = dict.fromkeys(("NC-01", "NC-02"), Measurement(verdict=Conclusion.MET))
    assert codes(gate, case(measurements=verified)) == []


def test_the_measured_values_are_judged_not_the_declared_ones():
    gate = gates.measured_values_meet_the_standard
    declared = {"NC-01-C1": 9, "NC-02-C1": 900}
    measured = {"NC-01-C1": 1, "NC-02-C1": 200}

    assert codes(gate, case(declared=declared, measured=measured, measurements={})) == [
        f"{ev.NOT_MET} NC-01 NC-01-C1",
        "advisory_reason_missing NC-02 NC-02-C1",
    ]
    explained = {"NC-02": Measurement(basis="现场丈量")}
    found = [*gate(case(measured={"NC-01-C1": 3, "NC-02-C1": 200}, measurements=explained))]
    assert [finding.blocking for finding in found] == [False]


def test_a_recall_leaves_time_to_submit_again():
    late = case()
    late.application.round.closes_at = NOW - timedelta(hours=1)
    assert codes(gates.it_can_be_submitted_again, case()) == []
    assert codes(gates.it_can_be_submitted_again, late) == ["recalled_too_late"]


def test_places_of_the_round_are_not_exceeded():
    full = case(places_left=0)
    assert codes(gates.a_place_is_left, full) == ["quota_full"]
    assert "红旗村党支部不能再列为拟命名" in next(iter(gates.a_place_is_left(full))).message
    assert codes(gates.a_place_is_left, case(places_left=1)) == []
    assert codes(gates.a_place_is_left, case(places_left=None)) == []


@pytest.mark.parametrize("outcome", ["chosen", "reserve", "not_chosen"])
def test_only_what_the_meeting_decided_is_carried_out(outcome):
    gate = gates.the_meeting_decided(SelectionRow.Outcome(outcome))

    assert codes(gate, case(row=None)) == ["no_meeting"]
    assert codes(gate, case(row=SelectionRow(outcome="deferred"))) == ["no_meeting"]
    assert codes(gate, case(row=SelectionRow(outcome=outcome))) == []


def test_a_case_lapses_only_when_its_correction_is_overdue():
    found = case()
    gate = gates.the_correction_is_overdue
    assert codes(gate, found) == ["correction_not_overdue"]

    for due_at, expected in ((NOW, ["correction_not_overdue"]), (NOW - timedelta(days=1), [])):
        found.application.term = Term(due_at=due_at)
        assert codes(gate, found) == expected


def test_only_who_was_chosen_goes_on_notice():
    chosen = case()
    chosen.application.stage = Stage.CHOSEN

    assert codes(gates.it_is_chosen, case()) == ["not_chosen"]
    assert codes(gates.it_is_chosen, chosen) == []


def test_the_reserve_moves_up_in_its_order():
    skipped = case(is_next_in_reserve=False)

    assert codes(gates.it_is_next_in_reserve, skipped) == ["not_next_in_reserve"]
    assert codes(gates.it_is_next_in_reserve, case(is_next_in_reserve=True)) == []


@pytest.mark.parametrize(
    ("status", "others", "left", "expected"),
    [
        (Round.Status.OPEN, 0, 0, ["round_not_closed"]),
        (Round.Status.CLOSED, 1, 0, ["others_under_way"]),
        (Round.Status.CLOSED, 0, 1, ["place_free"]),
        (Round.Status.CLOSED, 0, None, ["place_free"]),
        (Round.Status.CLOSED, 0, 0, []),
    ],
)
def test_the_reserve_ends_when_no_place_can_fall_free_any_more(status, others, left, expected):
    found = case(others_under_way=others, places_left=left)
    found.application.round.status = status

    assert codes(gates.no_place_can_fall_free, found) == expected


def entry(**fields):
    """On a notice whose steps were all taken by people in seats of their own."""
    notice = Notice(**fields)
    notice.in_whose_places = {}
    return NoticeEntry(notice=notice)


def test_what_is_on_no_notice_is_not_published():
    assert codes(gates.it_is_on_a_notice, case(entry=None)) == ["not_on_a_notice"]
    assert codes(gates.it_is_on_a_notice, case(entry=entry())) == []


@pytest.mark.django_db
def test_who_put_a_name_forward_or_closed_its_register_does_not_decide_on_it():
    gate = gates.the_register_was_closed_by_another
    closed = entry(proposed_by_id=7, register_closed_by_id=8, approved_by_id=9)

    assert codes(gate, case(entry=closed)) == []
    assert codes(gate, case(actor=Person(pk=7), entry=None)) == []
    for person, expected in (
        (7, ["decider_is_proposer"]),
        (8, ["decider_closed_the_register"]),
        (9, []),
    ):
        assert codes(gate, case(actor=Person(pk=person), entry=closed)) == expected


@pytest.mark.django_db
def test_a_notice_goes_through_four_steps_and_is_not_published_by_its_proposer():
    gate = gates.the_four_steps_are_done

    assert codes(gate, case(entry=None)) == []
    assert codes(gate, case(entry=entry())) == [
        "notice_not_proposed",
        "notice_not_reviewed",
        "notice_not_approved",
    ]
    ready = entry(proposed_by_id=7, secrecy_reviewed_by_id=8, approved_by_id=9)
    assert codes(gate, case(entry=ready)) == []
    assert codes(gate, case(actor=Person(pk=7), entry=ready)) == ["publisher_is_proposer"]
    assert codes(gate, case(actor=Person(pk=9), entry=ready)) == ["publisher_is_approver"]
    assert codes(gate, case(actor=Person(pk=8), entry=ready)) == []
    assert codes(gate, case(actor=Person(pk=6), entry=ready)) == []
    ready.notice.people_asked = 4
    assert codes(gate, case(actor=Person(pk=8), entry=ready)) == ["publisher_is_secrecy_reviewer"]


def test_a_notice_whose_steps_one_person_took_twice_is_not_published():
    taken = {"proposed_by_id": 7, "secrecy_reviewed_by_id": 8, "approved_by_id": 9}
    for same in (
        {"secrecy_reviewed_by_id": 7},
        {"approved_by_id": 7},
        {"approved_by_id": 8},
    ):
        found = case(entry=entry(**taken | same))
        assert codes(gates.the_four_steps_are_done, found) == ["steps_by_the_same_person"]


def test_no_application_goes_on_notice_before_the_notice_has_its_period():
    gate = gates.the_four_steps_are_done
    steps = {"proposed_by_id": 7, "secrecy_reviewed_by_id": 8, "approved_by_id": 9}

    draft, published = entry(**steps), entry(**steps, ends_at=NOW)
    assert codes(gate, case(under_lock=True, entry=draft)) == ["notice_not_published"]
    assert codes(gate, case(under_lock=True, entry=published)) == []


def test_a_period_that_leaves_the_calendar_is_refused(monkeypatch):
    known = WorkingCalendar(frozenset({2026}), {})
    monkeypatch.setattr(notice_gates, "calendar", lambda: known)

    assert codes(gates.the_calendar_covers_the_period, case()) == []
    late = case()
    late.now = datetime(2026, 12, 30, 1, 0, tzinfo=UTC)
    assert codes(gates.the_calendar_covers_the_period, late) == ["calendar_unknown"]
    (found,) = gates.the_calendar_covers_the_period(late)
    assert found.message.startswith("2027 年的工作日历尚未启用")


@pytest.mark.parametrize(
    ("unit", "days", "now", "expected"),
    [
        (DayUnit.CALENDAR, 7, NOW, []),
        # All of it in Spring Festival, but for the day to which its end moves.
        (DayUnit.CALENDAR, 7, datetime(2026, 2, 14, 1, 0, tzinfo=UTC), ["notice_too_short"]),
        (DayUnit.WORKING, 3, datetime(2026, 2, 14, 1, 0, tzinfo=UTC), []),
        # Before it three days are left: the least.
        (DayUnit.CALENDAR, 3, datetime(2026, 2, 10, 1, 0, tzinfo=UTC), []),
        # Over a weekend three calendar days are hardly one.
        (DayUnit.CALENDAR, 3, datetime(2026, 3, 5, 1, 0, tzinfo=UTC), ["notice_too_short"]),
        # That a year is not loaded, the gate of the calendar says.
        (DayUnit.CALENDAR, 7, datetime(2026, 12, 30, 1, 0, tzinfo=UTC), []),
    ],
)
def test_a_notice_has_three_working_days_whichever_days_it_counts(
    monkeypatch, unit, days, now, expected
):
    festival = {date(2026, 2, 16) + timedelta(n): False for n in range(5)}
    known = WorkingCalendar(frozenset({2026}), festival | {date(2026, 2, 23): False})
    monkeypatch.setattr(notice_gates, "calendar", lambda: known)
    found = case()
    found.now = now
    found.application.round.notice_unit = unit
    found.application.round.notice_days = days

    assert codes(gates.the_period_has_enough_working_days, found) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, ["not_published"]),
        (entry(), ["not_published"]),
        (entry(ends_at=NOW + timedelta(seconds=1)), ["period_running"]),
        (entry(ends_at=NOW), ["period_running"]),
        (entry(ends_at=NOW - timedelta(minutes=1)), []),
    ],
)
def test_a_period_is_over_after_its_last_minute_not_before(place, expected):
    assert codes(gates.the_period_is_over, case(entry=place)) == expected


def test_each_channel_that_the_round_names_is_told_until_it_has_its_proof():
    gate = gates.it_was_posted_where_the_round_asks
    posted = entry()
    posted.notice.posted_through = frozenset({NoticeChannel.BOARD})
    found = case(entry=posted)

    assert codes(gate, found) == []
    found.application.round.notice_channels = ["website", "board", "unit"]
    assert codes(gate, found) == ["not_posted", "not_posted"]
    assert [one.message[6:10] for one in gate(found)] == ["政府网站", "单位公开"]
    assert codes(gate, case(entry=None)) == []


def test_only_an_accepted_open_objection_blocks():
    objections = [Objection(status=status) for status in Objection.Status]

    assert codes(gates.no_accepted_objection_is_open, case(objections=objections)) == [
        "objection_open"
    ]
    assert codes(gates.every_objection_is_handled, case(objections=objections)) == [
        "objection_unhandled"
    ]


def test_a_named_person_closes_the_register():
    gate = gates.the_objection_register_is_closed

    assert codes(gate, case(entry=None)) == ["register_not_closed"]
    assert codes(gate, case(entry=entry())) == ["register_not_closed"]
    assert codes(gate, case(entry=entry(register_closed_by_id=1))) == []


def test_a_notice_that_says_what_was_published_is_acted_on_and_no_other(monkeypatch):
    monkeypatch.setattr(notice_facts, "notice_sha256", lambda notice: f"hash of {notice.title}")
    gate = gates.the_notice_is_unchanged

    assert codes(gate, case(entry=None)) == []
    assert codes(gate, case(entry=entry(title="甲", text_sha256="hash of 甲"))) == []
    changed = entry(title="乙", text_sha256="hash of 甲")
    assert codes(gate, case(entry=changed)) == ["notice_changed"]


@pytest.mark.django_db
def test_a_notice_whose_text_was_changed_is_not_acted_on(county, held_clock):
    application = county.at(Stage.ON_NOTICE)
    notice = application.notice_entries.get().notice
    gate = gates.the_notice_is_unchanged

    assert notice.text_sha256 == notice_sha256(notice)
    assert codes(gate, case(entry=None)) == []
    assert codes(gate, Case(application)) == []
    type(notice).objects.update(title="改过的标题")
    assert codes(gate, Case(application)) == ["notice_changed"]


def test_a_decision_document_is_recorded():
    assert codes(gates.the_decision_is_recorded, case()) == ["no_decision_document"]
    assert codes(gates.the_decision_is_recorded, case(Act(decision_id=1))) == []


def test_only_an_upheld_objection_ends_or_reopens():
    upheld = SimpleNamespace(pk=5, status=Objection.Status.UPHELD)

    assert codes(gates.the_objection_is_upheld, case(objections=[upheld])) == [
        "no_upheld_objection"
    ]
    assert (
        codes(gates.the_objection_is_upheld, case(Act(objection_id=5), objections=[upheld])) == []
    )


def nothing_done(**facts):
    """A case in which everything that a gate could ask for is missing or wrong."""
    unconfirmed = replace(STRICT, confirmed_by="县公安局")
    item = ev.Item("NC-01", "", (unconfirmed,))
    found = case(
        standard=ev.Standard("NC", 1, (ev.Section("一、", "", (item,)),)),
        item_codes=("NC-01", "NC-02"),
        answers={},
        declared={"NC-01-C1": 1},
        evidence=[],
        has_valid_title=True,
        barred_by=[],
        mark_verdicts={"NC-01": Conclusion.NOT_MET},
        recommendation_places_left=0,
        returns_made=2,
        corrections={"NC-01": Correction(reply="")},
        parts_returned={"summary": Correction(part="summary")},
        team=[member()],
        visit=None,
        measurements={},
        measured={"NC-01-C1": 1},
        row=None,
        places_left=0,
        is_next_in_reserve=False,
        is_acted_on=True,
        others_under_way=1,
        objections=[
            Objection(status=Objection.Status.ACCEPTED),
            Objection(status=Objection.Status.RECEIVED),
        ],
        **facts,
    )
    found.application.summary = ""
    found.application.round.status = Round.Status.CLOSED
    found.application.__dict__["_state"].fields_cache["submission"] = Submission(
        opened_at=NOW, content={"summary": ""}
    )
    return found


DRAFTED = entry(title="改过的标题", text_sha256="hash of what was published")


@pytest.mark.parametrize(
    ("transition", "notice", "missing"),
    [
        ("confirm", None, "item_not_concluded no_summary truth_not_confirmed"),
        ("reopen", None, ""),
        ("submit", None, "round_not_open not_met no_evidence title_is_valid"),
        ("recall", None, "already_opened recalled_too_late"),
        (
            "recommend",
            None,
            "opinion_too_short item_not_marked item_marked_unmet recommendation_quota_full",
        ),
        ("return_for_correction", None, "no_corrections returns_used_up"),
        ("reject", None, "opinion_too_short"),
        ("take_back_return", None, "already_acted_on"),
        ("take_back_recommendation", None, "already_acted_on"),
        (
            "resubmit",
            None,
            (
                "correction_not_answered part_not_corrected no_summary item_not_concluded not_met"
                " no_evidence truth_not_confirmed"
            ),
        ),
        ("begin_verification", None, "too_few_verifiers no_interest_not_declared"),
        (
            "complete_verification",
            None,
            (
                "too_few_verifiers visit_not_timed item_not_verified not_met veto_not_confirmed"
                " not_signed"
            ),
        ),
        ("end_overdue", None, "opinion_too_short correction_not_overdue"),
        ("return_to_review", None, "opinion_too_short"),
        ("choose", None, "no_meeting quota_full"),
        ("put_in_reserve", None, "no_meeting"),
        ("leave_out", None, "no_meeting opinion_too_short"),
        ("move_up", None, "not_next_in_reserve quota_full"),
        ("end_reserve", None, "others_under_way"),
        ("put_back", None, "opinion_too_short"),
        ("decline", None, "opinion_too_short objection_open objection_unhandled"),
        ("publish", None, "not_chosen not_on_a_notice calendar_unknown"),
        (
            "publish",
            DRAFTED,
            (
                "not_chosen notice_not_proposed notice_not_reviewed notice_not_approved"
                " calendar_unknown"
            ),
        ),
        ("extend_notice", None, "not_on_a_notice"),
        ("stop_notice", None, "not_on_a_notice"),
        ("publish_anew", None, "not_on_a_notice calendar_unknown"),
        ("end_notice", None, "not_published objection_open"),
        (
            "designate",
            DRAFTED,
            (
                "not_published objection_open objection_unhandled register_not_closed"
                " notice_changed no_decision_document"
            ),
        ),
        ("uphold_objection", None, "no_upheld_objection opinion_too_short"),
        ("reverify", None, "no_upheld_objection opinion_too_short"),
        ("withdraw", None, ""),
        ("end_barred", None, "not_barred"),
    ],
)
def test_each_door_names_everything_that_is_missing(monkeypatch, transition, notice, missing):
    monkeypatch.setattr(notice_facts, "notice_sha256", lambda _notice: "hash of what it says now")
    monkeypatch.setattr(notice_gates, "calendar", lambda: WorkingCalendar(frozenset({2025}), {}))

    found = gates.findings(transition, nothing_done(entry=notice))

    assert list(dict.fromkeys(finding.code for finding in found)) == missing.split()


@pytest.mark.parametrize("transition", ["confirm", "submit", "resubmit"])
def test_a_value_that_was_not_given_is_found_before_the_case_is_handed_on(transition):
    found = nothing_done()
    found.declared = {}

    assert ev.NOT_ANSWERED in {finding.code for finding in gates.findings(transition, found)}


POLICE = Organization(pk=7, name_zh="县公安局")


def asked(*, opinion=None, due=NOW + timedelta(days=1), vetoes=(), sent=True):
    """One department that the round asks, with what stands of the case."""
    term = Term(due_at=due) if due else None
    opinions = OpinionList(department=POLICE, term=term, veto_codes=list(vetoes))
    line = OpinionLine(list=opinions, department=POLICE)
    line.counting = [opinion] if opinion else []
    lines = {POLICE.pk: line} if sent else {}
    return {"departments": [RoundDepartment(department=POLICE)], "lines": lines}


def test_a_visit_begins_once_every_department_is_asked():
    gate = opinion_gates.every_department_is_asked
    assert codes(gate, case(**asked(sent=False))) == ["department_not_asked"]
    assert codes(gate, case(**asked())) == []
    assert codes(gate, case(departments=[])) == []


@pytest.mark.parametrize("due", [NOW + timedelta(days=1), NOW - timedelta(days=1), None])
def test_silence_shuts_the_way_to_the_meeting_before_its_time_is_over_and_after(monkeypatch, due):
    monkeypatch.setattr(opinion_gates.clock, "now", lambda: NOW)
    gate = opinion_gates.every_department_has_answered
    found = case(**asked(due=due))
    assert codes(gate, found) == ["department_silent"]
    (finding,) = gate(found)
    assert ("不答复不算同意" in finding.message) == (due is None or due < NOW)


@pytest.mark.parametrize("source", Opinion.Source.values)
def test_an_answer_or_the_reason_why_none_is_waited_for_opens_it(source):
    gate = opinion_gates.every_department_has_answered
    assert codes(gate, case(**asked(opinion=Opinion(source=source)))) == []
    assert codes(gate, case(**asked(sent=False))) == ["department_not_asked"]
    assert codes(gate, case(departments=[])) == []


@pytest.mark.parametrize(
    ("is_found", "vetoes", "document", "expected"),
    [
        (True, ["NC-01-C1"], "县委〔2026〕2号", ["department_found_veto NC-01-C1"]),
        (True, ["NC-01-C1"], "", []),
        (True, ["NC-09-C1"], "县委〔2026〕2号", []),
        (True, [], "县委〔2026〕2号", []),
        (False, ["NC-01-C1"], "县委〔2026〕2号", []),
        (None, ["NC-01-C1"], "县委〔2026〕2号", []),
    ],
)
def test_a_fact_on_which_the_round_has_a_veto_ends_it(is_found, vetoes, document, expected):
    gate = opinion_gates.no_department_found_what_ends_it
    standard = STANDARD.configured(vetoes={"NC-01-C1": document}, local_terms={})
    known = asked(opinion=Opinion(is_found=is_found), vetoes=vetoes)
    assert codes(gate, case(standard=standard, **known)) == expected
    assert codes(gate, case(standard=standard, **asked(vetoes=vetoes))) == []
    assert codes(gate, case(standard=standard, departments=[])) == []


def test_every_transition_of_the_course_has_its_gate():
    assert set(gates.GATES) == {method.slug for method in Course.stage.get_transitions()}
