"""Typed values from what people type, their JSON form, and how they are shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .characters import plain
from .engine.evaluation import (
    BROADLY,
    CONDITION,
    CONFORMS,
    FAILS,
    JUDGEMENTS,
    LARGEST,
    OLDEST,
    Check,
    Figure,
    NotApplicable,
)

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
_UNIT_NAMES = {
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
WITHOUT_UNIT = ("boolean", "text")
# Digits grouped by thousands or not at all: 「1,5」 is neither 1.5 nor 15, so it is refused.
_NUMBER = re.compile(
    r"(?:百分之)?([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*([^0-9.,+\-—–~\s].*)?"
)
_PERCENT_PREFIX = "百分之"
_PERCENT = 100
_NOT_APPLICABLE = "not_applicable"
YES_NO_KINDS = ("must_be_true", "must_be_false", CONDITION)
_YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


class ValueRefused(ValueError):
    """A typed value that does not fit its check; ``str()`` tells the person what to do.

    ``place`` counts from 0 which of several named figures it was.
    """

    def __init__(self, code: str, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.place = place


class ValueAsked(ValueRefused):
    """A value that may be meant in two ways; ``ways`` are texts that ``parse`` takes, in words."""

    def __init__(self, code: str, message: str, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__(code, message)
        self.ways = tuple(ways)


def parse(check: Check, raw: str | Sequence[str] | None) -> Any:
    """The value of ``raw`` for ``check``; None when nothing was typed.

    A list of typed figures gives a list of numbers (None where one was left empty), or a mapping
    of the named figures that the check asks for; a list of ticked parts gives those parts. Raises
    ValueRefused with a message in the active language.
    """
    if raw is None:
        return None
    typed = raw.strip() if isinstance(raw, str) else [member.strip() for member in raw]
    if not typed or not any(typed):
        return None
    return _one(check, typed) if isinstance(typed, str) else _some(check, typed)


def _one(check: Check, typed: str) -> Any:
    if check.kind in YES_NO_KINDS:
        return _yes_or_no(typed)
    return typed if check.kind == "declared_qualitative" else _number(check, typed)


def _some(check: Check, typed: list[str]) -> Any:
    if check.asked_as:
        return _named(check, typed)
    if check.kind in YES_NO_KINDS:
        return _parts(check, typed)
    if check.kind == "declared_qualitative":
        return "、".join(filter(None, typed))
    return [_number(check, member) if member else None for member in typed]


def _yes_or_no(typed: str) -> bool:
    try:
        return _YES_NO[typed.lower()]
    except KeyError:
        raise ValueRefused("not_yes_or_no", _("请选择“是”或“否”。")) from None


def _parts(check: Check, ticked: list[str]) -> list[str]:
    parts = [part for part in ticked if part]
    if check.kind == "must_be_false" or not set(parts) <= set(check.parts):
        raise ValueRefused("unknown_part", _("请只勾选列出的内容。"))
    return parts


def _named(check: Check, typed: list[str]) -> dict[str, int | float | None]:
    figures: dict[str, int | float | None] = {}
    for place, (asked, text) in enumerate(zip(check.asked_as, typed, strict=True)):
        plain = replace(
            check,
            unit=asked.unit,
            threshold=max(check.least, 1),
            whole_numbers=check.rate is not None,
        )
        try:
            figures[asked.name] = _number(plain, text) if text else None
        except ValueRefused as refused:
            refused.place = place
            raise
    if check.rate:
        _refuse_part_over_whole(check, *(figures[name] for name in check.rate))
    return figures


def _refuse_part_over_whole(check: Check, part: float | None, whole: float | None) -> None:
    if part is not None and whole is not None and part > whole:
        zh = {asked.name: asked for asked in check.asked_as}
        names = [zh[name] for name in check.rate or ()]
        raise ValueRefused(
            "part_over_whole",
            _("“%(part)s”不能大于“%(whole)s”，请核对。")
            % {"part": figure_name(names[0]), "whole": figure_name(names[1])},
            check.asked_as.index(names[0]),
        )


def figure_name(asked: Figure) -> str:
    """The name of a figure that a value is derived from, in the active language."""
    english = (get_language() or "").startswith("en")
    return asked.en if english and asked.en else asked.zh


def _number(check: Check, typed: str) -> int | float:
    # Full-width digits, ％ and ㎡ become plain ones; U+2212 is the minus sign of some keyboards.
    text = plain(typed)
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueRefused("not_a_number", _number_wanted(check))
    digits, unit = match.group(1).replace(",", ""), (match.group(2) or "").strip().lower()
    if text.startswith(_PERCENT_PREFIX):
        unit = "%"
    if unit and not check.unit:
        raise ValueRefused("wrong_unit", _("这里只填数字，不写单位。"))
    if unit and unit not in _SPELLINGS.get(check.unit, (check.unit,)):
        raise ValueRefused(
            "wrong_unit",
            _("单位不符：这里应填“%(unit)s”，您填的是“%(typed)s”。请换算后重新填写。")
            % {"unit": unit_name(check.unit), "typed": unit},
        )
    figure = Decimal(digits)
    if check.unit == "%" and not unit:
        _ask_about_a_fraction(check, figure)
    return _in_range(check, figure)


def _ask_about_a_fraction(check: Check, figure: Decimal) -> None:
    """Our default: a share between 0 and 1 written without % asks, but where the limit is as small.

    Raises ValueAsked.
    """
    threshold = check.threshold
    if not 0 < figure < 1 or (threshold is not None and 0 < threshold < 1):
        return
    raise ValueAsked("fraction", fraction_question(figure), fraction_ways(figure))


def fraction_question(figure: Decimal) -> str:
    """What is asked of a share below 1 without its sign."""
    small, large = _shares(figure)
    return _("您填的是 %(typed)s：是 %(small)s，还是 %(large)s？请在下面选一个。") % {
        "typed": f"{figure:f}",
        "small": small,
        "large": large,
    }


def fraction_ways(figure: Decimal) -> list[tuple[str, str]]:
    """The two shares that it may be, as ``parse`` takes them, and in words."""
    small, large = _shares(figure)
    return [(small, _("%(share)s（不到百分之一）") % {"share": small}), (large, large)]


def _shares(figure: Decimal) -> tuple[str, str]:
    small, large = figure.normalize(), (figure * _PERCENT).normalize()
    return f"{small:f}%", f"{large:f}%"


def _number_wanted(check: Check) -> str:
    wanted = (
        _("请填写数字，单位为“%(unit)s”，例如 %(example)s。")
        if check.unit
        else _("请填写数字，例如 %(example)s。")
    )
    return wanted % {"unit": unit_name(check.unit), "example": check.threshold}


def _in_range(check: Check, figure: Decimal) -> int | float:
    if figure < 0:
        raise ValueRefused("negative", _("不能填负数，请核对。"))
    if check.unit == "%" and figure > _PERCENT:
        raise ValueRefused("over_hundred", _("百分比不能超过 100，请核对。"))
    if check.kind == "age_at_most" and figure > OLDEST:
        raise ValueRefused("age", _("年龄不能超过 %(oldest)s 岁，请核对。") % {"oldest": OLDEST})
    if figure > LARGEST:
        raise ValueRefused("too_large", _("数字过大，请核对单位。"))
    if figure == int(figure):
        return int(figure)
    if check.whole_numbers:
        raise ValueRefused(
            "not_whole", _("请填写整数，单位为“%(unit)s”。") % {"unit": unit_name(check.unit)}
        )
    return float(figure)


def parse_judgement(raw: str | None) -> str | None:
    """A verifier's judgement of a qualitative check. Raises ValueRefused for another word."""
    if not raw:
        return None
    if raw not in JUDGEMENTS:
        raise ValueRefused("unknown_judgement", _("请选择“符合”“基本符合”或“不符合”。"))
    return raw


def to_json(value: Any) -> Any:
    """The JSON form in which an answer is stored."""
    if isinstance(value, NotApplicable):
        return {_NOT_APPLICABLE: value.reason}
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, list | tuple):
        return [to_json(member) for member in value]
    if isinstance(value, Mapping):
        return {name: to_json(figure) for name, figure in value.items()}
    return value


def from_json(data: Any) -> Any:
    """The value that ``to_json`` stored; a mapping without a reason is one of named figures."""
    if isinstance(data, dict) and _NOT_APPLICABLE in data:
        return NotApplicable(str(data[_NOT_APPLICABLE]))
    return data


def from_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Values by check code, out of stored rows that each hold some of the codes."""
    return {code: from_json(data) for row in rows for code, data in row.items()}


def judgement_labels() -> dict[str, str]:
    return {CONFORMS: _("符合"), BROADLY: _("基本符合"), FAILS: _("不符合")}


def show(check: Check, value: Any) -> str:
    """The value as a person reads it, with its unit, in the active language."""
    if value is None or value in ("", [], ()):
        return _("未填写")
    if isinstance(value, NotApplicable):
        return _("不适用：%(reason)s") % {"reason": value.reason}
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, str):
        return judgement_labels().get(value, value)
    if isinstance(value, Mapping | list | tuple):
        return _several(check, value)
    return with_unit(value, check.unit)


def _several(check: Check, value: Mapping[str, Any] | Sequence[Any]) -> str:
    members = value.values() if isinstance(value, Mapping) else value
    shown = "、".join(_("未填写") if member is None else str(member) for member in members)
    if isinstance(value, Mapping) and check.rate:
        return _rate_shown(*(value.get(name) for name in check.rate)) or shown
    return shown if check.kind in YES_NO_KINDS else with_unit(shown, check.unit)


def _rate_shown(part: Any, whole: Any) -> str:
    """``46 / 50 = 92%``; empty while one of the two is missing."""
    if part is None or not whole:
        return ""
    rate = (Decimal(_PERCENT * part) / Decimal(whole)).quantize(Decimal("0.1"))
    return f"{part} / {whole} = {with_unit(rate, '%')}"


def with_unit(figure: Any, unit: str) -> str:
    """``80%`` but ``300 平方米``, the unit in the active language."""
    if isinstance(figure, Decimal | float) and figure == int(figure):
        figure = int(figure)
    return f"{figure}{unit}" if unit == "%" else f"{figure} {unit_name(unit)}"


def unit_name(unit: str) -> str:
    """The unit in the active language."""
    return str(_UNIT_NAMES.get(unit, unit))
