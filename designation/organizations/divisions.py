"""What a national division code says of itself: 12 digits, the head of it shared by all within."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from .models import CODE_DIGITS, Level, head_of

DIGITS = 12


def level_of(code: str) -> Level | None:
    """The level a 12-digit code names; None for one below a township, which is no jurisdiction.

    341821000000 is a county, 341821104000 a township, 341821104201 a village.
    """
    named = code.rstrip("0")
    return next((level for level, digits in CODE_DIGITS.items() if len(named) <= digits), None)


def head_of_code(code: str) -> str:
    """What the codes of all within a place of 12 digits begin with; for a village, its own."""
    level = level_of(code)
    return code if level is None else head_of(code, level)


def digits_below(code: str) -> int:
    """How many digits tell the places directly within that of a 12-digit code apart."""
    level = level_of(code)
    digits = [*CODE_DIGITS.values(), DIGITS]
    return DIGITS if level is None else digits[digits.index(CODE_DIGITS[level]) + 1]


def code_above(code: str) -> str | None:
    """The code of the jurisdiction one level up; None above a province."""
    levels = list(CODE_DIGITS)
    level = level_of(code)
    place = levels.index(level) if level is not None else len(levels)
    if place == 0:
        return None
    return code[: CODE_DIGITS[levels[place - 1]]].ljust(DIGITS, "0")


def codes_around_column(code: Any) -> list[Concat]:
    """As ``codes_around``, of the 12-digit code that an expression of the database reads."""
    return [
        Concat(Substr(code, 1, digits), Value("0" * (DIGITS - digits)))
        for digits in CODE_DIGITS.values()
    ]


def codes_around(code: str) -> list[str]:
    """The codes of every jurisdiction that ``code`` may lie in, itself included, widest first."""
    return [code[:digits].ljust(DIGITS, "0") for digits in CODE_DIGITS.values()]
