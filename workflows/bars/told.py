"""What the page of a rejected application says of applying again."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..case.facts import Case
from . import words
from .facts import Barred


def when_it_may_apply_again(case: Case) -> Iterable[tuple[Any, str]]:
    """From the next round on, unless something bars the unit until a day."""
    running = Barred.of(case).until_a_day
    told = words.sentence(running[0]) if running else _("下一批次开始申报后可以再次申报。")
    yield gettext_lazy("再次申报"), told
