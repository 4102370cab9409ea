"""Typed values from what people type, their JSON form, and how they are shown."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .evaluation import BROADLY, CONFORMS, FAILS, JUDGEMENTS, Check, NotApplicable

# Spellings people use for a unit, beside the unit itself. A unit of one check is no other's.
_SPELLINGS = {
    "平方米": ("平方米", "平方", "㎡", "m2", "平米"),
    "%": ("%", "百分之"),
    "万元": ("万元", "万"),
    "次/年": ("次/年", "次"),
    "次/月": ("次/月", "次"),
    "个村": ("个村", "村", "个"),
    "人": ("人", "名"),
    "岁": ("岁", "周岁"),
}
_NUMBER = re.compile(r"^([+-]?\d[\d,]*(?:\.\d+)?)\s*(\D*)$")
_MOST_DIGITS = 12
_PERCENT, _OLDEST = 100, 120


class ValueRefused(ValueError):
    """A typed value that does not fit its check; ``str()`` tells the person what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse(check: Check, raw: str | Sequence[str] | None) -> Any:
    """The value of ``raw`` for ``check``; None when nothing was typed.

    Raises ValueRefused with a message in the active language.
    """
    if raw is None or raw == "" or raw == []:
        return None
    if check.kind in ("must_be_true", "must_be_false"):
        return _yes_or_no(check, raw)
    text = raw if isinstance(raw, str) else "、".join(raw)
    if check.kind == "declared_qualitative":
        return text.strip() or None
    return _number(check, text)


def _yes_or_no(check: Check, raw: str | Sequence[str]) -> Any:
    if not isinstance(raw, str):
        parts = list(raw)
        if set(parts) <= set(check.parts):
            return parts
        raise ValueRefused("unknown_part", _("请只勾选列出的内容。"))
    answers = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
    try:
        return answers[raw.strip().lower()]
    except KeyError:
        raise ValueRefused("not_yes_or_no", _("请选择“是”或“否”。")) from None


def _number(check: Check, raw: str) -> int | float:
    text = unicodedata.normalize("NFKC", raw).replace("，", ",").strip()
    match = _NUMBER.match(text)
    if match is None:
        raise ValueRefused(
            "not_a_number", _("请填写数字，单位为“%(unit)s”。") % {"unit": check.unit}
        )
    digits, unit = match.group(1).replace(",", ""), match.group(2).strip()
    if unit and unit not in _spellings(check.unit):
        raise ValueRefused(
            "wrong_unit",
            _("单位不符：这里应填“%(unit)s”，您填的是“%(typed)s”。")
            % {"unit": check.unit, "typed": unit},
        )
    return _in_range(check, Decimal(digits))


def _spellings(unit: str) -> tuple[str, ...]:
    spellings = _SPELLINGS.get(unit, (unit,))
    return tuple(unicodedata.normalize("NFKC", spelling) for spelling in spellings)


def _in_range(check: Check, figure: Decimal) -> int | float:
    if figure < 0:
        raise ValueRefused("negative", _("不能填负数。"))
    if check.unit == "%" and figure > _PERCENT:
        raise ValueRefused("over_hundred", _("百分比不能超过 100。"))
    if check.kind == "age_at_most" and figure > _OLDEST:
        raise ValueRefused("age", _("年龄不能超过 120 岁，请核对。"))
    if len(str(int(figure))) > _MOST_DIGITS:
        raise ValueRefused("too_large", _("数字过大，请核对单位。"))
    if check.whole_numbers and figure != int(figure):
        raise ValueRefused("not_whole", _("请填写整数，单位为“%(unit)s”。") % {"unit": check.unit})
    return int(figure) if figure == int(figure) else float(figure)


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
        return {"not_applicable": value.reason}
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def from_json(_check: Check, data: Any) -> Any:
    """The value that ``to_json`` stored."""
    if isinstance(data, dict):
        return NotApplicable(str(data.get("not_applicable", "")))
    return data


def judgement_labels() -> dict[str, str]:
    return {CONFORMS: _("符合"), BROADLY: _("基本符合"), FAILS: _("不符合")}


def show(check: Check, value: Any) -> str:
    """The value as a person reads it, with its unit."""
    if value is None or value == "":
        return _("未填写")
    if isinstance(value, NotApplicable):
        return _("不适用：%(reason)s") % {"reason": value.reason}
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(str(member) for member in value)
    if isinstance(value, str):
        return judgement_labels().get(value, value)
    return f"{value}{check.unit}" if check.unit == "%" else f"{value} {check.unit}"
