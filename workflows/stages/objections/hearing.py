"""Hearing the organization (听取陈述): the facts written without who objected, released, answered.

To write them is one act, to release them another, by what is then read. The organization has its
people answer within a term; that they did not is recorded when it ends. Who objected, and what
came with it, is never the organization's to read.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.audit.models import WithoutSeat
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.evidence import citations, contents, library
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock, endings, filling, seen_whole
from designation.site.refusal import Refusal
from standards.characters import kept

from ... import door
from ...case.facts import Case
from ...case.rules import is_of_the_applicant
from ...door import Asked, How
from . import announcements, heard, joined, redaction
from .course import refusal
from .models import Hearing, Objection
from .objections import keep_step, record, refuse_unless_theirs

# Working days in which the organization answers; our default.
DAYS = 5
AWAITED, PASS = "hearing.released", "hearing.pass"


def as_read(hearing: Hearing | None) -> Sequence[str]:
    """What the page on which it is released shows: exactly what the organization will read."""
    return [] if hearing is None else [hearing.facts]


def as_typed(hearing: Hearing | None) -> dict[str, Any]:
    """What the form in which the facts are written holds of them."""
    return {} if hearing is None else {"facts": hearing.facts}


def put_to(person: Person) -> QuerySet[Hearing]:
    """What was put to the organizations of which the person is preparer or head."""
    own = seats(person).organizations(Role.PREPARER, Role.HEAD)
    released = Hearing.objects.filter(released_at__isnull=False)
    return released.filter(objection__entry__application__organization__in=own)


def waiting_for(person: Person) -> QuerySet[Hearing]:
    """Of those, what still waits for its answer."""
    open_ones = put_to(person).filter(stated_at__isnull=True)
    return open_ones.filter(objection__status=Objection.Status.ACCEPTED)


def may_state(hearing: Hearing, person: Person) -> bool:
    """While it is looked into, also after the term: what is said late is heard (our default)."""
    is_open = hearing.released_at is not None and hearing.stated_at is None
    under_way = hearing.objection.status == Objection.Status.ACCEPTED
    case = Case(hearing.objection.entry.application)
    return is_open and under_way and is_of_the_applicant(case, person)


@endings.act()
def redact(
    objection: Objection,
    *,
    facts: str,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
    **how: Unpack[How],
) -> Hearing:
    """Write what the organization will read, or write it anew; nobody there reads it yet.

    ``seen`` is the form with what its page showed. Raises Refusal for text that tells of people,
    where another wrote it meanwhile, and when it was released already.
    """
    held = _held_to_be_put(objection, actor)
    if seen is not None and not seen_whole.is_as_seen(seen, as_read(heard.of(held))):
        raise refusal(_("告知的事实刚刚由他人改过。请复制您写的，打开最新的再改。"))
    filling.refuse(redaction.faults(joined.together(held), facts))
    written = {"facts": kept(facts), "redacted_by": actor, "redacted_at": clock.now()}
    hearing, _is_new = Hearing.objects.update_or_create(objection=held, defaults=written)
    asked = Asked(actor, **how)
    keep_step(held, "redact", asked, role=Role.OBJECTION_OFFICER, said=hearing.facts)
    return hearing


@endings.act()
def release(
    objection: Objection, *, seen: Mapping[str, Any], actor: Person, **how: Unpack[How]
) -> Hearing:
    """Put the facts to the organization as they were read; its term begins.

    Raises Refusal when they were written anew since, tell of people, or were released before.
    """
    held = _held_to_be_put(objection, actor)
    hearing = heard.of(held)
    if hearing is None:
        raise refusal(_("请先写明告知的事实。"))
    if not seen_whole.is_as_seen(seen, as_read(hearing)):
        raise refusal(_("告知的事实刚刚改过，请重新看过再告知。"))
    filling.refuse(redaction.faults(joined.together(held), hearing.facts))
    hearing.released_by, hearing.released_at = actor, clock.now()
    hearing.term = _term_begun(hearing)
    hearing.save()
    asked = Asked(actor, **how)
    keep_step(held, "release", asked, role=Role.OBJECTION_OFFICER, said=hearing.facts)
    announcements.put_to_the_organization(hearing, actor=actor)
    return hearing


@endings.act()
def state(
    hearing: Hearing,
    *,
    statement: str,
    actor: Person,
    received: Received | None = None,
    **how: Unpack[How],
) -> Hearing:
    """Answer for the organization, once; ``received`` is a file that its library takes in.

    Raises Refusal for who may not, when it is too late, and for a file that is not taken.
    """
    objection = _held(hearing.objection)
    hearing = Hearing.objects.select_related("term").get(pk=hearing.pk)
    hearing.objection = objection
    role = _role_of_the_organization(hearing, actor)
    if not may_state(hearing, actor):
        raise _too_late()
    if received is not None:
        _bring(hearing, received, actor)
    hearing.stated_by, hearing.stated_at = actor, clock.now()
    filling.refuse(filling.fill(hearing, {"statement": statement}, columns=("statement",)).findings)
    if not hearing.statement:
        raise refusal(_("请写明陈述的内容。"))
    hearing.save()
    if hearing.term is not None:
        terms.end_unless_ended(hearing.term, at=clock.now(), as_=Term.Ending.MET)
    keep_step(objection, "state", Asked(actor, **how), role=role, said=hearing.statement)
    announcements.organization_spoke(hearing, "objection.state", actor=actor, role=role)
    return hearing


def _bring(hearing: Hearing, received: Received, actor: Person) -> None:
    holder = hearing.objection.entry.application.organization
    with contents.written(received) as file:
        entry = library.add(file, holder=holder, title="", actor=actor)
    citations.cite(entry, hearing, actor=actor)


def choose(hearing: Hearing, entry: LibraryEntry, *, actor: Person) -> None:
    """Rest the answer on what lies in the library. Raises Refusal as ``state``."""
    _role_of_the_organization(hearing, actor)
    if not may_state(hearing, actor):
        raise _too_late()
    citations.cite(entry, hearing, actor=actor)


def choices(hearing: Hearing) -> QuerySet[LibraryEntry]:
    """What lies in the organization's library and is not cited here, the newest first."""
    return citations.choices(hearing, hearing.objection.entry.application.organization)


def pass_over(term: Term) -> None:
    """The term is over, and nobody has spoken: silence is recorded, and the finding may follow."""
    hearing = Hearing.objects.select_related("objection").get(pk=term.subject_id)
    objection = _held(hearing.objection)
    hearing = Hearing.objects.get(pk=hearing.pk)
    if hearing.stated_at is None and objection.status == Objection.Status.ACCEPTED:
        hearing.silent_at = clock.now()
        hearing.save(update_fields=["silent_at"])
        record(objection, None, WithoutSeat.SYSTEM, "objection.silent")
        hearing.objection = objection
        announcements.organization_spoke(
            hearing, "objection.silent", actor=None, role=WithoutSeat.SYSTEM
        )


def _too_late() -> Refusal:
    return refusal(_("这件异议已经陈述过或者已经办结，不能再陈述。"))


def _role_of_the_organization(hearing: Hearing, actor: Person) -> Role:
    role = is_of_the_applicant.role(Case(hearing.objection.entry.application), actor)
    if role is None:
        raise refusal(_("请由被异议单位的填报人或者负责人陈述。"))
    return Role(role)


def _held(objection: Objection) -> Objection:
    rows = Objection.objects.select_related(
        "entry__application__organization", "entry__application__round", "entry__notice__round"
    )
    found: Objection = door.locked(rows, [objection.pk])[0]
    return found


def _held_to_be_put(objection: Objection, actor: Person) -> Objection:
    refuse_unless_theirs(objection.entry.application, actor)
    held = _held(objection)
    if held.status != Objection.Status.ACCEPTED:
        raise refusal(_("受理以后、作出结论以前，才能听取陈述。"))
    filling.refuse(joined.why_not_alone(held))
    if Hearing.objects.filter(objection=held, released_at__isnull=False).exists():
        raise refusal(_("事实已经告知被异议单位，不能再改。"))
    return held


def _term_begun(hearing: Hearing) -> Term | None:
    application = hearing.objection.entry.application
    whose = Whose(Role.HEAD, application.organization_id, application.area_code)
    try:
        return terms.begin(AWAITED, about=hearing, at=clock.now(), days=DAYS, whose=whose)
    except CalendarUnknown:
        return None


awaited.follows(PASS, pass_over)
awaited.register(awaited.Kind(AWAITED, gettext_lazy("陈述"), PASS, reminds=True))
