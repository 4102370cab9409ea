"""Our own YAML, as it is exported, back into standards with all their checks."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext as _

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


def _dicts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(member, dict) for member in value)


def _foreign() -> Unreadable:
    return Unreadable(_("这不是本系统导出的标准文件。请上传导出的 .yaml，或上传 .docx 原文。"))
