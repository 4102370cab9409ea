"""The differences between two versions as a page shows them, in the active language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import kinds
from .differences import CheckChange, FieldChange, ItemChange, Run, differences
from .exporting import as_data
from .language import in_language
from .models import Scope, StandardVersion, Strictness
from .units import WITHOUT_UNIT, unit_name, with_unit

_LABELS: Mapping[str, Any] = {
    "text": gettext_lazy("条文"),
    "section": gettext_lazy("所在部分"),
    "title_en": gettext_lazy("英文标题"),
    "condition_zh": gettext_lazy("适用条件"),
    "condition_en": gettext_lazy("适用条件（英文）"),
    "kind": gettext_lazy("类型"),
    "metric_zh": gettext_lazy("指标"),
    "metric_en": gettext_lazy("指标（英文）"),
    "unit": gettext_lazy("单位"),
    "threshold": gettext_lazy("标准值"),
    "strictness": gettext_lazy("刚性"),
    "scope": gettext_lazy("考察时段"),
    "phrase": gettext_lazy("依据原文"),
    "group": gettext_lazy("满足其一的分组"),
    "parts": gettext_lazy("包括"),
    "parameters": gettext_lazy("计算方法"),
    "veto_suggested": gettext_lazy("建议一票否决"),
    "evidence_suggested": gettext_lazy("建议材料"),
    "confirm_with": gettext_lazy("征求意见"),
    "local_term": gettext_lazy("地方用语"),
    "may_be_not_applicable": gettext_lazy("可不适用"),
    "note": gettext_lazy("说明"),
    "note_en": gettext_lazy("说明（英文）"),
    "suggestion_not_in_text": gettext_lazy("参考（非原文）"),
}
_SAID: Mapping[str, Any] = {
    "kind": lambda code: kinds.of(code).name,
    "strictness": lambda code: Strictness(code).label,
    "scope": lambda code: Scope(code).label,
    "unit": lambda unit: "—" if unit in WITHOUT_UNIT else unit_name(unit),
}


@dataclass(frozen=True, slots=True)
class ShownField:
    label: str
    old: str
    new: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ShownCheck:
    code: str
    change: str
    asks: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    code: str
    change: str
    title_en: str
    text: str
    fields: tuple[ShownField, ...]
    checks: tuple[ShownCheck, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    old: StandardVersion
    new: StandardVersion
    items: tuple[ShownItem, ...]
    added: int
    removed: int
    changed: int
    unchanged: int
    checks: Mapping[Any, int]


def comparison(old: StandardVersion, new: StandardVersion) -> Comparison:
    """What changed from ``old`` to ``new``. Six statements."""
    found = differences(as_data(old), as_data(new))
    return Comparison(
        old,
        new,
        tuple(map(_item, found.items)),
        found.count("added"),
        found.count("removed"),
        found.count("changed"),
        found.unchanged,
        found.checks,
    )


def _item(item: ItemChange) -> ShownItem:
    stands = item.new or item.old or {}
    return ShownItem(
        item.code,
        item.change,
        stands.get("title_en", ""),
        stands.get("text", ""),
        _shown_fields(item.fields),
        tuple(map(_check, item.checks)),
    )


def _check(check: CheckChange) -> ShownCheck:
    stands = check.new or check.old or {}
    asks = str(kinds.of(stands["kind"]).name)
    if stands.get("threshold") is not None:
        asks += f" {with_unit(stands['threshold'], stands['unit'])}"
    metric = in_language(stands["metric_zh"], stands.get("metric_en", ""))
    return ShownCheck(check.code, check.change, f"{metric}：{asks}", _shown_fields(check.fields))


def _shown_fields(fields: Iterable[FieldChange]) -> tuple[ShownField, ...]:
    shown = map(_field, fields)
    return tuple(field for field in shown if field.old != field.new)


def _field(field: FieldChange) -> ShownField:
    return ShownField(
        str(_LABELS.get(field.name, field.name)),
        _said(field.name, field.old),
        _said(field.name, field.new),
        field.runs,
    )


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, Mapping):
        return "；".join(f"{key}={said}" for key, said in value.items())
    return str(_SAID[name](value) if name in _SAID else value)
