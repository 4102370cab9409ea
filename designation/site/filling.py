"""Filling the columns of a row with plain values, as a form, an import and an API give them.

Each value is cleaned and judged as its column asks. What changed is told from the row itself, so
that no caller says for the log what it did.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from standards.characters import kept, line
from standards.language import of_the_record

from .refusal import Finding, Refusal
from .templatetags.moments import day, moment

# Field by field the value before, and the one it has now.
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What ``fill`` did: the columns that have another value, and those that could not take it."""

    changes: Changes
    findings: tuple[Finding, ...]

    def __contains__(self, name: str) -> bool:
        """Whether the column has another value."""
        return name in self.changes


def fill(
    row: models.Model,
    values: Mapping[str, Any],
    *,
    columns: Collection[str],
    in_lines: Collection[str] = (),
) -> Filled:
    """Set ``columns`` of the row to the ``values`` that were given of them; nothing is saved.

    A value is of its column's own kind: a row for another row, a day or moment, a number; text is
    cleaned, and is one line but for long texts and those ``in_lines``. One that its column cannot
    take, and one of no column that may be filled here, is found, and leaves the row as it is.
    """
    changes: dict[str, tuple[Any, Any]] = {}
    findings = []
    for name, value in values.items():
        if name not in columns:
            findings.append(Finding("not_filled_here", "", _("这一项不能在这里填写。"), field=name))
            continue
        before = _value(row, name)
        try:
            taken = _taken(row, name, value, of_lines=name in in_lines)
        except ValidationError as refused:
            findings += [
                Finding("not_taken", "", message, field=name) for message in refused.messages
            ]
            continue
        if taken != before:
            changes[name] = (before, taken)
            setattr(row, name, taken)
    return Filled(changes, tuple(findings))


def all_of(filled: Filled, row: models.Model, *, columns: Collection[str]) -> Iterable[Finding]:
    """Of a new row: what could not be taken, and the columns that must say something and do not."""
    yield from filled.findings
    found = {finding.field for finding in filled.findings}
    for name in columns:
        field = _field(row, name)
        if name not in found and not field.blank and _value(row, name) in field.empty_values:
            yield Finding("missing", "", str(field.error_messages["blank"]), field=name)


def overtaken(row: models.Model, before: Mapping[str, Any] | None) -> Iterable[Finding]:
    """The columns that another person changed since they were read as ``before`` has them.

    Another row may stand there by its key.
    """
    for name, value in (before or {}).items():
        if _key(_value(row, name)) != _key(value):
            yield changed_meanwhile(name)


def changed_meanwhile(name: str) -> Finding:
    """That another person was faster at a field; the form, sent once more, shows both."""
    told = _("他人刚刚改了这里，您填的还没有保存。请再按一次“保存”，看过再定。")
    return Finding("changed_meanwhile", "", told, field=name)


def refuse(findings: Iterable[Finding], *, by: type[Refusal] = Refusal) -> None:
    """Raises a Refusal for these findings; for none nothing."""
    if found := list(findings):
        raise by(found)


def in_words(row: models.Model, changes: Changes) -> dict[str, list[str]]:
    """By column the value before and after as the record says them, in its own language."""
    with of_the_record():
        return {
            name: [said(value, _labels(row, name)) for value in values]
            for name, values in changes.items()
        }


def said(value: Any, labels: Callable[[Any], str] = str) -> str:
    """A plain value as people read it; ``labels`` names what is none of the usual kinds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return force_str(_("是") if value else _("否"))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return "\n".join(labels(one) for one in value)
    return labels(value)


def _labels(row: models.Model, name: str) -> Callable[[Any], str]:
    """What stands in no column of its own has no labels."""
    columns = {field.name for field in row._meta.fields}  # noqa: SLF001 - Django's public name for it
    choices = _one(_field(row, name)).flatchoices if name in columns else ()
    known = {key: force_str(label) for key, label in choices or ()}
    return lambda value: known.get(value, _plain(value))


def _one(field: Any) -> Any:
    """Of a column that holds several, what one of them is."""
    return getattr(field, "base_field", field)


def _plain(value: Any) -> str:
    return format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def _field(row: models.Model, name: str) -> models.Field:
    return row._meta.get_field(name)  # type: ignore[return-value]  # noqa: SLF001 - Django's public name for it


def _value(row: models.Model, name: str) -> Any:
    field = _field(row, name)
    if isinstance(field, models.ForeignKey) and getattr(row, field.attname) is None:
        # A new row without it has nothing to read; one not saved yet may stand there.
        return row._state.fields_cache.get(name)  # noqa: SLF001 - Django's public name for it
    return getattr(row, name)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _taken(row: models.Model, name: str, value: Any, *, of_lines: bool) -> Any:
    field = _field(row, name)
    if isinstance(field, models.ForeignKey):
        return _row(field, value)
    if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
        of_lines = of_lines or isinstance(field, models.TextField)
        value = kept(value) if of_lines else line(value)
    return field.clean(value, row)


def _row(field: models.ForeignKey, value: Any) -> Any:
    """One of the other table, or none where the column may be empty: asked without a statement."""
    if value is None and not field.null:
        raise ValidationError(field.error_messages["blank"], code="blank")
    if value is not None and not isinstance(value, field.related_model):
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return value
