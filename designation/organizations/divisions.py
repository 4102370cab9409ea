"""What a national division code says of itself: 12 digits, the head of it shared by all within."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from .models import CODE_DIGITS, Level

_DIGITS = 12


def level_of(code: str) -> Level | None:
    """The level a 12-digit code names; None for one below a township, which is no jurisdiction.

    341821000000 is a county, 341821104000 a township, 341821104201 a village.
    """
    named = code.rstrip("0")
    return next((level for level, digits in CODE_DIGITS.items() if len(named) <= digits), None)


def code_above(code: str) -> str | None:
    """The code of the jurisdiction one level up; None above a province."""
    levels = list(CODE_DIGITS)
    level = level_of(code)
    place = levels.index(level) if level is not None else len(levels)
    if place == 0:
        return None
    return code[: CODE_DIGITS[levels[place - 1]]].ljust(_DIGITS, "0")


def codes_around_column(code: Any) -> list[Concat]:
    """As ``codes_around``, of the 12-digit code that an expression of the database reads."""
    return [
        Concat(Substr(code, 1, digits), Value("0" * (_DIGITS - digits)))
        for digits in CODE_DIGITS.values()
    ]


def codes_around(code: str) -> list[str]:
    """The codes of every jurisdiction that ``code`` may lie in, itself included, widest first."""
    return [code[:digits].ljust(_DIGITS, "0") for digits in CODE_DIGITS.values()]
