"""The course of a re-check: seen on site, answered by the unit, and what becomes of the title."""

import pytest
from django.db import IntegrityError, transaction

from designation.audit.models import AuditEvent
from designation.calendar import by_time
from designation.calendar.models import Term
from designation.organizations.models import Role
from designation.register.standing import Status
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.rechecks_held import (
    DAY,
    act,
    answered,
    entered,
    head_of,
    proposed,
    titles,
    visited,
)
from tests.titles_given import REASON, paper
from tests.visits_apart import ITEM, begin, conclude, plan
from tests.workflows.test_two_counties import Neighbour
from workflows import door
from workflows.rechecks import acts, gates
from workflows.rechecks.case import RecheckAct, RecheckCase
from workflows.rechecks.models import Outcome, Recheck, Standing
from workflows.stages.verification.models import VisitMember
from workflows.titles import acts as of_titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock_held(held_clock):
    return held_clock


def status(recheck):
    return recheck.title.standing_on(clock.today()).status


def refused(name, recheck, actor, **said):
    """The codes for which it is refused; nothing is written."""
    before = recheck.steps.count(), recheck.title.steps.count()
    with pytest.raises(Refusal) as refusal:
        act(name, recheck, actor, **said)
    assert (recheck.steps.count(), recheck.title.steps.count()) == before
    return refusal.value.codes


def told(person):
    delivery.deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person).order_by("pk")]


def revoke(county, recheck, actor=None):
    said = paper(recheck.title, "revoke")
    of_titles.carry_out("revoke", recheck.title, said, actor=actor or county.deciding_officer)
    return Recheck.objects.get(pk=recheck.pk)


# What was found


def test_when_the_visit_is_concluded_its_findings_go_to_the_unit_which_has_five_working_days(
    county,
):
    recheck = entered(county)
    head = head_of(recheck)

    recheck = visited(county, recheck)

    assert recheck.standing == Standing.TOLD
    assert recheck.visit.title == recheck.title
    term = Term.objects.get(kind="recheck.told")
    assert (term.days, term.role, term.organization) == (5, "head", recheck.title.organization)
    assert any("请在期限前答复" in subject for subject in told(head))


@pytest.mark.parametrize("ends", ["revoke", "cancel", "time"])
def test_a_visit_concluded_after_the_title_ended_asks_the_unit_nothing(county, held_clock, ends):
    recheck = entered(county, titles(county, 1, days=5)[0])
    title, head = recheck.title, head_of(recheck)
    visit = begin(county, plan(county, title, ITEM, standard=county.round_category.standard))
    if ends == "time":
        held_clock.move(6 * DAY)
    else:
        by = county.deciding_officer if ends == "revoke" else county.coordinator
        of_titles.carry_out(ends, title, paper(title, ends), actor=by)

    conclude(county, visit)

    recheck.refresh_from_db()
    assert (recheck.standing, recheck.steps.count()) == (Standing.DUE, 0)
    assert not any("答复" in subject for subject in told(head))
    assert not Term.objects.filter(kind="recheck.told").exists()
    assert act("drop", recheck, county.coordinator).standing == Standing.DROPPED


def test_nothing_is_concluded_before_the_unit_has_answered(county):
    recheck = visited(county)

    assert refused("conclude", recheck, county.coordinator, outcome="kept") == ("recheck_moved",)
    assert refused("propose", recheck, county.coordinator) == ("recheck_moved",)


def test_silence_is_recorded_as_such_and_a_late_answer_still_counts(county, held_clock):
    recheck = visited(county)
    held_clock.move(12 * DAY)

    by_time.carry_out()

    recheck.refresh_from_db()
    assert recheck.standing == Standing.ANSWERED
    step = recheck.steps.get(act="lapse")
    assert (step.actor, step.role, step.text) == (None, "system", "")
    recheck = act("answer", recheck, head_of(recheck), text="因防汛延误，情况属实。")
    assert recheck.standing == Standing.ANSWERED
    assert recheck.steps.last().text == "因防汛延误，情况属实。"


def test_the_time_to_answer_ends_with_the_answer(county, held_clock):
    recheck = answered(county)
    held_clock.move(12 * DAY)

    by_time.carry_out()

    assert not recheck.steps.filter(act="lapse").exists()


def test_head_and_preparer_of_the_holder_answer_and_nobody_else(county):
    recheck = visited(county)
    for person in (county.coordinator, county.head, Neighbour().coordinator):
        assert refused("answer", recheck, person) == ("not_permitted",)
    assert refused("answer", recheck, head_of(recheck), text=" ") == ("nothing_said",)

    act("answer", recheck, factories.seated(Role.PREPARER, recheck.title.organization))


def test_a_visit_to_a_title_that_is_not_rechecked_stands_alone(county):
    recheck = visited(county)
    other = entered(county)

    assert other.visit is None
    assert recheck.visit is not None


# What becomes of the title


def test_a_title_is_kept(county):
    recheck = act("conclude", answered(county), county.coordinator, outcome="kept")

    assert (recheck.standing, recheck.outcome) == (Standing.CONCLUDED, Outcome.KEPT)
    assert (recheck.title_step, status(recheck)) == (None, Status.VALID)
    assert not Term.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    ("outcome", "stands"), [("warned", Status.WARNED), ("ordered", Status.ORDERED)]
)
def test_a_warning_or_an_order_is_done_to_the_title_in_the_same_act(county, outcome, stands):
    recheck = act("conclude", answered(county), county.coordinator, outcome=outcome)

    assert (recheck.standing, recheck.outcome, status(recheck)) == (
        Standing.CONCLUDED,
        outcome,
        stands,
    )
    assert recheck.title_step == recheck.title.steps.order_by("pk").last()
    assert recheck.title_step.act == outcome
    assert recheck.title_step.actor == county.coordinator
    actions = AuditEvent.objects.order_by("-sequence").values_list("action", flat=True)[:2]
    assert set(actions) == {"recheck.conclude", f"title.{outcome}"}


def test_what_the_title_refuses_concludes_nothing(county):
    recheck = answered(county)
    late = paper(recheck.title, "order", correct_by=clock.today() + 90 * DAY)
    said = RecheckAct(REASON, "ordered", late)

    with pytest.raises(Refusal) as refusal:
        acts.carry_out("conclude", recheck, said, actor=county.coordinator)

    assert refusal.value.codes == ("order_too_long",)
    recheck.refresh_from_db()
    assert (recheck.standing, recheck.outcome) == (Standing.ANSWERED, "")
    assert status(recheck) == Status.VALID


def test_no_recheck_is_concluded_without_saying_what_becomes_of_the_title(county):
    recheck = answered(county)

    assert refused("conclude", recheck, county.coordinator) == ("no_outcome",)
    assert refused("conclude", recheck, county.coordinator, outcome="revoked") == ("no_outcome",)
    assert refused("conclude", recheck, county.coordinator, outcome="kept", text="短") == (
        "reason_too_short",
    )
    rows = Recheck.objects.filter(pk=recheck.pk)
    for forged in (
        {"standing": "concluded"},
        {"standing": "concluded", "outcome": "warned"},
        {"standing": "proposed"},
        {"outcome": "kept"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**forged)


def test_a_warned_title_is_not_warned_again_nor_one_under_order_proposed(county):
    recheck = answered(county)

    def to_the_title(name):
        said = paper(recheck.title, name)
        of_titles.carry_out(name, recheck.title, said, actor=county.coordinator)

    to_the_title("warn")
    assert refused("conclude", recheck, county.coordinator, outcome="warned") == ("no_outcome",)
    to_the_title("lift")
    to_the_title("order")
    assert refused("propose", recheck, county.coordinator) == ("order_stands",)

    act("conclude", recheck, county.coordinator, outcome="kept")

    assert status(recheck) == Status.ORDERED


def test_nothing_is_ordered_where_the_title_leaves_no_time_to_correct(county, held_clock):
    recheck = answered(county)
    assert "ordered" in gates.open_outcomes(RecheckCase(recheck, asked=door.Asked(None)))
    held_clock.move(recheck.title.valid_until - clock.today())

    assert "ordered" not in gates.open_outcomes(RecheckCase(recheck, asked=door.Asked(None)))
    with pytest.raises(Refusal, match="到期以前没有整改的时间") as refusal:
        act("conclude", recheck, county.coordinator, outcome="ordered")
    assert refusal.value.codes == ("no_outcome",)


def test_once_the_time_to_correct_is_over_revocation_may_be_proposed(county, held_clock):
    recheck = answered(county)
    said = paper(recheck.title, "order")
    of_titles.carry_out("order", recheck.title, said, actor=county.coordinator)
    held_clock.move(31 * DAY)

    recheck = act("propose", recheck, county.coordinator)

    assert recheck.outcome == "proposed"


def test_what_is_proposed_is_decided_by_the_revocation_of_the_title(county):
    recheck = proposed(county)
    assert (recheck.standing, status(recheck)) == (Standing.PROPOSED, Status.VALID)
    assert any("提请撤销，请决定" in subject for subject in told(county.deciding_officer))

    recheck = revoke(county, recheck)

    assert (recheck.standing, recheck.outcome) == (Standing.CONCLUDED, Outcome.REVOKED)
    assert recheck.title_step == recheck.title.steps.get(act="revoked")
    assert recheck.steps.last().actor == county.deciding_officer
    assert status(recheck) == Status.REVOKED


def test_one_revocation_decides_what_two_rechecks_of_the_title_had_proposed(county):
    first = proposed(county)
    # As entered in a year of which the re-check before was still open: that was once let in.
    as_it_was = Recheck.objects.filter(pk=first.pk)
    as_it_was.update(year=first.year - 1, standing=Standing.DROPPED, outcome="")
    second = proposed(county, entered(county, first.title))
    as_it_was.update(standing=Standing.PROPOSED, outcome=Outcome.PROPOSED)

    revoke(county, second)

    step = first.title.steps.get(act="revoked")
    assert set(step.rechecks.values_list("pk", "standing", "outcome")) == {
        (one.pk, Standing.CONCLUDED, Outcome.REVOKED) for one in (first, second)
    }
    assert not Term.objects.filter(subject_type="workflows.recheck", ended_at=None).exists()


def test_while_revocation_is_proposed_nobody_gives_the_title_up_without_a_fault(county):
    recheck = proposed(county)
    cancel = ("cancel", recheck.title, paper(recheck.title, "cancel"))

    with pytest.raises(Refusal, match="请先由审定人决定") as refusal:
        of_titles.carry_out(*cancel, actor=county.coordinator)

    assert refusal.value.codes == ("revocation_proposed",)
    assert status(recheck) == Status.VALID
    act("decline", recheck, county.deciding_officer)
    of_titles.carry_out(*cancel, actor=county.coordinator)
    assert status(recheck) == Status.CANCELLED


@pytest.mark.parametrize(("name", "by"), [("order", "coordinator"), ("renew", "deciding_officer")])
def test_while_revocation_is_proposed_no_order_takes_that_back_and_no_decision_renews(
    county, name, by
):
    recheck = proposed(county)
    until = {"until": clock.today() + 900 * DAY} if name == "renew" else {}
    said = paper(recheck.title, name, **until)

    with pytest.raises(Refusal, match="请先由审定人决定") as refusal:
        of_titles.carry_out(name, recheck.title, said, actor=getattr(county, by))

    assert refusal.value.codes == ("revocation_proposed",)
    assert status(recheck) == Status.VALID
    recheck = act("decline", recheck, county.deciding_officer)
    assert act("conclude", recheck, county.coordinator, outcome="ordered").outcome == "ordered"


def test_a_title_that_ran_out_while_revocation_was_proposed_is_renewed_once_that_is_settled(
    county, held_clock
):
    recheck = proposed(county, entered(county, titles(county, 1, days=20)[0]))
    held_clock.move(21 * DAY)

    def renew():
        said = paper(recheck.title, "renew", until=clock.today() + 900 * DAY)
        of_titles.carry_out("renew", recheck.title, said, actor=county.deciding_officer)

    with pytest.raises(Refusal, match="由县级经办人终止那次复核") as refusal:
        renew()
    assert refusal.value.codes == ("proposal_left",)

    act("drop", recheck, county.coordinator)
    renew()

    assert status(recheck) == Status.VALID


def test_what_is_declined_goes_back_and_is_concluded_otherwise(county):
    recheck = proposed(county)

    recheck = act("decline", recheck, county.deciding_officer)

    assert (recheck.standing, recheck.outcome) == (Standing.ANSWERED, "")
    assert refused("propose", recheck, county.coordinator) == ("proposed_already",)
    assert act("conclude", recheck, county.coordinator, outcome="warned").outcome == "warned"


def test_a_revocation_that_nobody_proposed_leaves_the_recheck_to_be_dropped(county):
    recheck = answered(county)
    assert refused("drop", recheck, county.coordinator) == ("title_in_force",)
    recheck = revoke(county, recheck)
    assert recheck.standing == Standing.ANSWERED
    assert refused("conclude", recheck, county.coordinator, outcome="kept") == (
        "title_not_in_force",
    )

    recheck = act("drop", recheck, county.coordinator)

    assert (recheck.standing, recheck.outcome) == (Standing.DROPPED, "")
    assert not Term.objects.filter(subject_type="workflows.recheck", ended_at=None).exists()


# Whose it is


def test_who_measured_does_not_conclude(county):
    both = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    recheck = answered(county)
    VisitMember.objects.create(visit=recheck.visit, person=both, left_at=clock.now())

    assert refused("conclude", recheck, both, outcome="kept") == ("was_on_team",)
    assert refused("propose", recheck, both) == ("was_on_team",)


def test_who_proposed_decides_nothing(county):
    both = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    factories.SeatFactory(role=Role.DECIDING_OFFICER, person=both, jurisdiction=county.jurisdiction)
    recheck = act("propose", answered(county), both)

    assert refused("decline", recheck, both) == ("took_part",)
    with pytest.raises(Refusal) as refusal:
        revoke(county, recheck, actor=both)
    assert refusal.value.codes == ("took_part",)
    assert status(recheck) == Status.VALID


def test_nobody_of_another_county_nor_of_the_unit_itself_concludes(county):
    recheck = answered(county)
    own = factories.seated(
        Role.COUNTY_COORDINATOR,
        county.jurisdiction,
        home_organization=recheck.title.organization,
    )
    for person in (own, Neighbour().coordinator, county.deciding_officer, head_of(recheck)):
        assert refused("conclude", recheck, person, outcome="kept") == ("not_permitted",)


def test_the_same_form_sent_twice_is_done_once_and_a_page_grown_old_is_told(county):
    recheck = answered(county)
    seen = recheck.version
    how = {"outcome": "kept", "seen": seen, "request_key": "k" * 24}

    act("conclude", recheck, county.coordinator, **how)
    act("conclude", recheck, county.coordinator, **how)

    assert recheck.steps.filter(act="conclude").count() == 1
    assert refused("conclude", recheck, county.coordinator, outcome="kept", seen=seen) == (
        "recheck_moved",
    )


def test_the_unit_is_told_of_the_outcome(county):
    recheck = entered(county)
    head = head_of(recheck)
    recheck = answered(county, recheck)

    act("conclude", recheck, county.coordinator, outcome="ordered")

    subjects = told(head)
    assert any("已有结论：限期整改" in subject for subject in subjects)
    assert any("被责令限期整改" in subject for subject in subjects)


def test_a_title_that_another_unit_holds_now_is_answered_for_by_that(county):
    title = titles(county, 1)[0]
    recheck = visited(county, entered(county, title))
    successor = county.beside().village
    title.steps.create(
        act="recognised",
        effective_on=clock.today(),
        organization=successor,
        reason="合并。",
        actor=county.coordinator,
        role=Role.COUNTY_COORDINATOR,
        at=clock.now(),
    )

    assert refused("answer", recheck, head_of(recheck)) == ("not_permitted",)
    act("answer", recheck, factories.seated(Role.HEAD, successor))
