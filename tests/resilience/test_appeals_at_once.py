"""Two act on one appeal at once, on real PostgreSQL: one effect, and the other is told."""

import pytest

from designation.applications.models import Stage
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.organizations.models import Person
from designation.site.refusal import Refusal
from tests.appealed import REASON, Appealed, said_of
from tests.course import County
from workflows.case.records import Decision
from workflows.stages.appeals import appeals
from workflows.stages.appeals.models import Appeal
from workflows.stages.appeals.taking_in import Brought

from .test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(reference_data, held_clock):
    return Appealed(County())


def act(case, name, person):
    """As a request does it: with a person and an appeal of its own, as its page showed it."""
    seen, pk, key = case.appeal.version, case.appeal.pk, person.pk

    def run():
        actor, appeal = Person.objects.get(pk=key), Appeal.objects.get(pk=pk)
        return appeals.carry_out(name, appeal, said_of(name), actor=actor, seen=seen)

    return run


def lodging(case, request_key=""):
    ground, key = case.decision.pk, case.county.head.pk

    def run():
        actor, decision = Person.objects.get(pk=key), Decision.objects.get(pk=ground)
        brought = Brought(REASON)
        return appeals.lodge(decision, brought, actor=actor, request_key=request_key)

    return run


def the_refused(outcomes):
    return [one for one in outcomes if isinstance(one, Refusal)]


def test_two_who_answer_one_appeal_at_once_leave_one_answer(case):
    case.up_to_the_answer()
    other = case.county.objection_officer

    outcomes = at_once(act(case, "uphold", case.hearer), act(case, "dismiss", other))

    (refused,) = the_refused(outcomes)
    assert refused.codes == ("appeal_moved",)
    appeal = case.appeal
    is_upheld = appeal.status == Appeal.Status.UPHELD
    assert appeal.decided_by == (case.hearer if is_upheld else other)
    assert case.stage == (Stage.SUBMITTED if is_upheld else Stage.REJECTED)
    assert appeal.steps.filter(act__in=("upheld", "not_upheld")).count() == 1
    assert AuditEvent.objects.filter(action__in=("appeal.upheld", "appeal.not_upheld")).count() == 1
    assert verify().whole


def test_an_answer_and_a_withdrawal_at_once_leave_one_of_them(case):
    case.up_to_the_answer()

    outcomes = at_once(act(case, "uphold", case.hearer), act(case, "withdraw", case.county.head))

    assert len(the_refused(outcomes)) == 1
    gone_back = case.appeal.status == Appeal.Status.UPHELD
    assert case.stage == (Stage.SUBMITTED if gone_back else Stage.REJECTED)
    assert verify().whole


def test_two_presses_lodge_one_appeal(case):
    outcomes = at_once(lodging(case), lodging(case))

    (refused,) = the_refused(outcomes)
    assert refused.codes == ("appealed_already",)
    assert Appeal.objects.count() == 1
    assert case.appeal.steps.count() == 1
    assert verify().whole
