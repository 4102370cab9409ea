"""Our own YAML, as it is exported, back into standards with all their checks."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import Any

import yaml
from django.utils.translation import gettext as _

from standards import kinds

from . import own_layout
from .archives import Unreadable
from .documents import check_size, decoded
from .naming import metric_key
from .outline import MAX_ITEMS
from .own_layout import Fits

_MAX_EVENTS = 2_000_000
# Our layout nests a dozen deep; reading costs more than straight where brackets nest without end.
MAX_DEPTH = 30
# Characters that an escape can name and no database text holds.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _SaidOnce(yaml.CSafeLoader):
    """Refuses a field that is given twice: only the last would count, and nobody would know."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(made) != len(node.value):
            line = node.start_mark.line + 1
            raise Unreadable(_("第 %d 行起的内容里，同一个字段写了两次，请改正后再上传。") % line)
        return made


def read(content: bytes) -> Mapping[str, Any]:
    """The data of one standard in our own layout, its shape checked, nothing constructed.

    Raises Unreadable for other YAML, for aliases (they can unfold without end) and tags.
    """
    check_size(content)
    try:
        text = decoded(content)
        depth = 0
        for at, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or at > _MAX_EVENTS or depth > MAX_DEPTH:
                raise _foreign()
            if isinstance(event, yaml.ScalarEvent) and _UNSTORABLE.search(event.value):
                raise _foreign()
        data = yaml.load(text, Loader=_SaidOnce)  # noqa: S506 - it is the safe one
    except (yaml.YAMLError, RecursionError, ValueError) as damage:
        raise damage if isinstance(damage, Unreadable) else _foreign() from damage
    _check_shape(data)
    return data


def _check_shape(data: Any) -> None:
    if not isinstance(data, dict) or not _dicts(data.get("sections")):
        raise _foreign()
    for section in data["sections"]:
        if not _dicts(section.get("items")):
            raise _foreign()
        for item in section["items"]:
            if not isinstance(item.get("text"), str) or not _dicts(item.get("checks", [])):
                raise _foreign()
    if sum(len(section["items"]) for section in data["sections"]) > MAX_ITEMS:
        raise Unreadable(_("条目超过 10000 条。请按标准拆分成几个文件后再上传。"))


def _dicts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(member, dict) for member in value)


_STANDARD_DEFAULTS: Mapping[str, Any] = {
    "title_zh": "",
    "title_en": "",
    "heading_printed": "",
    "provenance": "verbatim",
    "source": {},
    "questions": [],
}
_SECTION_DEFAULTS: Mapping[str, Any] = {
    "number_printed": None,
    "title_printed": "",
    "title_en": "",
}
_ITEM_DEFAULTS: Mapping[str, Any] = {
    "number_printed": "",
    "title_en": "",
    "oddities": [],
    "basis": {},
    "condition_zh": "",
    "condition_en": "",
    "source_line": None,
    "checks": [],
}
# What a check may leave unsaid, and what is meant then.
_CHECK_DEFAULTS: Mapping[str, Any] = {
    "kind": "",
    "phrase": "",
    "metric": "",
    "metric_zh": "",
    "metric_en": "",
    "unit": "",
    "strictness": "strict",
    "scope": "current",
    "parameters": {},
    "parts": [],
    "evidence_suggested": [],
    "confirm_with": [],
    "suggestion_not_in_text": {},
    "group": "",
    "local_term": "",
    "note": "",
    "note_en": "",
    "veto_suggested": False,
    "may_be_not_applicable": False,
}
_LARGEST_THRESHOLD = 10**10


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with everything that it may leave unsaid filled in, item and check codes too.

    Raises Unreadable, naming the place, for what no standard can hold.
    """
    number = count(1)
    sections = []
    for section in data["sections"]:
        items = [_completed_item(item, f"XX-{next(number):02d}") for item in section["items"]]
        whole = {**_SECTION_DEFAULTS, **section, "items": items}
        _refuse_misfit(whole, own_layout.SECTION, _("部分“%s”") % whole["title_printed"])
        sections.append(whole)
    whole = {**_STANDARD_DEFAULTS, **data, "sections": sections}
    _refuse_misfit(whole, own_layout.STANDARD, _("标准"))
    items = [item for section in sections for item in section["items"]]
    _refuse_twice(item["code"] for item in items)
    _refuse_twice(check["code"] for item in items for check in item["checks"])
    return whole


def _completed_item(item: Mapping[str, Any], code: str) -> dict[str, Any]:
    whole = {"code": code, **_ITEM_DEFAULTS, **item}
    _refuse_misfit(whole, own_layout.ITEM, _("条目 %s") % whole["code"])
    checks = [
        _completed_check(check, whole["text"], f"{whole['code']}-C{place}")
        for place, check in enumerate(whole["checks"], start=1)
    ]
    return whole | {"checks": checks}


def _completed_check(check: Mapping[str, Any], text: str, code: str) -> dict[str, Any]:
    whole = {"code": code, **_CHECK_DEFAULTS, **check}
    code = whole["code"]
    if whole["kind"] not in kinds.codes():
        raise Unreadable(_("检查点 %s 的种类无法识别。") % code)
    _refuse_misfit(whole, own_layout.CHECK, _("检查点 %s") % code)
    if not whole["phrase"] or whole["phrase"] not in text:
        raise Unreadable(_("检查点 %s 引用的词句不在条文中。") % code)
    return whole | {
        "threshold": _threshold(whole, code),
        "metric": whole["metric"] or metric_key(code),
        "metric_zh": whole["metric_zh"] or whole["phrase"][:60],
    }


def _refuse_misfit(part: Mapping[str, Any], fields: Mapping[str, Fits], where: str) -> None:
    name = own_layout.misfit(part, fields)
    if name is not None:
        raise Unreadable(
            _("%(where)s 的“%(name)s”写法不对，请对照导出的文件改正。")
            % {"where": where[:60], "name": name[:40]}
        )


def _threshold(check: Mapping[str, Any], code: str) -> int | float | None:
    if not kinds.of(check["kind"]).has_threshold:
        if check.get("threshold") is not None:
            raise Unreadable(_("检查点 %s 的种类不用标准值，请删去“threshold”或改正种类。") % code)
        return None
    try:
        number = Decimal(str(check.get("threshold")))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < _LARGEST_THRESHOLD:
        raise Unreadable(_("检查点 %s 的标准值不是数字。") % code)
    return int(number) if number == int(number) else float(number)


def _refuse_twice(codes: Iterable[str]) -> None:
    """The category in front may change when the standard is taken, so it tells none apart."""
    seen: set[str] = set()
    for code in codes:
        name = code.partition("-")[2]
        if name in seen:
            raise Unreadable(_("编号 %s 用了两次，请改正后再上传。") % code)
        seen.add(name)


def _foreign() -> Unreadable:
    return Unreadable(_("这不是本系统导出的标准文件。请上传导出的 .yaml，或上传 .docx 原文。"))
