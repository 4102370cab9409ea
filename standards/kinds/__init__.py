"""The kinds of check: one object each, on which everything hangs that differs by kind.

How a value is judged, typed, refused, stored and shown; what the rule says; what stands on the
sheet; what the editor asks; what the reader of documents proposes. Nothing else in the house
names a kind. A new one is a module that makes a ``Kind`` and calls ``register`` from its app's
``ready``; ``tests/standards/test_kinds.py`` names what it lacks.

``kind`` holds the object and the register; ``refusals`` and ``numbers`` what typed values are
read with; ``figures``, ``yes_or_no`` and ``described`` the kinds that come with the system.
"""

from . import described, figures, yes_or_no
from .kind import (
    LINE,
    LONG_TEXT,
    MONTHS,
    NO_MONTH,
    ONE_OF,
    ROOM,
    Asked,
    Input,
    Kind,
    Naming,
    asked_for,
    choices,
    chosen,
    codes,
    of,
    register,
    shown_figure,
)
from .refusals import ValueAsked, ValueRefused

__all__ = [
    "LINE",
    "LONG_TEXT",
    "MONTHS",
    "NO_MONTH",
    "ONE_OF",
    "ROOM",
    "Asked",
    "Input",
    "Kind",
    "Naming",
    "ValueAsked",
    "ValueRefused",
    "asked_for",
    "choices",
    "chosen",
    "codes",
    "of",
    "register",
    "shown_figure",
]

# In the order in which a person chooses among them.
for _kind in (
    *figures.NUMBERS,
    *figures.SHARES,
    *yes_or_no.DEMANDS,
    *figures.FREQUENCIES,
    figures.AGE,
    described.DESCRIBED,
    yes_or_no.CONDITION,
):
    register(_kind)
