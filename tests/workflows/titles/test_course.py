"""The life of a title: who may do what to it, on which paper, and what is left of it."""

from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest

from designation.administration import reorganizing
from designation.audit.models import AuditEvent
from designation.calendar import reminding, terms
from designation.calendar.models import Term
from designation.calendar.working_days import end_of_day
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Organization, Role
from designation.organizations.succession import Document, Proposal
from designation.register import giving
from designation.register import queries as register
from designation.register.bars import Fault, years_after
from designation.register.models import DesignationDecision
from designation.register.standing import Act, Status
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.designation.register.test_standing import happened
from tests.titles_given import DAY, REASON, Title
from tests.workflows.test_two_counties import Neighbour
from workflows import door, tasks
from workflows.bars import queries as bars
from workflows.titles.case import TitleCase
from workflows.titles.gates import MOST_YEARS

pytestmark = pytest.mark.django_db

MONTH = 30 * DAY
PASSAGES_LEAVE = {
    "warn": Status.WARNED,
    "order": Status.ORDERED,
    "cancel": Status.CANCELLED,
    "revoke": Status.REVOKED,
}


@pytest.fixture
def title(county, held_clock):
    return Title(county)


def refused(title, name, **said):
    """The codes for which it is refused; nothing is written."""
    before = title.row.steps.count(), DesignationDecision.objects.count(), Term.objects.count()
    with pytest.raises(Refusal) as refusal:
        title.act(name, **said)
    after = title.row.steps.count(), DesignationDecision.objects.count(), Term.objects.count()
    assert after == before
    return refusal.value.codes


def told(person):
    delivery.deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person).order_by("pk")]


# The way through


def test_a_title_is_warned_ordered_to_correct_given_more_time_once_and_valid_again(
    title, held_clock
):
    title.act("warn")
    assert title.status == Status.WARNED
    title.act("order")
    ordered_until = clock.today() + MONTH
    assert (title.status, title.standing.correct_by) == (Status.ORDERED, ordered_until)
    held_clock.move(20 * DAY)
    title.act("prolong")
    assert title.standing.correct_by == ordered_until + MONTH
    held_clock.move(50 * DAY)
    title.act("accept")

    assert title.status == Status.VALID
    acts_done = [step.act for step in title.row.steps.all()]
    assert acts_done == ["given", "warned", "ordered", "prolonged", "passed"]
    today = clock.today()
    stood = [title.row.standing_on(today - days * DAY).status for days in (70, 69, 1, 0)]
    assert stood == [Status.ORDERED, Status.ORDERED, Status.ORDERED, Status.VALID]


def test_a_title_under_order_still_counts_as_held(title):
    title.act("order")

    assert title.row in register.in_force(clock.today())


def test_a_title_is_revoked_once_the_time_to_correct_is_over(title, held_clock):
    title.act("order")
    held_clock.move(30 * DAY)
    assert refused(title, "revoke") == ("deadline_not_passed",)
    held_clock.move(DAY)
    assert title.status == Status.ORDERED, "time alone takes no title away"

    step = title.act("revoke")

    assert title.status == Status.REVOKED
    assert (step.actor, step.role) == (title.county.deciding_officer, Role.DECIDING_OFFICER)
    assert step.document == f"中共青山县委 {step.document_number}"
    assert step.reason == REASON


def test_a_revocation_decided_while_there_was_time_to_correct_is_refused_also_afterwards(
    title, held_clock
):
    last = title.act("order").correct_by
    held_clock.move(40 * DAY)

    for early in (last - 10 * DAY, last):
        assert refused(title, "revoke", decided_on=early) == ("decided_before_deadline",)
    assert title.status == Status.ORDERED

    title.act("revoke", decided_on=last + DAY)
    assert title.row.standing_on(last).status == Status.ORDERED
    assert title.row.standing_on(last + DAY).status == Status.REVOKED


def test_a_title_is_cancelled_without_a_fault_on_the_letter_of_its_unit(title):
    step = title.act("cancel", document_number="红旗村党支部来函（11月20日）")

    assert title.status == Status.CANCELLED
    assert step.role == Role.COUNTY_COORDINATOR


@pytest.mark.parametrize("ended", ["revoke", "cancel"])
def test_a_title_comes_back_only_by_a_new_decision_of_somebody_else(title, held_clock, ended):
    title.act(ended)
    held_clock.move(DAY)
    other = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction)
    given_by = title.row.decision.document_number
    day = title.row.decision.decided_on
    if ended == "revoke":
        assert refused(title, "restore") == ("took_part",)

    again = {"actor": other, "document_number": given_by}
    assert "no_new_decision" in refused(title, "restore", decided_on=day, **again)
    step = title.act("restore", actor=other, document_number="青发〔2026〕77号")

    assert title.status == Status.VALID
    assert title.standing.until == title.row.valid_until
    assert step.decision == DesignationDecision.objects.get(document_number="青发〔2026〕77号")
    assert title.row.decision.document_number == given_by


def test_a_new_decision_renews_several_titles_for_longer_and_leaves_no_warning(county, held_clock):
    first, second = Title(county), Title(county)
    first.act("warn")
    said = {"document_number": "青发〔2026〕99号", "until": first.row.valid_until + 365 * DAY}

    first.act("renew", **said)
    second.act("renew", **said)

    assert first.status == second.status == Status.VALID
    assert first.standing.until == second.standing.until == said["until"]
    assert DesignationDecision.objects.filter(document_number="青发〔2026〕99号").count() == 1


def test_a_revocation_decided_in_the_term_and_recorded_after_it_holds_and_bars_the_unit(
    title, held_clock
):
    last, unit = title.row.valid_until, title.row.organization
    held_clock.move(last - clock.today() + 5 * DAY)
    assert title.status == Status.EXPIRED
    assert refused(title, "revoke", decided_on=last + DAY) == ("title_expired",)

    title.act("revoke", decided_on=last, fault=Fault.FALSE_MATERIAL)

    stood = [title.row.standing_on(last + days * DAY).status for days in (-1, 0, 1, 5)]
    assert stood == [Status.VALID, *[Status.REVOKED] * 3]
    for days in (-1, 0, 1, 5):
        row = register.titles(last + days * DAY).get(pk=title.row.pk)
        assert row.status == title.row.standing_on(last + days * DAY).status
    (bar,) = bars.bars_of(unit)[unit.pk]
    assert (bar.since, bar.until) == (last, years_after(last, 3))


def test_a_revocation_decided_under_an_order_is_refused_after_the_term_as_well(title, held_clock):
    last = title.row.valid_until
    held_clock.move(last - clock.today() - 10 * DAY)
    title.act("order", correct_by=last - DAY)
    held_clock.move(15 * DAY)

    assert refused(title, "revoke", decided_on=last - DAY) == ("decided_before_deadline",)


def test_an_order_leaves_a_day_of_the_title_on_which_it_is_revoked_also_when_entered_later(
    title, held_clock
):
    last, unit = title.row.valid_until, title.row.organization
    held_clock.move(last - clock.today() - 10 * DAY)
    assert refused(title, "order", correct_by=last) == ("order_outlasts_title",)
    title.act("order", correct_by=last - DAY)
    held_clock.move(15 * DAY)

    title.act("revoke", decided_on=last)

    assert title.row.standing_on(last).status == Status.REVOKED
    (bar,) = bars.bars_of(unit)[unit.pk]
    assert bar.since == last


def days_before_the_end(title, days, held_clock):
    held_clock.move(title.row.valid_until - clock.today() - days * DAY)


def offered(title, person):
    case = TitleCase(title.row, asked=door.Asked(person))
    found = door.offered("title", case, person)
    return {way.slug: [finding.code for finding in why] for way, why in found}


@pytest.mark.parametrize(("days", "found"), [(2, []), (1, []), (0, ["order_outlasts_title"])])
def test_an_order_is_shut_before_anything_is_typed_once_no_day_is_left_for_it(
    title, held_clock, days, found
):
    days_before_the_end(title, days, held_clock)

    assert offered(title, title.county.coordinator)["order"] == found


def test_a_document_of_the_day_before_the_last_orders_nothing_that_one_of_before_may(
    title, held_clock
):
    """Entered on that day: the last day of the order may be that very day."""
    days_before_the_end(title, 1, held_clock)
    today = clock.today()

    for last in (today, today + DAY):
        assert refused(title, "order", correct_by=last) == ("order_outlasts_title",)

    title.act("order", decided_on=today - DAY, correct_by=today)


def test_an_order_that_ends_with_the_day_before_the_titles_last_is_offered_no_more_time(
    title, held_clock
):
    days_before_the_end(title, 5, held_clock)
    title.act("order", correct_by=clock.today() + 4 * DAY)

    assert offered(title, title.county.coordinator)["prolong"] == ["order_outlasts_title"]


def run_out_under_order(title, held_clock):
    days_before_the_end(title, 10, held_clock)
    title.act("order", correct_by=title.row.valid_until - DAY)
    held_clock.move(11 * DAY)
    assert title.status == Status.EXPIRED


def test_a_title_that_ran_out_under_order_is_renewed_once_that_is_concluded(title, held_clock):
    run_out_under_order(title, held_clock)
    with pytest.raises(Refusal, match="到期以前责令的整改还没有结论") as refusal:
        title.act("renew")
    assert refusal.value.codes == ("order_stands",)

    title.act("accept")

    assert title.status == Status.EXPIRED
    assert register.titles().get(pk=title.row.pk).status == Status.EXPIRED
    assert "accept" not in offered(title, title.county.coordinator)
    title.act("renew")
    assert title.status == Status.VALID


def test_a_title_that_ran_out_without_an_order_has_no_correction_to_accept(title, held_clock):
    held_clock.move(800 * DAY)

    assert "accept" not in offered(title, title.county.coordinator)
    assert refused(title, "accept") == ("title_moved",)


def test_nobody_waits_or_is_reminded_of_an_order_once_its_title_has_run_out(title, held_clock):
    officers = (title.county.coordinator, title.county.deciding_officer)
    run_out_under_order(title, held_clock)
    before = [told(person) for person in officers]
    for _day in range(10):
        reminding.remind()
        held_clock.move(DAY)
    assert [told(person) for person in officers] == before

    tasks.look_at_ending_titles()

    (ended,) = terms.ended_terms(title.row, "title.ordered")
    assert ended.ended_as == Term.Ending.OVERTAKEN
    assert not terms.open_terms(title.row).exists()


def test_the_look_ends_no_order_of_a_title_in_force(title, held_clock):
    title.act("order")
    held_clock.move(40 * DAY)

    tasks.look_at_ending_titles()

    assert terms.open_terms(title.row).count() == 1


def test_an_order_of_before_that_ends_with_its_title_is_concluded_and_not_revoked_for(
    title, held_clock
):
    """Recorded when an order might last as long as its title."""
    last = title.row.valid_until
    days_before_the_end(title, 10, held_clock)
    title.act("order", correct_by=last - DAY)
    by = {"actor": title.county.coordinator, "role": Role.COUNTY_COORDINATOR}
    happened(title.row, Act.PROLONGED, clock.today(), correct_by=last, **by)
    for _turn in ("before", "after"):
        assert offered(title, title.county.deciding_officer)["revoke"] == ["order_outlasts_title"]
        held_clock.move(11 * DAY)
    assert refused(title, "revoke", decided_on=last) == ("order_outlasts_title",)

    title.act("accept")
    title.act("renew")


def test_a_title_that_has_run_out_is_not_revoked_but_may_be_renewed(title, held_clock):
    held_clock.move(800 * DAY)
    assert title.status == Status.EXPIRED
    for name in ("revoke", "cancel"):
        with pytest.raises(Refusal, match="由审定人办理延续") as refusal:
            title.act(name)
        assert refusal.value.codes == ("title_expired",)

    title.act("renew")

    assert title.status == Status.VALID


# What keeps it back


def test_an_order_runs_thirty_days_at_most_and_ends_within_the_term(title, held_clock):
    assert refused(title, "order", correct_by=clock.today() + 31 * DAY) == ("order_too_long",)
    assert refused(title, "order", correct_by=clock.today()) == ("order_too_long",)
    assert refused(title, "order", correct_by=None) == ("order_too_long",)
    held_clock.move(700 * DAY - 10 * DAY)
    assert refused(title, "order") == ("order_outlasts_title",)
    title.act("order", correct_by=clock.today() + 9 * DAY)


def test_an_order_is_prolonged_once_while_it_runs(title, held_clock):
    title.act("order")
    held_clock.move(31 * DAY)
    assert "deadline_passed" in refused(title, "prolong")
    title.act("accept")
    title.act("order")
    title.act("prolong")
    assert "prolonged_already" in refused(title, "prolong")
    title.act("accept")
    title.act("order")
    title.act("prolong")


def test_more_time_that_was_given_in_time_is_entered_when_the_order_has_run_out(title, held_clock):
    last = title.act("order").correct_by
    held_clock.move(31 * DAY)
    assert offered(title, title.county.coordinator)["prolong"] == []
    with pytest.raises(Refusal, match="以后作出的文件不能再延长"):
        title.act("prolong", decided_on=last + DAY)

    title.act("prolong", decided_on=last)

    assert title.standing.correct_by == last + MONTH
    running = terms.open_terms(title.row).get()
    assert running.due_at == end_of_day(last + MONTH)
    assert title.row.standing_on(last - DAY).correct_by == last


def test_no_more_time_is_offered_once_all_that_could_be_given_is_past(title, held_clock):
    last = title.act("order").correct_by
    held_clock.move(61 * DAY)

    assert offered(title, title.county.coordinator)["prolong"] == ["deadline_passed"]
    with pytest.raises(Refusal, match=r"整改期限最迟到2026年5月1日.*已经过去") as refusal:
        title.act("prolong", decided_on=last, correct_by=clock.today())
    assert refusal.value.codes == ("order_too_long",)


def test_an_order_on_a_document_of_more_than_thirty_days_ago_is_refused_with_what_to_do(
    title, held_clock
):
    held_clock.move(20 * DAY)
    today = clock.today()

    with pytest.raises(Refusal, match=r"已经过去。请核对文件日期；.*写明新的整改期限") as refusal:
        title.act("order", decided_on=today - 40 * DAY, correct_by=today + DAY)

    assert [finding.field for finding in refusal.value.findings] == ["decided_on"]
    title.act("order", decided_on=today - 20 * DAY, correct_by=today + 10 * DAY)


def test_an_order_is_concluded_before_a_title_is_given_up_or_renewed(title):
    title.act("order")

    assert refused(title, "cancel") == ("order_stands",)
    assert refused(title, "renew") == ("order_stands",)


def test_every_act_has_its_document_its_body_its_day_and_its_reason(title):
    empty = {"document_number": " ", "deciding_body": "", "decided_on": None, "reason": "太短。"}

    assert refused(title, "warn", **empty) == (
        "no_document",
        "no_body",
        "dated_wrong",
        "reason_too_short",
    )


def test_nothing_is_dated_ahead_nor_before_what_happened_last(title):
    given_on = title.row.designated_on
    assert refused(title, "warn", decided_on=clock.today() + DAY) == ("dated_wrong",)
    assert refused(title, "warn", decided_on=given_on - DAY) == ("dated_wrong",)
    title.act("warn", decided_on=given_on + 3 * DAY)
    assert refused(title, "lift", decided_on=given_on + 2 * DAY) == ("dated_wrong",)
    title.act("lift", decided_on=given_on + 3 * DAY)
    assert title.status == Status.VALID


def reorganized(title, kind, *after):
    unit, by = title.row.organization, Document("青民发〔2026〕12号", "青山县人民政府")
    proposed = Proposal(kind, clock.today(), (unit,), after, by)
    person = factories.seated(Role.SYSTEM_ADMINISTRATOR, title.county.jurisdiction)
    shown = reorganizing.Outlook(succession.fates(proposed)).digest
    reorganizing.reorganize(proposed, chosen={}, seen=shown, actor=person)


def renamed(title):
    unit = title.row.organization
    same = copy(unit)
    same.name_zh = "新名村党支部"
    reorganized(title, Kind.RENAMED, same)


def merged(title):
    reorganized(title, Kind.MERGED, factories.VillageFactory(superior=title.county.township))


@pytest.mark.parametrize("happens", [renamed, merged])
@pytest.mark.parametrize("name", ["warn", "order", "cancel", "revoke"])
def test_a_document_that_comes_late_is_entered_with_its_own_day_after_a_reorganization(
    title, held_clock, happens, name
):
    decided = clock.today()
    held_clock.move(DAY)
    happens(title)
    held_clock.move(DAY)

    asked = {"correct_by": decided + MONTH} if name == "order" else {}
    title.act(name, decided_on=decided, **asked)

    stood = [title.row.standing_on(decided + days * DAY).status for days in (-1, 0, 1, 2)]
    assert stood[0] == Status.VALID
    assert set(stood[1:]) == {PASSAGES_LEAVE[name]}
    for days in (-1, 0, 1, 2):
        row = register.titles(decided + days * DAY).get(pk=title.row.pk)
        assert row.status == stood[days + 1]


def test_what_was_decided_before_a_title_was_renewed_is_overtaken_and_the_refusal_says_so(
    title, held_clock
):
    decided = clock.today()
    held_clock.move(DAY)
    title.act("renew")
    held_clock.move(DAY)

    with pytest.raises(Refusal, match=r"已经依据新的命名决定延续.*另行作出决定") as refusal:
        title.act("revoke", decided_on=decided)

    assert refusal.value.codes == ("dated_wrong",)
    title.act("revoke", decided_on=decided + DAY)
    assert title.status == Status.REVOKED


def test_a_document_of_before_the_last_act_is_refused_with_that_act_and_what_to_do(title):
    given_on = title.row.designated_on
    title.act("warn", decided_on=given_on + 3 * DAY)

    with pytest.raises(Refusal, match=r"上一次办理（警告）.*另行出具文件"):
        title.act("revoke", decided_on=given_on + 2 * DAY)


def test_nobody_revokes_after_they_had_a_hand_in_the_order(title, held_clock):
    both = factories.seated(Role.COUNTY_COORDINATOR, title.county.jurisdiction)
    factories.SeatFactory(
        role=Role.DECIDING_OFFICER, person=both, jurisdiction=title.county.jurisdiction
    )
    title.act("order", actor=both)
    held_clock.move(40 * DAY)

    assert refused(title, "revoke", actor=both) == ("took_part",)
    title.act("revoke")


def test_a_title_is_not_brought_back_for_a_unit_that_is_no_more_nor_after_its_term(
    title, held_clock
):
    title.act("cancel")
    Organization.objects.filter(pk=title.row.organization_id).update(is_active=False)
    assert refused(title, "restore") == ("holder_is_gone",)
    Organization.objects.filter(pk=title.row.organization_id).update(is_active=True)
    held_clock.move(800 * DAY)
    assert refused(title, "restore") == ("no_term_left",)


@pytest.mark.parametrize("years", [0, 6])
def test_a_renewed_title_runs_longer_than_before_and_five_years_at_most(title, years):
    until = title.row.valid_until + years * 366 * DAY

    assert refused(title, "renew", until=until) == ("term_not_longer",)


# Whose it is


def test_each_act_is_up_to_its_seat_over_the_area_and_to_nobody_of_the_unit(title):
    county = title.county
    unit = title.row.organization
    own = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction, home_organization=unit)
    strangers = [
        county.deciding_officer,
        county.objection_officer,
        Neighbour().coordinator,
        factories.seated(Role.HEAD, unit),
        own,
    ]
    for person in strangers:
        assert refused(title, "order", actor=person) == ("not_permitted",)
    assert refused(title, "revoke", actor=county.coordinator) == ("not_permitted",)


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told_what_stands(title):
    """The page of both showed the same; nothing is left of the second."""
    seen = title.row.version
    title.act("revoke", seen=seen)

    with pytest.raises(Refusal, match="现为“已撤销”") as refusal:
        title.act("cancel", seen=seen)

    assert refusal.value.codes == ("title_moved",)
    assert title.row.steps.count() == 2


def test_a_form_that_is_sent_twice_is_answered_as_the_first_time(title):
    sent = {"request_key": "k" * 32, "document_number": "青组发〔2026〕5号", "seen": None}
    title.act("warn", **sent)
    title.act("warn", **sent)

    assert [step.act for step in title.row.steps.all()] == [Act.GIVEN, Act.WARNED]


def test_what_cannot_be_done_from_here_is_told_with_what_stands(title):
    assert refused(title, "accept") == ("title_moved",)
    assert refused(title, "restore") == ("title_moved",)


# What goes on record and who is told


def test_an_act_stands_in_the_history_and_in_the_log_with_its_document_and_reason(title):
    step = title.act("order")

    event = AuditEvent.objects.get(action="title.ordered")
    assert event.subject_id == str(title.row.pk)
    assert event.details["document_number"] == step.document
    assert event.details["reason"] == REASON
    assert (event.actor_id, event.actor_role) == (
        title.county.coordinator.pk,
        Role.COUNTY_COORDINATOR,
    )


def test_the_unit_and_the_coordinators_are_told_of_each_act(title):
    unit, other = title.row.organization, factories.VillageFactory()
    people = [factories.seated(role, unit) for role in (Role.HEAD, Role.PREPARER)]
    beside = factories.seated(Role.COUNTY_COORDINATOR, title.county.jurisdiction)
    stranger = factories.seated(Role.HEAD, other)

    title.act("order")

    for person in (*people, beside):
        assert told(person) == [
            f"{unit.name_zh}的称号被责令限期整改，请在2026年4月1日(周三)前整改到位。"
        ]
    assert told(stranger) == []


def test_the_unit_is_reminded_while_the_time_runs_and_the_coordinator_when_it_is_over(
    title, held_clock
):
    head = factories.seated(Role.HEAD, title.row.organization)
    title.act("order")
    held_clock.move(28 * DAY)
    reminding.remind()
    assert any("（整改）的办理期限快到了" in subject for subject in told(head))
    held_clock.move(timedelta(days=4))
    before = len(told(head))
    reminding.remind()

    assert any("（整改）已经超过办理期限" in subject for subject in told(title.county.coordinator))
    assert len(told(head)) == before
    assert title.status == Status.ORDERED


def test_the_term_of_an_order_ends_with_whatever_concludes_it(title, held_clock):
    title.act("order")
    assert terms.open_terms(title.row).count() == 1
    title.act("prolong")
    running = terms.open_terms(title.row).get()
    assert running.continues.ended_as == Term.Ending.EXTENDED
    held_clock.move(70 * DAY)
    title.act("revoke")

    assert not terms.open_terms(title.row).exists()


def test_a_unit_that_is_dissolved_under_an_order_leaves_nothing_to_wait_for(title):
    title.act("order")
    person = factories.seated(Role.SYSTEM_ADMINISTRATOR, title.county.jurisdiction)
    document = Document("青民发〔2026〕12号", "青山县人民政府")
    unit = title.row.organization
    proposed = Proposal(Kind.DISSOLVED, clock.today(), (unit,), (), document)
    shown = reorganizing.Outlook(succession.fates(proposed)).digest

    reorganizing.reorganize(proposed, chosen={}, seen=shown, actor=person)

    assert title.status == Status.CANCELLED
    assert not terms.open_terms(title.row).exists()


def test_what_may_be_done_is_offered_with_what_keeps_it_back_before_anything_is_typed(title):
    title.act("order")
    officer = title.county.deciding_officer
    case = TitleCase(title.row, asked=door.Asked(officer))

    offered = door.offered("title", case, officer)

    found = {way.slug: [finding.code for finding in why] for way, why in offered}
    assert found == {
        "revoke": ["deadline_not_passed"],
        "renew": ["order_stands"],
        "correct": [],
    }


def test_a_decision_recorded_with_another_day_is_told(title):
    other = Title(title.county)
    other.act("renew", document_number="青发〔2026〕99号")

    said = {"document_number": "青发〔2026〕99号", "decided_on": clock.today() - DAY}
    assert refused(title, "renew", **said) == ("no_new_decision",)


def test_an_order_on_a_document_without_its_day_is_refused_for_that(title):
    codes = refused(title, "order", decided_on=None)

    assert "order_too_long" not in codes, "from which day thirty are counted is not known yet"
    assert codes


@pytest.mark.parametrize("stands_with", ["prefecture", "neighbour"])
def test_a_decision_that_stands_with_another_area_brings_back_no_title_that_it_gave(
    county, held_clock, stands_with
):
    """On a round of the prefecture; or of before, where it gave titles in two counties."""
    title = Title(county)
    if stands_with == "prefecture":
        decision, officer = factories.decided_above(), county.deciding_officer
    else:
        neighbour = Neighbour()
        decision, officer = Title(neighbour).row.decision, county.deciding_officer
        decision.county = "341821"  # as it was given by; on record it stays the neighbour's
    until = clock.today() + 700 * DAY
    title.row = giving.give(
        county.village, category="NC", decision=decision, until=until, actor=officer
    )
    told = {"deciding_body": decision.deciding_body, "decided_on": clock.today()}
    told["document_number"] = decision.document_number.replace("〔", "[").replace("〕", "]")

    assert refused(title, "renew", **told) == ("no_new_decision",)
    title.act("revoke")
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    assert refused(title, "restore", actor=other, **told) == ("no_new_decision",)


def test_a_decision_on_a_round_of_the_prefecture_renews_a_title_and_is_recorded_once(title):
    decision = factories.decided_above()

    step = title.act(
        "renew", deciding_body=decision.deciding_body, document_number=decision.document_number
    )

    assert step.decision == decision
    assert DesignationDecision.objects.filter(deciding_body=decision.deciding_body).count() == 1


def test_a_title_that_ends_on_the_29th_of_february_is_renewed_until_the_28th(title, held_clock):
    held_clock.move_to(datetime(2028, 2, 29, 4, tzinfo=UTC))
    last = date(2028 + MOST_YEARS, 2, 28)

    assert "term_not_longer" in refused(title, "renew", until=last + DAY)
    title.act("renew", until=last)

    assert title.standing.until == last


def test_who_may_not_act_on_a_title_is_told_that_and_not_how_it_stands(title):
    title.act("revoke")

    assert refused(title, "warn", actor=title.county.reviewer) == ("not_permitted",)
