"""The units of figures: how they are written, said, and put behind a figure."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

# Spellings people use for a unit, beside the unit itself. A unit of one check is no other's.
_SPELLINGS = {
    "平方米": ("平方米", "平方", "平米", "m2"),
    "%": ("%",),
    "万元": ("万元", "万"),
    "次/年": ("次/年", "次"),
    "次/月": ("次/月", "次"),
    "个村": ("个村", "村", "个"),
    "人": ("人", "名"),
    "岁": ("岁", "周岁"),
    "项": ("项", "个"),
    "份": ("份", "张", "票", "人"),
}
# How a unit is said in another language; a unit not listed is said as it stands.
_NAMES = {
    "人": gettext_lazy("人"),
    "岁": gettext_lazy("岁"),
    "次/年": gettext_lazy("次/年"),
    "次/月": gettext_lazy("次/月"),
    "个村": gettext_lazy("个村"),
    "项": gettext_lazy("项"),
    "平方米": gettext_lazy("平方米"),
    "万元": gettext_lazy("万元"),
    "份": gettext_lazy("份"),
}
# How a check without a figure is stored; no word for a person to read or type.
YES_OR_NO, WORDS = WITHOUT_UNIT = ("boolean", "text")
# Counted in whole things; square metres, money and percentages may be broken.
COUNTED = ("人", "次/年", "次/月", "个村", "岁", "项")


def is_spelling_of(unit: str, typed: str) -> bool:
    """Whether ``typed`` is a way to write ``unit``."""
    return typed in _SPELLINGS.get(unit, (unit,))


def unit_name(unit: str) -> str:
    """The unit in the active language."""
    return str(_NAMES.get(unit, unit))


def behind(figure: Any, unit: str) -> str:
    """``300 平方米``, and where the unit begins with a figure of its own ``5 × 10,000 yuan``."""
    name = unit_name(unit)
    return f"{figure} × {name}" if name[:1].isdigit() else f"{figure} {name}"


def with_unit(figure: Any, unit: str) -> str:
    """``80%`` but ``300 平方米``, the unit in the active language."""
    if isinstance(figure, Decimal | float) and figure == int(figure):
        figure = int(figure)
    return f"{figure}{unit}" if unit == "%" else behind(figure, unit)
