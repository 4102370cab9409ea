"""What a bar asks of an application; each is a sentence that is true when open."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..case.facts import Case
from ..findings import GateFinding
from . import words
from .facts import Barred


def no_bar_runs(case: Case) -> Iterable[GateFinding]:
    """It may have been barred since it began."""
    yield from map(words.finding, Barred.of(case).until_a_day)


def a_revocation_bars_it(case: Case) -> Iterable[GateFinding]:
    """Time and nobody else ends it, and only then."""
    if not Barred.of(case).by_a_revocation:
        told = _("申报单位的称号没有被撤销，或者限制申报期已过。")
        yield GateFinding("not_barred", _("撤销称号时终止在办的申报"), told)
