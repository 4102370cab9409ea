"""A calendar year on its way in: loaded by one person, confirmed or sent back by another."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person
from designation.site import clock, endings, seen_whole
from designation.site.refusal import Refusal
from standards.language import of_the_record

from . import loading, rules
from .models import CalendarLoad
from .proposals import Kind, Line, ProposedYear

Outcome = CalendarLoad.Outcome


class LoadRefused(Refusal):
    """The year is not brought in: not by this person, not twice, or not any more."""


def refuse_unless_due(year: int) -> None:
    """Only the present year and the next are brought in (our default): notices name no others."""
    present = clock.today().year
    if year not in (present, present + 1):
        raise LoadRefused.because(
            "year_not_due",
            _("文件是 %(year)s 年的。只能载入 %(present)s 年和 %(next)s 年的日历，请核对文件。")
            % {"year": year, "present": present, "next": present + 1},
        )


def bring(year: ProposedYear, document: str, *, actor: Person | None) -> CalendarLoad:
    """Keep a year as a file proposes it, to be confirmed by another; it does not count before.

    ``actor`` is None for the command of the machine. Raises NotWhole, and LoadRefused for who
    may not, for a year that is not due, and while another load of the year waits.
    """
    role = WithoutSeat.SYSTEM if actor is None else rules.loading_role(actor)
    if role is None:
        raise LoadRefused.because("not_allowed", _("只有系统管理员可以载入工作日历。"))
    refuse_unless_due(year.year)
    year.check()
    load = CalendarLoad(
        year=year.year,
        source_document=document,
        days_off=year.days_off,
        lines=[[line.number, line.day.isoformat(), str(line.kind)] for line in year.lines],
        loaded_by=actor,
        loaded_at=clock.now(),
    )
    try:
        with endings.act():
            load.save(force_insert=True)
            _record(load, "calendar.load", actor, role, {"working_days": year.working_days})
    except IntegrityError as error:
        raise LoadRefused.because(
            "another_waits",
            _("%(year)s 年已有一份日历等待确认，请先确认或退回那一份。") % {"year": year.year},
        ) from error
    return load


def proposed(load: CalendarLoad) -> ProposedYear:
    """The year as it was loaded."""
    lines = (Line(n, date.fromisoformat(day), Kind(kind)) for n, day, kind in load.lines)
    return ProposedYear(load.year, tuple(lines), load.days_off)


def as_shown(load: CalendarLoad) -> list[Any]:
    """All that is confirmed, for comparing what was seen: with what it takes the place of."""
    changed = loading.differences(proposed(load))
    replaced = [[day.isoformat(), *kinds] for day, kinds in changed.items()]
    return [load.source_document, load.lines, replaced]


@endings.act()
def confirm(load_id: int, *, actor: Person, seen: Mapping[str, Any]) -> CalendarLoad:
    """Let the year count. ``seen`` is the form that was pressed below the twelve months.

    Raises LoadRefused for who may not, for whoever loaded it, when another decided first, and
    when it is not as it was seen.
    """
    load = _held(load_id)
    role = rules.confirming_role(actor)
    if role is None:
        raise LoadRefused.because("not_allowed", _("只有系统管理员和县级经办人可以确认工作日历。"))
    if load.loaded_by_id == actor.pk:
        raise LoadRefused.because(
            "own_load", _("这一年由您载入，须由另一位系统管理员或县级经办人确认。")
        )
    if not seen_whole.is_as_seen(seen, as_shown(load)):
        raise LoadRefused.because(
            "changed_meanwhile", _("现行日历在您打开页面后有改动，请看过现在的内容再按一次。")
        )
    year = proposed(load)
    changed = loading.differences(year)
    loading.make_official(year, load.source_document)
    _decide(load, Outcome.CONFIRMED, actor)
    details = {"working_days": year.working_days, "changed": _in_words(changed)}
    _record(load, "calendar.confirm", actor, role, details)
    return load


@endings.act()
def decline(load_id: int, *, actor: Person, reason: str) -> CalendarLoad:
    """Leave a load aside, with the reason: one's own too.

    Raises LoadRefused for who may not, and when another decided first.
    """
    load = _held(load_id)
    role = rules.confirming_role(actor)
    if role is None:
        raise LoadRefused.because("not_allowed", _("只有系统管理员和县级经办人可以退回工作日历。"))
    if not reason.strip():
        raise LoadRefused.because("no_reason", _("请写明退回的理由。"))
    load.reason = reason.strip()
    _decide(load, Outcome.DECLINED, actor)
    _record(load, "calendar.decline", actor, role, {"reason": load.reason})
    return load


def _held(load_id: int) -> CalendarLoad:
    """The load, held, while it waits."""
    load = CalendarLoad.objects.select_for_update().get(pk=load_id)
    # Who decided is asked for afterwards: a row joined to one that was waited for is of before.
    if load.decided_by is not None:
        raise LoadRefused.because(
            "decided",
            _("%(who)s已经办理：%(outcome)s。")
            % {"who": load.decided_by.full_name, "outcome": load.get_outcome_display()},
        )
    return load


def _decide(load: CalendarLoad, outcome: Outcome, actor: Person) -> None:
    load.outcome, load.decided_by, load.decided_at = outcome, actor, clock.now()
    load.save(update_fields=["outcome", "decided_by", "decided_at", "reason"])


def kind_in_words(kind: str) -> str:
    """How a day counts; "" is as the week has it."""
    return force_str(Kind(kind).label if kind else _("按周末规律"))


def _in_words(changed: Mapping[date, tuple[str, str]]) -> dict[str, list[str]]:
    with of_the_record():
        return {str(day): [kind_in_words(kind) for kind in kinds] for day, kinds in changed.items()}


def _record(
    load: CalendarLoad,
    action: str,
    actor: Person | None,
    role: str,
    details: Mapping[str, Any],
) -> None:
    """The calendar is nobody's area more than another's."""
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=load,
            jurisdiction_code=events.WHOLE_SITE,
            role=role,
            details={"document": load.source_document, **details},
        )
    )
