"""Typed values from what people type, their JSON form, and how they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from . import kinds
from .engine.judging import Check, Figure, NotApplicable
from .kinds.numbers import number
from .kinds.refusals import ValueRefused
from .language import in_language

_NOT_APPLICABLE = "not_applicable"


def parse(check: Check, raw: str | Sequence[str] | None, *, judged: bool = False) -> Any:
    """The value of ``raw`` for ``check``; None when nothing was typed. ``judged``: on site.

    A list of typed figures gives a list of numbers (None where one was left empty), or a mapping
    of the named figures that the check asks for; a list of ticked parts gives those parts. Raises
    ValueRefused with a message in the active language.
    """
    if raw is None:
        return None
    typed = raw.strip() if isinstance(raw, str) else [member.strip() for member in raw]
    if not typed or not any(typed):
        return None
    kind = kinds.of(check.kind)
    if isinstance(typed, str):
        return kind.read(check, typed, judged=judged)
    if check.asked_as:
        return _named(check, typed)
    return kind.read_several(check, typed, judged=judged)


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
            figures[asked.name] = number(plain, text) if text else None
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
    return in_language(asked.zh, asked.en)


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


def show(check: Check, value: Any) -> str:
    """The value as a person reads it, with its unit, in the active language."""
    if value is None or value in ("", [], ()):
        return _("未填写")
    if isinstance(value, NotApplicable):
        return _("不适用：%(reason)s") % {"reason": value.reason}
    return kinds.of(check.kind).show(check, value)
