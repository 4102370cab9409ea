"""Arranging a visit, declaring no interest, recording what was found, signing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from designation.applications import authorship, sittings
from designation.applications.authorship import Authorship, Sheet
from designation.applications.models import Application, FormerValue, Room, Stage
from designation.audit import events
from designation.organizations.models import Person, Role
from designation.site import clock, filling, shown, tallies
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told
from designation.site.tallies import PRESSED, Way
from standards import catalogue
from standards.characters import line
from standards.models import Item, StandardVersion

from ... import door
from ...case import replaced, rules
from ...case.facts import Case
from ...door import How, not_permitted
from ...findings import GateFinding
from . import announcements, apart, plan
from .course import VisitAct
from .facts import OnSite
from .models import Measurement, Visit, VisitMember
from .plan import Plan
from .recusal import hold, hold_for
from .rules import is_on_team
from .sent_back import other_than_sent_back
from .team import misfits


def may_arrange(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.RECOMMENDED and rules.is_county_coordinator(case, person)


def may_change_team(case: Case, person: Person) -> bool:
    """Before the visit and while it goes on: a verifier may leave or have to step aside."""
    return OnSite.of(case).is_at_work and rules.is_county_coordinator(case, person)


def membership(case: Case, person: Person) -> VisitMember | None:
    """The person's place on the team of the open visit."""
    return next((m for m in OnSite.of(case).team if m.person_id == person.pk), None)


def may_record(case: Case, person: Person) -> bool:
    """Team members who have declared no interest record while it is under verification."""
    member = membership(case, person)
    return (
        OnSite.of(case).is_under_way
        and is_on_team(case, person)
        and member is not None
        and member.no_interest_declared_at is not None
    )


def may_declare(case: Case, person: Person) -> bool:
    return OnSite.of(case).is_at_work and is_on_team(case, person)


ON_SITE = (FormerValue.Subject.VISIT, FormerValue.Subject.MEASUREMENT)
# The field under which a plan that another coordinator replaced is kept.
PLAN = "plan"


@transaction.atomic
def arrange(
    made_for: Application | apart.Ground,
    *,
    planned_on: date,
    place: str,
    team: Sequence[Person],
    leader: Person,
    actor: Person,
    items: Sequence[str] = (),
    standard: StandardVersion | None = None,
    before: Plan | None = None,
) -> Visit:
    """Plan the visit and name its team; who is not named any more leaves it, on record.

    It is made for an application, a valid title (re-check), an objection under investigation, or a
    decision that ended an application and is appealed against: the reason follows from that. Once
    the visit has begun, a change takes the signatures away: each signs for the whole record.
    ``items`` are the codes of those to be seen, none for the whole standard: what is verified anew
    may leave the rest as it was found. ``standard`` is that by which a title is looked at, if not
    the one that it was applied for by. ``before`` is the plan that the actor read: what another
    has planned since is refused. Where nothing is planned otherwise, nothing is written. Raises
    Refusal when what it is made for has moved on, the person may not, one of the team is no
    verifier of the area or has to step aside, and with a finding for each value that cannot be.
    """
    visit, case = (
        _for_the_case(made_for, actor)
        if isinstance(made_for, Application)
        else _for_itself(made_for, actor, standard)
    )
    was = Plan.of(visit, _present(visit))
    filling.refuse(plan.overtaken(before, was))
    place = line(place)
    people = frozenset(person.pk for person in team)
    now = Plan(planned_on, place, people, leader.pk, tuple(sorted(items)))
    misplaced = () if visit.application_id is None else other_than_sent_back(case, items)
    filling.refuse([*misfits(case, team), *_unknown(case, items), *misplaced, *_faults(was, now)])
    if now == was:
        return visit
    _keep_former_plan(visit, actor)
    visit.planned_on, visit.place, visit.arranged_by = planned_on, place, actor
    visit.items = list(items)
    visit.save()
    # Who leaves keeps the signature given so far; the others sign anew.
    visit.members.filter(left_at=None).exclude(person__in=team).update(left_at=clock.now())
    unsign(visit, actor=actor)
    _seat(visit, team, leader, known=was.team & now.team)
    staying = was.team & now.team if now.differs_for_who_stays(was) else ()
    announcements.arranged(
        visit,
        appointed=now.team - was.team,
        staying=staying,
        released=was.team - now.team,
        leader=leader,
        actor=actor,
    )
    details = {"planned_on": planned_on} | plan.as_recorded(now.changes(was))
    log(visit, actor, Role.COUNTY_COORDINATOR, "visit.arrange", details)
    return visit


def call_off(visit: Visit, *, reason: str, actor: Person, **how: Unpack[How]) -> None:
    """Let nobody go there any more: the team is told why, and who asked for the visit.

    Only one that stands apart, before it is concluded. Raises Refusal.
    """
    door.perform("visit.call_off", visit.pk, actor=actor, act=VisitAct(reason), **how)


def _faults(was: Plan, now: Plan) -> Iterator[GateFinding]:
    assert now.planned_on is not None  # noqa: S101 - a visit is planned for a day
    yield from plan.of_day(now.planned_on, before=was.planned_on, today=clock.today())
    yield from plan.of_team(now.team, now.leader)
    yield from filling.fill(Visit(), {"place": now.place}, columns=("place",)).findings


def _for_the_case(application: Application, actor: Person) -> tuple[Visit, Case]:
    """The open visit of the application, held, or a new one."""
    held = hold_for(application, may_change_team, actor)
    return _open_visit(held), Case(held, actor=actor)


def _for_itself(
    ground: apart.Ground, actor: Person, standard: StandardVersion | None
) -> tuple[Visit, Case]:
    """The visit that is not yet over, made for what is held, or a new one; held, too."""
    held = apart.lock(type(ground).objects.all(), ground.pk)
    open_visits = held.visits.select_for_update(of=("self",))
    found = open_visits.filter(released_at=None, closed_at=None).first()
    visit = found or apart.new_visit(held, standard)
    case = apart.Apart(visit, actor=actor)
    if not may_change_team(case, actor):
        raise not_permitted()
    if not apart.calls_for_a_visit(held, case.today):
        raise Refusal.because(
            "calls_for_no_visit",
            _("称号已不在有效期内，或者异议、决定已不在办理中，不再安排核查。"),
            rule=_("核查有其事由"),
        )
    return visit, case


def _unknown(case: Case, items: Sequence[str]) -> Iterable[GateFinding]:
    for code in items:
        if code not in case.item_codes:
            yield GateFinding(
                "unknown_item",
                _("核查条目出自所依据的标准"),
                _("标准中没有第 %(code)s 条，请另选。") % {"code": code},
                field="items",
            )


def reason_for(application: Application) -> Visit.Reason:
    """Why the next visit to it is made: anew, where an earlier one was closed."""
    again = application.visits.filter(closed_at__isnull=False).exists()
    return Visit.Reason.REVERIFICATION if again else Visit.Reason.VERIFICATION


def _open_visit(application: Application) -> Visit:
    """The open visit of a held application, or a new one."""
    found = application.visits.filter(closed_at=None).first()
    if found is None:
        return Visit(application=application, reason=reason_for(application))
    found.application = application
    return found


def _present(visit: Visit) -> list[VisitMember]:
    return list(visit.members.filter(left_at=None)) if visit.pk else []


def _keep_former_plan(visit: Visit, actor: Person) -> None:
    """What another coordinator planned is kept with its author: they, too, coordinated the case."""
    if visit.pk is None or visit.arranged_by_id == actor.pk:
        return
    now = clock.now()
    present = visit.members.filter(left_at=None).select_related("person")
    planned = {"planned_on": str(visit.planned_on), "place": visit.place}
    former = FormerValue(
        field=PLAN,
        value=planned | {"team": [member.person.full_name for member in present]},
        written_by_id=visit.arranged_by_id,
        first_at=now,
        last_at=now,
        replaced_by=actor,
        replaced_at=now,
    )
    authorship.keep([former], visit.application, FormerValue.Subject.VISIT, subject_id=visit.pk)


def why_again(case: Case) -> str:
    """What the objection officer found that led to this visit; "" at a first one."""
    visit = OnSite.of(case).visit
    if visit is None or visit.reason != Visit.Reason.REVERIFICATION:
        return ""
    decided = case.application.decisions.filter(transition="reverify")
    return decided.order_by("-pk").values_list("opinion", flat=True).first() or ""


def left(case: Case) -> list[VisitMember]:
    """Who was on the team of the open visit and left it, with what they declared and signed."""
    visit = OnSite.of(case).visit
    if visit is None:
        return []
    return list(visit.members.filter(left_at__isnull=False).select_related("person"))


def _seat(visit: Visit, team: Sequence[Person], leader: Person, *, known: Collection[int]) -> None:
    present = visit.members.filter(left_at__isnull=True)
    present.exclude(person=leader).update(is_leader=False)
    present.filter(person=leader).update(is_leader=True)
    VisitMember.objects.bulk_create(
        VisitMember(visit=visit, person=person, is_leader=person == leader)
        for person in team
        if person.pk not in known
    )


@transaction.atomic
def declare_no_interest(member: VisitMember) -> None:
    """The verifier states in person that nothing ties them to the applicant.

    Pressed again it is the same statement: its moment stays. Who has left the team has nothing
    to state any more. Raises Refusal when something does, or the record is closed.
    """
    if member.left_at is not None:
        return
    hold(member.visit, may_declare, member.person)
    undeclared = VisitMember.objects.filter(pk=member.pk, no_interest_declared_at__isnull=True)
    if undeclared.update(no_interest_declared_at=clock.now()):
        log(member.visit, member.person, Role.VERIFIER, "visit.declare", {})


# What the record of a visit says beside its items.
VISIT_FIELDS = ("started_at", "ended_at", "summary")
# What a measurement says beside its values.
WORDS = ("verdict", "basis")


def visit_fields(visit: Visit) -> dict[str, Any]:
    """Times and summary as they stand, by field; moments in the form of the record."""
    return {
        "started_at": _moment(visit.started_at),
        "ended_at": _moment(visit.ended_at),
        "summary": visit.summary,
    }


def texts(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Times and summary that were sent, in the form of the record."""
    return {name: _moment(value) if name != "summary" else value for name, value in sent.items()}


def _moment(moment: datetime | None) -> str | None:
    """To the minute and in UTC, as forms give it."""
    return moment.astimezone(UTC).isoformat(timespec="minutes") if moment else None


def visit_sheet(visit: Visit) -> Sheet:
    return Sheet(visit_fields(visit), visit.written, None)


def measured_fields(measurement: Measurement | None) -> dict[str, Any]:
    """Everything the measurement says by field: values by check code, verdict and basis."""
    if measurement is None:
        return {}
    words = {"verdict": measurement.verdict, "basis": measurement.basis}
    return {**measurement.values, **words}


def record_of(case: Case, code: str) -> dict[str, Any]:
    """What the record says on an item, by field, what is empty too: a form carries its digests."""
    checks = catalogue.published(case.application.standard_id).item(code).checks
    fields = [*(check.code for check in checks), *WORDS]
    return dict.fromkeys(fields) | measured_fields(OnSite.of(case).own.get(code))


def measured_sheet(measurement: Measurement) -> Sheet:
    at = measurement.measured_at
    known = Authorship(measurement.measured_by_id, at, at) if measurement.pk else None
    return Sheet(measured_fields(measurement), measurement.written, known)


@transaction.atomic
def record_visit(
    visit: Visit,
    *,
    actor: Person,
    seen: Seen | None = None,
    way: Way = PRESSED,
    **sent: Any,
) -> dict[str, Told]:
    """Times and summary of the visit; changing them takes earlier signatures away.

    ``sent`` holds those of VISIT_FIELDS that were sent, moments as datetimes. Returns what
    somebody else changed meanwhile, by field: it stands until the person has chosen. Raises
    Refusal when the record is closed, or the person is not on the team.
    """
    hold(visit, may_record, actor)
    visit.refresh_from_db(fields=[*VISIT_FIELDS, "written"])
    hand = Hand(actor, seen or Seen(), way=way)
    return record_visit_held(visit, hand, sent)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who saves something of a visit that is held, and what they had seen of it.

    ``team`` is who is on it now, where the caller has read it under the lock.
    """

    actor: Person
    seen: Seen
    way: Way = PRESSED
    team: Sequence[VisitMember] | None = None


def record_visit_held(visit: Visit, hand: Hand, sent: Mapping[str, Any]) -> dict[str, Told]:
    """As ``record_visit``, of a visit read while it is held by the caller."""
    before = visit_sheet(visit)
    merged = before.merge(hand.seen, texts(sent), actor=hand.actor)
    if merged.changed:
        for name in merged.changed:
            setattr(visit, name, sent[name])
        superseded = before.rewrite(merged.changed, actor=hand.actor, at=clock.now())
        visit.save(update_fields=[*VISIT_FIELDS, "written"])
        work = _Work(visit, hand, merged.changed)
        work.finish(superseded, FormerValue.Subject.VISIT)
    else:
        tallies.count(hand.way.tally)
    return authorship.told(before, merged.conflicts, visit_in_words)


@transaction.atomic
def measure(
    visit: Visit,
    item: Item,
    *,
    values: Mapping[str, Any],
    verdict: str | None = None,
    basis: str | None = None,
    actor: Person,
    seen: Seen | None = None,
    show: Callable[[str, Any], str] = lambda _name, value: str(value),
    way: Way = PRESSED,
) -> dict[str, Told]:
    """What was found on one item; a change takes earlier signatures away, leafing through none.

    ``values`` are in their JSON form by check code, None for one that was emptied; what is
    missing, and a verdict or basis of None, was not sent and stays. ``show`` says a field's value
    in words. Returns what somebody else changed meanwhile, by field. Raises Refusal
    when the record is closed, or the person is not on the team.
    """
    hold(visit, may_record, actor)
    words = zip(WORDS, (verdict, basis), strict=True)
    sent = dict(values) | {name: text for name, text in words if text is not None}
    hand = Hand(actor, seen or Seen(), way=way)
    _found, told = measure_held(visit, item, hand, sent, show)
    return told


def measure_held(
    visit: Visit,
    item: Item,
    hand: Hand,
    sent: Mapping[str, Any],
    show: Callable[[str, Any], str],
) -> tuple[Measurement, dict[str, Told]]:
    """As ``measure``, while the visit is held; ``sent`` by field. Returns what stands too."""
    found = visit.measurements.filter(item=item).first() or Measurement(visit=visit, item=item)
    before = measured_sheet(found)
    merged = before.merge(hand.seen, sent, actor=hand.actor)
    if merged.changed:
        superseded = before.rewrite(merged.changed, actor=hand.actor, at=clock.now())
        _write(found, merged.values, hand.actor)
        names = [name if name not in WORDS else f"{item.code} {name}" for name in merged.changed]
        work = _Work(visit, hand, names)
        work.finish(superseded, FormerValue.Subject.MEASUREMENT, item)
    else:
        tallies.count(hand.way.tally)
    return found, authorship.told(before, merged.conflicts, show)


def visit_in_words(name: str, value: Any) -> str:
    """A field of the record of the visit as a person reads it."""
    if name == "summary" or not value:
        return str(value or "")
    return f"{datetime.fromisoformat(value).astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def _write(found: Measurement, said: Mapping[str, Any], actor: Person) -> None:
    found.verdict, found.basis = said.get("verdict") or "", said.get("basis") or ""
    found.values = {
        code: value for code, value in said.items() if code not in WORDS and value is not None
    }
    found.measured_by, found.measured_at = actor, clock.now()
    found.save()


@dataclass(frozen=True, slots=True)
class _Work:
    """One save on site, and what follows from it."""

    visit: Visit
    hand: Hand
    names: Iterable[str]

    def finish(
        self,
        superseded: list[FormerValue],
        subject: FormerValue.Subject,
        item: Item | None = None,
    ) -> None:
        """Keep what was superseded, take signatures away, count the save, record it."""
        application = self.visit.application
        place = {"item": item, "subject_id": self.visit.pk}
        kept = authorship.keep(superseded, application, subject, **place)
        unsign(self.visit, actor=self.hand.actor, team=self.hand.team)
        if application is None:
            self._log()
            return
        sittings.note(
            application,
            self.names,
            room=Room.VERIFICATION,
            actor=self.hand.actor,
            role=Role.VERIFIER,
            way=self.hand.way,
        )
        others = authorship.of_others(kept)
        replaced.record(application, others, actor=self.hand.actor, role=Role.VERIFIER)

    def _log(self) -> None:
        """Sittings are counted by application: a visit apart has an event a save, without texts."""
        details = {"fields": dict.fromkeys(self.names, 1), "saves": 1}
        log(self.visit, self.hand.actor, Role.VERIFIER, "visit.record", details)


SIGNATURE = "signature"


def unsign(visit: Visit, *, actor: Person, team: Sequence[VisitMember] | None = None) -> None:
    """Take the signatures away, and keep that they were given: each signed for what was there.

    ``team`` is who is on it now, where the caller has read it.
    """
    present = visit.members.filter(left_at__isnull=True) if team is None else team
    signed = [(m.person_id, m.signed_at) for m in present if m.signed_at is not None]
    if not signed:
        return
    now = clock.now()
    former = [
        FormerValue(
            field=SIGNATURE,
            value=_moment(signed_at),
            written_by_id=person_id,
            first_at=signed_at,
            last_at=signed_at,
            replaced_by=actor,
            replaced_at=now,
        )
        for person_id, signed_at in signed
    ]
    authorship.keep(former, visit.application, FormerValue.Subject.VISIT, subject_id=visit.pk)
    visit.members.filter(signed_at__isnull=False, left_at__isnull=True).update(signed_at=None)


def signed_over(case: Case) -> dict[str, Any]:
    """What a signature is given for: the whole record as the page shows it."""
    site = OnSite.of(case)
    items = {code: measured_fields(found) for code, found in sorted(site.measurements.items())}
    return {"record": [visit_fields(site.visit) if site.visit else {}, items]}


@transaction.atomic
def sign(member: VisitMember, *, seen: Seen | None = None) -> None:
    """Each member signs for themselves, and for what they saw; a form that showed nothing is none.

    Raises Refusal when the record is closed, or was changed since it was shown.
    """
    case = hold(member.visit, may_record, member.person)
    if seen is not None and seen.digests != shown.digests(signed_over(case)):
        raise Refusal(
            [
                GateFinding(
                    "record_changed",
                    _("看过记录再签字"),
                    _("您打开之后，记录又有改动。请看过现在的记录再签字。"),
                )
            ],
        )
    member.signed_at = clock.now()
    member.save(update_fields=["signed_at"])
    log(member.visit, member.person, Role.VERIFIER, "visit.sign", {})


def log(visit: Visit, actor: Person, role: Role, action: str, details: Mapping[str, Any]) -> None:
    """Written with the application that carries the visit along, else with the visit itself."""
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=visit.application or visit,
            jurisdiction_code=visit.about.area_code,
            role=role,
            details=details,
        )
    )
