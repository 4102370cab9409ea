"""What of a room is due, and how it goes: each room says so of its own class when it starts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from designation.site.registered import Registered

_ENDINGS: "Registered[Ending]" = Registered("class that ends")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing whose period is over after ``kept_until``, as the list of what is due says it.

    ``key`` finds it again in its room; ``holder`` is whose it is, in words; ``count`` is how many
    rows or files it stands for, ``size`` their bytes, ``sha256`` proves what they said.
    """

    key: str
    label: str
    holder: str
    jurisdiction_code: str
    kept_until: date
    count: int = 1
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """``due`` gives what is over on a day, never what something open or valid rests on.

    ``again`` asks that of one key anew, within the transaction that lets it go; None for what is
    not due any more. ``let_go`` destroys it there.
    """

    due: Callable[[date], Iterable[Due]]
    again: Callable[[str, date], Due | None]
    let_go: Callable[[Due], None]


def register(code: str, ending: Ending) -> None:
    """Say how the class ``code`` ends; called when its room starts."""
    _ENDINGS[code] = ending


def of(code: str) -> Ending:
    """Raises NotRegistered."""
    return _ENDINGS[code]


def known() -> Mapping[str, Ending]:
    return dict(_ENDINGS.items())


# By the label of a kind of subject the keys of those that are open, or on which a title rests.
_STANDING: dict[str, Callable[[], QuerySet[Any]]] = {}


def stands(label: str, open_ones: Callable[[], QuerySet[Any]]) -> None:
    """Say of a kind of subject which of them are open or valid: nothing told of them goes."""
    _STANDING[label] = open_ones


def concerns_what_stands(type_field: str, key_field: str) -> Q:
    """That a row tells of a subject that is open or valid; both fields are texts."""
    condition = Q(pk__in=())
    for label, open_ones in _STANDING.items():
        keys = open_ones().order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
        condition |= Q(**{type_field: label, f"{key_field}__in": keys})
    return condition
