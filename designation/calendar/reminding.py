"""Reminding of the terms that run: on working days, of each term what has come last.

May run twice, late, or at once with itself: of a term that several reminders have come to while
nobody ran, one is told, and what the database holds once is told once.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import pairwise

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet

from designation.site import clock, endings
from designation.site.clock import SHANGHAI

from . import awaited, reminders
from .models import Term, TermReminder
from .reminders import Kind
from .working_days import CalendarUnknown, calendar, last_day, start_of_day

logger = logging.getLogger(__name__)

# Our default: nobody is reminded before the offices open.
_FROM = time(8)


def remind() -> Mapping[str, int]:
    """Tell of each running term what has come last and was not told; returns how many by kind.

    Nothing on days that are not worked, nor where no official calendar says so. What breaks is
    logged, and keeps nobody else from being reminded.
    """
    today = clock.today()
    told: Counter[str] = Counter()
    if _is_asleep(today):
        return told
    for kind, waiting in _waiting(today):
        for term in waiting:
            told[kind] += _reminded(term, kind)
    return told


def _is_asleep(today: date) -> bool:
    try:
        is_working = calendar().is_working(today)
    except CalendarUnknown:
        return True
    return not is_working or clock.now().astimezone(SHANGHAI).time() < _FROM


def _waiting(today: date) -> Iterable[tuple[Kind, QuerySet[Term]]]:
    """By reminder the terms to which it has come last, and of which nobody was told that yet."""
    counts = calendar()
    came = reminders.came_on(today, counts)
    bounds = [*came.values(), reminders.given_up(today, counts)]
    for kind, (before, not_before) in zip(came, pairwise(bounds), strict=True):
        told = TermReminder.objects.filter(term=OuterRef("pk"), kind__in=reminders.from_on(kind))
        rows = _running().filter(
            ~Exists(told),
            kind__in=awaited.reminded(),
            # The end of a day is the beginning of the next.
            due_at__lte=start_of_day(before),
            due_at__gt=start_of_day(not_before),
        )
        # Where something follows from the end of a term, that says what there is to say.
        yield kind, rows.filter(then="") if kind in reminders.ONCE_OVER else rows


def _running() -> QuerySet[Term]:
    return Term.objects.filter(ended_at__isnull=True, paused_at__isnull=True).order_by(
        "due_at", "pk"
    )


def _reminded(waiting: Term, kind: Kind) -> bool:
    if _had_come_when_it_began(waiting, kind):
        return False
    try:
        with endings.act():
            return _told(waiting, kind)
    except IntegrityError:
        logger.info("Another worker reminds of %s.", waiting)
    except Exception:
        logger.exception("Nobody could be reminded of %s; it is tried again.", waiting)
    return False


def _had_come_when_it_began(term: Term, kind: Kind) -> bool:
    """Whoever was told on that very day that it is their turn knows until when."""
    began = term.began_at.astimezone(SHANGHAI).date()
    then = reminders.latest(last_day(term.due_at), began, calendar())
    return then in reminders.from_on(kind)


def _told(waiting: Term, kind: Kind) -> bool:
    """Asked again while the term is held; one that somebody acts on is left for the next time."""
    held = _running().select_for_update(skip_locked=True).filter(pk=waiting.pk).first()
    if held is None:
        return False
    for each in _to_tell(held, kind):
        TermReminder.objects.create(term=held, kind=each, at=clock.now())
        awaited.teller(held.subject_type)(held, each)
    return True


def _to_tell(term: Term, kind: Kind) -> list[Kind]:
    """``kind``; before the superior learns of it, whoever has to act does, be it the same day."""
    if kind != Kind.TO_SUPERIOR or _had_come_when_it_began(term, Kind.AFTER):
        return [kind]
    told = term.reminders.filter(kind=Kind.AFTER).exists()
    return [kind] if told else [Kind.AFTER, kind]
