"""Terms (期限): by when, whose, and what then. The one place that begins, stops and ends them.

Counted by the official calendar. A term is written once: what goes on under another date is a
term of its own, so that no date is ever rewritten. The caller holds the lock of what the term is
about, and keeps there which term is the present one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site.refusal import Refusal

from . import awaited
from .models import Term, TermExtension
from .working_days import calendar, end_of_day, last_day

Ending = Term.Ending


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose turn it is: a role held in an organization, else over the area of the code."""

    role: str = ""
    organization_id: int | None = None
    jurisdiction_code: str = ""


NOBODYS = Whose()


def begin(
    kind: str,
    *,
    about: models.Model,
    at: datetime,
    days: int | None = None,
    until: datetime | None = None,
    whose: Whose = NOBODYS,
    interrupts: Term | None = None,
    ends: Term | None = None,
    ended_as: Term.Ending = Ending.MET,
) -> Term:
    """Begin a term of ``days`` working days after the day of ``at``, or ``until`` a fixed moment.

    ``interrupts`` is a paused term that goes on when this one has ended; ``ends`` is one of another
    kind that gives way to it, in the same statement. Raises CalendarUnknown where the span leaves
    the years with official data, NotRegistered, ValueError unless exactly one of ``days`` and
    ``until`` is given, IntegrityError while one of the kind is open, and Refusal when what gives
    way has ended already.
    """
    if (days is None) == (until is None):
        raise ValueError("A term ends after some working days or at a fixed moment.")
    term = Term(
        kind=kind,
        subject_type=about._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(about.pk),
        jurisdiction_code=whose.jurisdiction_code,
        role=whose.role,
        organization_id=whose.organization_id,
        days=days,
        began_at=at,
        due_at=until or calendar().deadline(at, days or 0),
        then=awaited.kind(kind).then,
        interrupts=interrupts,
    )
    if ends is None:
        term.save(force_insert=True)
    else:
        _write_instead_of(ends, ended_as, term)
    return term


def pause(term: Term, *, at: datetime) -> Term:
    """Let it stand still; the working days then left are kept on it.

    Raises CalendarUnknown, and Refusal when it does not run any more.
    """
    term.paused_at, term.days_left = at, calendar().left(at, term.due_at)
    _write(_running(), [term.pk], paused_at=at, days_left=term.days_left)
    return term


def resume(
    paused: Term,
    *,
    at: datetime,
    after: Term | None = None,
    ended_as: Term.Ending = Ending.MET,
) -> Term:
    """Go on with the working days then left, one at least (our default); returns what goes on.

    ``after`` is the term that had interrupted it, which ends as ``ended_as``. Raises
    CalendarUnknown, ValueError for one that was not paused, and Refusal when it has ended
    meanwhile.
    """
    if paused.days_left is None:
        raise ValueError("Only a paused term goes on.")
    days = max(1, paused.days_left)
    due_at = calendar().deadline(at, days)
    as_ = Case(When(pk=paused.pk, then=Value(Ending.RESUMED)), default=Value(ended_as))
    _end([paused.pk] if after is None else [paused.pk, after.pk], at=at, as_=as_)
    return _continued(paused, at, due_at, days)


def extend(
    term: Term,
    *,
    actor: Person,
    role: str,
    reason: str,
    at: datetime,
    days: int | None = None,
    until: datetime | None = None,
) -> Term:
    """Give more time: ``days`` working days after its last day, or ``until`` a later moment.

    Returns the longer term; from when to when, who, in which role and why is kept with it. Raises
    Refusal when that is not later, without a reason, or when the term does not run any more;
    CalendarUnknown and ValueError as ``begin``.
    """
    if (days is None) == (until is None):
        raise ValueError("A term is extended by some working days or until a fixed moment.")
    due_at = until or end_of_day(calendar().add(last_day(term.due_at), days or 0))
    if due_at <= term.due_at:
        raise Refusal.because("term_not_longer", _("延长后的期限应晚于原期限。"))
    if not reason.strip():
        raise Refusal.because("term_without_reason", _("请写明延长的原因。"))
    (longer,) = extend_all([term], actor=actor, role=role, reason=reason, at=at, until=due_at)
    return longer


@transaction.atomic
def extend_all(
    running: Sequence[Term], *, actor: Person, role: str, reason: str, at: datetime, until: datetime
) -> list[Term]:
    """Give each of several terms until the same later moment; returns the longer ones in order.

    The same few statements for any number of them. Raises Refusal when one does not run any more.
    """
    _write(_running(), [term.pk for term in running], ended_at=at, ended_as=Ending.EXTENDED)
    longer = Term.objects.bulk_create(
        _continuing(term, term.began_at, until, None) for term in running
    )
    TermExtension.objects.bulk_create(
        TermExtension(
            term=after,
            due_before=before.due_at,
            due_after=until,
            actor=actor,
            role=role,
            reason=reason.strip(),
            at=at,
        )
        for before, after in zip(running, longer, strict=True)
    )
    return longer


def end(term: Term, *, at: datetime, as_: Term.Ending) -> None:
    """End a term, and with it what it had interrupted. Raises Refusal when it has ended already."""
    _end(_with_what_it_interrupts(term), at=at, as_=as_)


def end_unless_ended(term: Term, *, at: datetime, as_: Term.Ending) -> None:
    """End a term that what followed from it may have ended already."""
    _open().filter(pk=term.pk).update(ended_at=at, ended_as=as_)


def open_terms(about: models.Model) -> models.QuerySet[Term]:
    """What is awaited of a subject, running and paused."""
    return _open().filter(
        subject_type=about._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(about.pk),
    )


def ended_terms(about: models.Model, kind: str) -> models.QuerySet[Term]:
    """What was awaited of a subject under ``kind`` and is over or done, the last first."""
    rows = Term.objects.filter(ended_at__isnull=False, kind=kind, subject_id=str(about.pk))
    return rows.filter(
        subject_type=about._meta.label_lower  # noqa: SLF001 - Django's public name for it
    ).order_by("-pk")


def begun_with(about: models.Model, kind: str, at: datetime) -> Term | None:
    """What came to be awaited of a subject under ``kind`` at that moment, however it ended."""
    rows = Term.objects.filter(kind=kind, subject_id=str(about.pk), began_at=at, continues=None)
    return rows.filter(
        subject_type=about._meta.label_lower  # noqa: SLF001 - Django's public name for it
    ).first()


def _open() -> models.QuerySet[Term]:
    return Term.objects.filter(ended_at__isnull=True)


def _running() -> models.QuerySet[Term]:
    return _open().filter(paused_at__isnull=True)


def _end(keys: Collection[int], *, at: datetime, as_: Any) -> None:
    _write(_open(), keys, ended_at=at, ended_as=as_)


def _write(rows: models.QuerySet[Term], keys: Collection[int], **written: Any) -> None:
    """What is not as it was read stays as it is: two at once, and one is told."""
    if rows.filter(pk__in=keys).update(**written) != len(keys):
        raise _not_running()


def _not_running() -> Refusal:
    return Refusal.because(
        "term_not_running", _("这个期限已经停止计算或已经结束，请查看最新情况。")
    )


def _with_what_it_interrupts(term: Term) -> list[int]:
    return [key for key in (term.pk, term.interrupts_id) if key is not None]


# Every passage does both: one statement, which begins nothing unless all has ended.
_GIVE_WAY = """
    WITH ended AS (
      UPDATE {table} SET ended_at = %s, ended_as = %s WHERE id = ANY(%s) AND ended_at IS NULL
      RETURNING id
    )
    INSERT INTO {table} ({columns}) SELECT {values} WHERE (SELECT count(*) FROM ended) = %s
    RETURNING id
"""


def _write_instead_of(ended: Term, as_: Term.Ending, begun: Term) -> None:
    keys = _with_what_it_interrupts(ended)
    fields = [field for field in Term._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - Django's public name for it
    values = [field.get_db_prep_save(getattr(begun, field.attname), connection) for field in fields]
    quoted = connection.ops.quote_name
    statement = _GIVE_WAY.format(
        table=quoted(Term._meta.db_table),  # noqa: SLF001 - as above
        columns=", ".join(quoted(str(field.column)) for field in fields),
        values=", ".join(["%s"] * len(fields)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [begun.began_at, as_, keys, *values, len(keys)])
        found = cursor.fetchone()
    if found is None:
        raise _not_running()
    begun.pk = found[0]
    begun._state.adding = False  # noqa: SLF001 - as ``save`` leaves it


def _continued(term: Term, at: datetime, due_at: datetime, days: int | None) -> Term:
    """The same awaited of the same, under another date."""
    term = _continuing(term, at, due_at, days)
    term.save(force_insert=True)
    return term


def _continuing(term: Term, at: datetime, due_at: datetime, days: int | None) -> Term:
    return Term(
        kind=term.kind,
        subject_type=term.subject_type,
        subject_id=term.subject_id,
        jurisdiction_code=term.jurisdiction_code,
        role=term.role,
        organization_id=term.organization_id,
        days=days,
        began_at=at,
        due_at=due_at,
        then=term.then,
        interrupts_id=term.interrupts_id,
        continues=term,
    )
