"""Dated deputies (代理): somebody acts in a seat for the person who holds it, for some days.

A deputy's seat is a seat that hangs on two others: the one in which they stand in, and their own,
by which they were named. It ends with either.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.site import clock, endings
from designation.site.refusal import Finding, Refusal

from ..organizations import tenure
from ..organizations.models import Person, Seat
from ..organizations.scoping import Administered
from . import deputy_conditions, seating
from .rules import deputy_role, giving_roles


@endings.act()
def name_deputy(
    seat: Seat, colleague: Seat, *, starts_on: date, ends_on: date, actor: Person
) -> Seat:
    """Let the holder of ``colleague`` act in ``seat`` for its holder, first and last day included.

    Raises Refusal where ``actor`` neither holds the seat nor gives it, and where the colleague
    cannot stand in (``deputy_conditions``). Both seats are held while it is asked: neither ends
    meanwhile.
    """
    people = {seat.person_id, colleague.person_id}
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    held, own = _locked(seat, colleague)
    role = deputy_role(actor, held)
    if role is None:
        raise Refusal.because("not_allowed", _("代理人由担任这个岗位的本人或者安全管理员指定。"))
    deputy_conditions.refuse(held, own, starts_on, ends_on)
    try:
        with transaction.atomic():
            made = Seat.objects.create(
                person=own.person,
                role=held.role,
                organization=held.organization,
                jurisdiction=held.jurisdiction,
                starts_on=starts_on,
                ends_on=ends_on,
                deputy_of=held,
                deputy_from=own,
            )
    except IntegrityError as error:
        told = _("此人在这段时间本来就担任（或者代理）这个岗位，不必指定。")
        raise Refusal([Finding("held_already", "", told, field="colleague")]) from error
    if made.is_in_force:
        seating.begin(made)
    seating.record(made, "seat.give", actor=actor, role=role, details=seating.term(made))
    return made


@transaction.atomic
def end_deputy(deputy: Seat, *, actor: Person) -> None:
    """End it at once; it stays on record. Raises Refusal as ``name_deputy``."""
    locked = Seat.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    role = deputy_role(actor, locked.deputy_of) if locked.deputy_of is not None else None
    if role is None:
        raise Refusal.because("not_allowed", _("代理由担任这个岗位的本人或者安全管理员终止。"))
    if locked.ended_at is not None:
        raise Refusal.because("ended_already", _("这项代理已经终止。"))
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    seating.record(locked, "seat.end", actor=actor, role=role)


def end_with_the_account(person: Person, *, actor: Person, role: str) -> None:
    """An account that is switched off neither deputises nor is deputised."""
    theirs = Q(person=person) | Q(deputy_of__person=person)
    seating.end_deputies(theirs, actor=actor, role=role)


def _locked(*seats: Seat) -> list[Seat]:
    rows = Seat.objects.select_for_update(of=("self",)).select_related(
        "person", "organization__jurisdiction", "jurisdiction"
    )
    found = {one.pk: one for one in rows.filter(pk__in=[s.pk for s in seats]).order_by("pk")}
    return [found[seat.pk] for seat in seats]


def seats_of(person: Person) -> QuerySet[Seat]:
    """The person's own seats for which they may name a deputy."""
    rows = Seat.objects.own().in_force().filter(person=person)
    rows = rows.filter(role__in=deputy_conditions.roles_with_deputies())
    return rows.select_related("person", "organization", "jurisdiction")


def seats_to_deputise(person: Person) -> QuerySet[Seat]:
    """Those in which the person may name a deputy: their own, and those they give."""
    return _theirs(person, Seat.objects.own().in_force())


def to_end(person: Person) -> QuerySet[Seat]:
    """The deputies' seats that the person may end, those that are over too."""
    return _theirs(person, Seat.objects.filter(deputy_of__isnull=False), holder="deputy_of__person")


def _theirs(person: Person, rows: QuerySet[Seat], holder: str = "person") -> QuerySet[Seat]:
    giving = giving_roles(person)
    theirs = Q(**{holder: person})
    if giving:
        theirs |= Q(pk__in=Administered(person, *giving).seats_ever().values("pk"))
    return rows.filter(theirs).select_related(
        "person", "deputy_of__person", "organization__jurisdiction", "jurisdiction"
    )


def named_by(person: Person) -> QuerySet[Seat]:
    """The deputies that act, or will, for the person."""
    return _hanging().filter(deputy_of__person=person)


def named_for(person: Person) -> QuerySet[Seat]:
    """The seats in which the person stands in for others, or will."""
    return _hanging().filter(person=person)


def _hanging() -> QuerySet[Seat]:
    rows = Seat.objects.filter(tenure.not_over(), deputy_of__isnull=False)
    columns = ("person", "deputy_of__person", "organization", "jurisdiction")
    return rows.select_related(*columns).order_by("starts_on", "pk")
