"""What time itself does: it brings about what follows from the terms that are over.

May run twice, late, or at once with itself, unharmed: each consequence asks under its own lock
whether it is still to be done, and the term ends with it.
"""

import logging
from collections import Counter
from collections.abc import Mapping

from designation.site import clock, endings
from designation.site.refusal import Refusal

from . import awaited, terms
from .models import Term

logger = logging.getLogger(__name__)


def carry_out() -> Mapping[str, int]:
    """Let follow what a term names that is over; returns how often each was done.

    What a rule keeps back, as an open objection does, is tried again the next time; what breaks
    is logged, and keeps nothing else from being done.
    """
    over = Term.objects.filter(
        clock.over("due_at"),
        ended_at__isnull=True,
        paused_at__isnull=True,
        then__in=awaited.consequences(),
    ).order_by("due_at", "pk")
    done: Counter[str] = Counter()
    for term in over:
        done[term.then] += _follows(term)
    return done


def _follows(term: Term) -> bool:
    try:
        with endings.act():
            awaited.consequence(term.then)(term)
            terms.end_unless_ended(term, at=clock.now(), as_=Term.Ending.OVER)
    except Refusal as refused:
        logger.info("Nothing follows yet from %s: %s", term, refused.codes)
        return False
    except Exception:
        logger.exception("What follows from %s broke; it is tried again.", term)
        return False
    return True
