"""The door, from first login to the register."""

from datetime import UTC, datetime, timedelta

import pytest

from designation.applications.models import FINAL_STAGES, Application, Stage
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.calendar.working_days import calendar
from designation.organizations.models import Role
from designation.organizations.rules import seats
from designation.register.models import Designation
from designation.rounds.models import RecommendationQuota
from designation.site.refusal import Refusal
from tests import factories
from tests.course import OPINION
from workflows import transitions
from workflows.case.facts import Case
from workflows.flow import Course
from workflows.stages.self_assessment import consequences
from workflows.stages.self_assessment.facts import Applicant

pytestmark = pytest.mark.django_db


def test_a_village_is_carried_from_self_assessment_to_the_register(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    title = Designation.objects.get(organization=county.village)
    assert title.number == f"341821-2026-NC-{application.pk:05d}"
    assert title.valid_until.year == 2029
    assert verify().whole


def test_each_transition_leaves_exactly_one_audit_event(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    actions = AuditEvent.objects.filter(
        subject_type="applications.application",
        subject_id=str(application.pk),
        action__startswith="application.",
    ).order_by("sequence")
    assert [event.action for event in actions] == [
        f"application.{decision.transition}" for decision in application.decisions.all()
    ]


def test_a_shut_gate_answers_with_findings_and_changes_nothing(county):
    application = county.start()

    with pytest.raises(Refusal) as refused:
        county.act("confirm", application, county.head, truth_confirmed=True)

    assert "not_answered" in refused.value.codes
    assert {finding.item_code for finding in refused.value.findings} >= {"NC-01", "NC-23"}
    assert Application.objects.get(pk=application.pk).stage == Stage.DRAFT


def test_the_passing_of_time_does_only_what_is_its_own(county):
    application = county.at(Stage.SUBMITTED)

    for name in ("recommend", "reject", "withdraw"):
        with pytest.raises(Refusal) as refused:
            county.act(name, application, None, opinion=OPINION)
        assert refused.value.codes == ("not_permitted",)


def test_a_person_without_the_right_finds_the_door_shut(county):
    application = county.at(Stage.SUBMITTED)

    for person in (county.head, county.coordinator, factories.PersonFactory()):
        with pytest.raises(Refusal) as refused:
            county.act("recommend", application, person, opinion=OPINION)
        assert refused.value.codes == ("not_permitted",)

    assert Application.objects.get(pk=application.pk).stage == Stage.SUBMITTED


def test_an_application_begins_only_where_its_round_takes_it(county):
    stranger = factories.PersonFactory()
    with pytest.raises(Refusal) as refused:
        transitions.start(county.round, county.village, actor=stranger)
    assert refused.value.codes == ("not_permitted",)

    school = factories.VillageFactory(
        category="XX", superior=None, jurisdiction=county.jurisdiction
    )
    teacher = factories.seated(Role.PREPARER, school)
    with pytest.raises(Refusal) as refused:
        transitions.start(county.round, school, actor=teacher)
    assert refused.value.codes == ("category_not_in_round", "no_reviewing_body")


def test_a_step_whose_deadline_leaves_the_calendar_is_refused(county, held_clock):
    county.round.closes_at = datetime(2026, 12, 31, 8, 0, tzinfo=UTC)
    county.round.save()
    application = county.at(Stage.SELF_ASSESSED)
    held_clock.move_to(datetime(2026, 12, 30, 1, 0, tzinfo=UTC))

    with pytest.raises(Refusal) as refused:
        county.act("submit", application, county.head)

    assert refused.value.codes == ("calendar_unknown",)
    assert Application.objects.get(pk=application.pk).stage == Stage.SELF_ASSESSED


def test_a_missing_application_is_said_to_be_missing(county):
    with pytest.raises(Application.DoesNotExist):
        transitions.perform("submit", 0, actor=county.preparer)


def signed_in(person):
    """As the page hands them over: it has read their seats; and days are counted before."""
    calendar()
    person = type(person).objects.get(pk=person.pk)
    assert seats(person).held
    return person


def test_one_transition_costs_at_most_fourteen_statements(county, django_assert_max_num_queries):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    reviewer = signed_in(county.reviewer)

    with django_assert_max_num_queries(14):
        county.act("recommend", application, reviewer, opinion=OPINION)


def test_the_heaviest_transition_takes_three_more_for_its_receipt_and_what_bars(
    county, django_assert_max_num_queries
):
    application = county.at(Stage.SELF_ASSESSED)
    head = signed_in(county.head)

    with django_assert_max_num_queries(17):
        county.act("submit", application, head)


def test_an_organization_with_a_valid_title_does_not_apply_again(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    county.round = factories.RoundCategoryFactory(round__jurisdiction=county.jurisdiction).round

    application = county.start()
    county._confirm(application)

    with pytest.raises(Refusal) as refused:
        county.act("submit", application, county.head)
    assert refused.value.codes == ("title_is_valid",)


def test_a_full_quota_of_recommendations_holds_the_next_one_back(county):
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=0
    )
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)

    with pytest.raises(Refusal) as refused:
        county.act("recommend", application, county.reviewer, opinion=OPINION)
    assert refused.value.codes == ("recommendation_quota_full",)


def test_what_only_a_person_can_do_is_not_done_by_time(county):
    with pytest.raises(TypeError):
        consequences.freeze_submission(Case(county.at(Stage.SELF_ASSESSED)))


def test_the_picture_of_the_process_leads_on_from_every_open_stage():
    """Out of an end leads an appeal that was upheld, and nothing else."""
    for stage in Stage:
        ways = {one.slug for one in Course.stage.get_outgoing_transitions(stage)}
        assert bool(ways - {"uphold_appeal"}) is (stage not in FINAL_STAGES), stage


ORDER = [
    Stage.DRAFT,
    Stage.SELF_ASSESSED,
    Stage.SUBMITTED,
    Stage.RECOMMENDED,
    Stage.VERIFYING,
    Stage.VERIFIED,
    Stage.CHOSEN,
    Stage.ON_NOTICE,
    Stage.AWAITING_DESIGNATION,
    Stage.DESIGNATED,
]


def test_nothing_jumps_a_stage_forward():
    for stage in ORDER:
        for transition in Course.stage.get_outgoing_transitions(stage):
            for target in transition.declared_targets():
                if target in ORDER:
                    assert ORDER.index(target) <= ORDER.index(stage) + 1, transition


def test_a_person_is_offered_only_their_own_steps(county):
    application = county.at(Stage.SUBMITTED)

    def names(person):
        return {t.slug for t, _found in transitions.offered(Case(application), person)}

    assert names(county.reviewer) == {"recommend", "return_for_correction", "reject"}
    assert names(county.head) == {"recall", "withdraw"}
    assert names(county.coordinator) == set()


def test_a_recall_after_the_window_would_be_for_ever_and_is_refused(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    held_clock.move_to(county.round.closes_at + timedelta(minutes=1))

    with pytest.raises(Refusal) as refused:
        county.act("recall", application, county.head)

    assert refused.value.codes == ("recalled_too_late",)


def test_what_came_back_is_not_handed_in_again_without_any_evidence(county):
    application = county.at(Stage.SUBMITTED)
    county.act(
        "return_for_correction", application, county.reviewer, corrections={"NC-01": "补材料"}
    )
    application.corrections.update(reply="已补")
    application.evidence.update(removed_at=application.created_at)

    with pytest.raises(Refusal) as refused:
        county.act("resubmit", application, county.head, truth_confirmed=True)

    assert refused.value.codes == ("no_evidence",)


def test_the_end_of_the_calendar_does_not_hold_back_the_end_of_a_notice(county, held_clock):
    county.round.designation_days = 60
    county.round.save()
    held_clock.move_to(datetime(2026, 11, 2, 1, 0, tzinfo=UTC))
    county.round.closes_at = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    county.round.save()

    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)

    assert application.due_at is None


def test_a_renewal_opens_sixty_days_before_the_title_ends(county, held_clock):
    titled = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    case = Case(titled)
    title = Designation.objects.get()

    def lasts(days):
        title.steps.create(
            act="corrected",
            effective_on=title.designated_on,
            until=case.today + timedelta(days=days),
            reason="有效期登记有误。",
            actor=county.deciding_officer,
            role=Role.DECIDING_OFFICER,
            at=case.now,
        )

    lasts(61)
    assert Applicant.of(Case(titled)).has_valid_title
    lasts(59)
    assert not Applicant.of(Case(titled)).has_valid_title
