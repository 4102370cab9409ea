"""Our own YAML, as it is exported, back into standards with all their checks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django.utils.translation import gettext as _

from standards.models import WITHOUT_THRESHOLD, Kind, Scope, Strictness

from .documents import Unreadable, check_size, decoded
from .outline import MAX_ITEMS

_MAX_EVENTS = 2_000_000


def read(content: bytes) -> Mapping[str, Any]:
    """The data of one standard in our own layout, its shape checked, nothing constructed.

    Raises Unreadable for other YAML, for aliases (they can unfold without end) and tags.
    """
    check_size(content)
    try:
        text = decoded(content)
        for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
            if isinstance(event, yaml.AliasEvent) or count > _MAX_EVENTS:
                raise _foreign()
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as damage:
        raise damage if isinstance(damage, Unreadable) else _foreign() from damage
    _check_shape(data)
    return data


def _check_shape(data: Any) -> None:
    if not (isinstance(data, dict) and _dicts(data.get("sections"))):
        raise _foreign()
    for section in data["sections"]:
        if not _dicts(section.get("items")):
            raise _foreign()
        for item in section["items"]:
            if not isinstance(item.get("text"), str) or not _dicts(item.get("checks", [])):
                raise _foreign()
            for check in item.get("checks", []):
                if not isinstance(check.get("kind"), str) or check.get("phrase") is None:
                    raise _foreign()
    if sum(len(section["items"]) for section in data["sections"]) > MAX_ITEMS:
        raise Unreadable(_("条目超过 10000 条。请按标准拆分成几个文件后再上传。"))


# What a check may leave unsaid, and what is meant then.
_CHECK_DEFAULTS: Mapping[str, Any] = {
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
_LONGEST = {"code": 16, "metric": 80, "metric_zh": 120, "metric_en": 200, "unit": 20, "group": 40}
_LARGEST_THRESHOLD = 10**10


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with everything that it may leave unsaid filled in, item and check codes too.

    Raises Unreadable, naming the check, for what no standard can hold.
    """
    sections: list[dict[str, Any]] = []
    codes: list[str] = []
    number = 0
    for section in data["sections"]:
        items = []
        for item in section["items"]:
            number += 1
            items.append(_completed_item(item, f"XX-{number:02d}"))
            codes.append(items[-1]["code"])
        sections.append(
            {
                "number_printed": _text(section, "number_printed") or None,
                "title_printed": _text(section, "title_printed"),
                "title_en": _text(section, "title_en"),
                "items": items,
            }
        )
    _refuse_twice(codes)
    return {**data, "title_zh": _text(data, "title_zh"), "sections": sections}


def _completed_item(item: Mapping[str, Any], code: str) -> dict[str, Any]:
    code = _text(item, "code") or code
    checks = [
        _completed_check(check, item["text"], f"{code}-C{place}")
        for place, check in enumerate(item.get("checks", []), start=1)
    ]
    _refuse_twice(check["code"] for check in checks)
    return {
        **item,
        "code": code,
        "number_printed": _text(item, "number_printed"),
        "title_en": _text(item, "title_en"),
        "checks": checks,
    }


def _completed_check(check: Mapping[str, Any], text: str, code: str) -> dict[str, Any]:
    whole = {**_CHECK_DEFAULTS, "code": code, **check}
    code = str(whole["code"])
    for name, default in _CHECK_DEFAULTS.items():
        if not isinstance(whole[name], type(default)):
            raise Unreadable(
                _("检查点 %(code)s 的“%(name)s”写法不对，请对照导出的文件改正。")
                % {"code": code, "name": name}
            )
    _refuse_unknown(whole, code)
    if str(whole["phrase"]) not in text:
        raise Unreadable(_("检查点 %s 引用的词句不在条文中。") % code)
    return whole | {
        "threshold": _threshold(whole, code),
        "metric": whole["metric"] or code.lower().replace("-", "_"),
        "metric_zh": whole["metric_zh"] or str(whole["phrase"])[:60],
    }


def _refuse_unknown(check: Mapping[str, Any], code: str) -> None:
    if check["kind"] not in Kind.values:
        raise Unreadable(_("检查点 %s 的种类无法识别。") % code)
    if check["strictness"] not in Strictness.values or check["scope"] not in Scope.values:
        raise Unreadable(_("检查点 %s 的刚性或考察时段无法识别。") % code)
    if any(len(str(check[name])) > most for name, most in _LONGEST.items()):
        raise Unreadable(_("检查点 %s 的编号、指标、单位或分组过长。") % code)


def _threshold(check: Mapping[str, Any], code: str) -> int | float | None:
    written = check.get("threshold")
    if check["kind"] in WITHOUT_THRESHOLD:
        return None
    try:
        number = None if isinstance(written, bool) else Decimal(str(written))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not 0 <= number < _LARGEST_THRESHOLD:
        raise Unreadable(_("检查点 %s 的标准值不是数字。") % code)
    return int(number) if number == int(number) else float(number)


def _refuse_twice(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise Unreadable(_("编号 %s 用了两次，请改正后再上传。") % code)
        seen.add(code)


def _text(holder: Mapping[str, Any], name: str) -> str:
    return str(holder.get(name) or "")


def _dicts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(member, dict) for member in value)


def _foreign() -> Unreadable:
    return Unreadable(_("这不是本系统导出的标准文件。请上传导出的 .yaml，或上传 .docx 原文。"))
