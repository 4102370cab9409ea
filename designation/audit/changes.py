"""What changed, as ``details`` hold it: under ``changes`` the old and the new value of a field."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.forms import Form


def values(row: Model | None, fields: Iterable[str]) -> dict[str, Any]:
    """The values of ``fields``; what the row points to is named as it is called today."""
    return {} if row is None else {name: _told(getattr(row, name)) for name in fields}


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else value


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Old and new value of each key whose value differs; None where there was or is none."""
    return {
        key: {"old": before.get(key), "new": after.get(key)}
        for key in [*after, *(key for key in before if key not in after)]
        if before.get(key) != after.get(key)
    }


def of_form(form: Form) -> dict[str, dict[str, Any]]:
    """Old and new value of each field of a form that stands for no row, by the field's label."""
    return {
        str(form.fields[name].label): {
            "old": form.get_initial_for_field(form.fields[name], name),
            "new": form.cleaned_data.get(name),
        }
        for name in form.changed_data
    }
