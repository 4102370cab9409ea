"""The words in which events are shown.

Actions, fields and values are codes of the rooms around; each room gives its codes their words
when it starts (a test holds every code that is written to its words in both languages). The
fields of a row that was changed are called as its form calls them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role

from .models import AuditEvent, WithoutSeat

_ACTIONS: dict[str, Any] = {}
_CHANGES: dict[str, Any] = {}
_VALUES: dict[str, dict[str, Any]] = {}
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
    "changed": _("改动"),
    "fields": _("栏目"),
    "saves": _("保存次数"),
    "role": _("角色"),
    "acted_for": _("代谁办理"),
}
_PART_FIELDS: dict[str, Callable[[str], str]] = {}
# Under these keys stand fields: those changed, by name old and new, or the names alone; and those
# worked on, after the item they belong to, how often each or the names alone.
_CHANGED, _WORKED_ON = "changed", "fields"
# Under this key stands the code of a role.
_ROLE = "role"


def register(
    *,
    actions: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    fields: Mapping[str, Any] | None = None,
    values: Mapping[str | tuple[str, str], Mapping[str, Any]] | None = None,
    part_fields: Mapping[str, Callable[[str], str]] | None = None,
) -> None:
    """All words of one room, lazily translated; called once, when the room starts.

    ``actions`` are codes (``application.recommend``) and how they are called; the writer knows no
    others. ``changes`` are those of them that change what was recorded: the writer asks what stood
    before and after. ``fields`` are keys of ``details``; ``values`` the codes that stand under
    one: under a field, or under ``(kind, field)`` where events of one model alone
    (``rounds.round``) mean them. ``part_fields`` say by model how the changed fields are called
    that are no columns of it.
    """
    _ACTIONS.update(actions or {})
    _ACTIONS.update(changes or {})
    _CHANGES.update(changes or {})
    _FIELDS.update(fields or {})
    for key, words in (values or {}).items():
        kind, name = key if isinstance(key, tuple) else ("", key)
        _VALUES.setdefault(f"{kind}:{name}", {}).update(words)
    _PART_FIELDS.update(part_fields or {})


def forget(action: str) -> None:
    """Take the words of one action back."""
    _ACTIONS.pop(action, None)


def is_known(code: str) -> bool:
    """Whether a room has registered the action."""
    return code in _ACTIONS


def is_change(code: str) -> bool:
    """Whether an event of it says what stood before and after."""
    return code in _CHANGES


def action(code: str) -> str:
    return force_str(_ACTIONS.get(code, code))


def actions() -> list[tuple[str, str]]:
    """Every action with its words, whether it was done anywhere or not: it tells nothing."""
    return sorted(((code, action(code)) for code in _ACTIONS), key=lambda pair: pair[1])


def role(code: str) -> str:
    """The role's name; one that is declared no more stays a code."""
    return force_str({**dict(Role.choices), **dict(WithoutSeat.choices)}.get(code, code))


def details(event: AuditEvent) -> list[tuple[str, str]]:
    """Name and value of each detail that says something, nested ones under ``name · part``.

    A changed field says ``before → after``, where the log holds what it said.
    """
    kind = event.subject_type
    own = (_CHANGED, _WORKED_ON)
    rest = {key: value for key, value in event.details.items() if key not in own}
    return [
        *_changed(kind, event.details.get(_CHANGED)),
        *_worked_on(kind, event.details.get(_WORKED_ON)),
        *_flat(kind, rest),
    ]


def _changed(kind: str, changed: Any) -> Iterator[tuple[str, str]]:
    said = changed if isinstance(changed, Mapping) else dict.fromkeys(changed or ())
    for name, values in said.items():
        if values:
            told = (_word(kind, name, one) or force_str(_("（空）")) for one in values)
            yield field(kind, name), " → ".join(told)
    if unsaid := [field(kind, name) for name, values in said.items() if not values]:
        yield force_str(_FIELDS[_CHANGED]), "、".join(unsaid)


def _worked_on(kind: str, fields: Any) -> Iterator[tuple[str, str]]:
    counts = fields if isinstance(fields, Mapping) else dict.fromkeys(fields or (), 1)
    told = []
    for place, count in counts.items():
        item, _space, name = place.rpartition(" ")
        often = f"×{count}" if count > 1 else ""
        told.append(f"{item} {field(kind, name)}{often}".strip())
    if told:
        yield force_str(_FIELDS[_WORKED_ON]), "、".join(told)


def field(kind: str, name: str) -> str:
    """What the field ``name`` of a row of ``kind`` is called."""
    if name in _FIELDS:
        return force_str(_FIELDS[name])
    try:
        column = apps.get_model(kind)._meta.get_field(name)  # noqa: SLF001 - Django's own way to ask
        return force_str(getattr(column, "verbose_name", name))
    except (FieldDoesNotExist, LookupError, ValueError):
        return _PART_FIELDS.get(kind, force_str)(name)


def _flat(kind: str, value: Any, key: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, Mapping):
        for part_key, part in value.items():
            word = force_str(_FIELDS.get(part_key, part_key))
            yield from _flat(kind, part, part_key, f"{name} · {word}" if name else word)
    elif isinstance(value, list):
        yield name, "；".join(_word(kind, key, part) for part in value)
    else:
        yield name, _word(kind, key, value)


def _word(kind: str, key: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(f"{part_name} {part}" for part_name, part in _flat(kind, value))
    if isinstance(value, bool):
        return force_str(_("是") if value else _("否"))
    if key == _ROLE:
        return role(str(value))
    for whose in (kind, ""):
        if str(value) in _VALUES.get(f"{whose}:{key}", {}):
            return force_str(_VALUES[f"{whose}:{key}"][str(value)])
    return force_str(value)
