"""The words in which events are shown.

Actions and values are codes of the rooms above; each room gives its codes their words when it
starts. A code without words is shown as it is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from .models import AuditEvent, WithoutSeat

_ACTIONS: dict[str, Any] = {}
_VALUES: dict[str, dict[str, Any]] = {}
_ROLES: dict[str, Any] = {**dict(Role.choices), **dict(WithoutSeat.choices)}
_FIELDS: dict[str, Any] = {
    "from": _("原阶段"),
    "to": _("新阶段"),
    "version": _("版本"),
    "opinion": _("意见"),
    "submission": _("版次哈希"),
    "reason": _("理由"),
    "reasons": _("理由"),
    "old": _("原值"),
    "new": _("新值"),
}


def name_actions(words: Mapping[str, Any]) -> None:
    """Give actions (``application.recommend``) their words, lazily translated."""
    _ACTIONS.update(words)


def name_fields(words: Mapping[str, Any]) -> None:
    """Give the keys of ``details`` their words."""
    _FIELDS.update(words)


def name_values(field: str, words: Mapping[str, Any]) -> None:
    """Give the values that ``details`` hold under ``field`` their words."""
    _VALUES.setdefault(field, {}).update(words)


def action(code: str) -> str:
    return force_str(_ACTIONS.get(code, code))


def role(code: str) -> str:
    return force_str(_ROLES.get(code, code))


def details(event: AuditEvent) -> list[tuple[str, str]]:
    """Name and value of each detail that says something, nested ones under ``name · part``."""
    return list(_flat(event.details))


def _flat(value: Any, field: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, Mapping):
        for key, part in value.items():
            word = force_str(_FIELDS.get(key, key))
            yield from _flat(part, key, f"{name} · {word}" if name else word)
    elif isinstance(value, list):
        yield name, "；".join(_word(field, part) for part in value)
    else:
        yield name, _word(field, value)


def _word(field: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{part_name} {part}" for part_name, part in _flat(value))
    if isinstance(value, bool):
        return force_str(_("是") if value else _("否"))
    return force_str(_VALUES.get(field, {}).get(str(value), value))
