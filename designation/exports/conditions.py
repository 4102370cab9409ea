"""What a list was asked for: in words for the file, in codes that name nobody for the log."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from designation.site.lists import Filters, Kept, Search


def said(filters: Filters) -> list[str]:
    """A phrase for each filter that is set, as its input is called and its option is worded."""
    return [_said(filters, name, value) for name, value in _set(filters)]


def _set(filters: Filters) -> list[tuple[str, Any]]:
    """Without what belongs to the page: the title of the table says which list it is."""
    asked = (name for name, found in filters.filters.items() if not isinstance(found, Kept))
    found = ((name, filters.chosen(name)) for name in asked)
    return [(name, value) for name, value in found if value != ""]


def _said(filters: Filters, name: str, value: Any) -> str:
    found = filters.filters[name]
    word = str(value) if isinstance(value, Model) else _options(filters, name).get(str(value))
    return f"{found.label}：{word or value}"


def _options(filters: Filters, name: str) -> dict[str, str]:
    field = filters.form.fields[name]
    # Never asked whether there are any: that of django-filter counts, and these may be a function.
    choices = field.choices if hasattr(field, "choices") else getattr(field.widget, "choices", ())
    return {str(code): str(word) for code, word in choices}


def for_the_log(filters: Filters) -> dict[str, str]:
    """What is set, by the names of the inputs; what was searched for may be a person's name."""
    return {
        name: _("按文字") if isinstance(filters.filters[name], Search) else _code(value)
        for name, value in _set(filters)
    }


def _code(value: Any) -> str:
    return str(value.pk) if isinstance(value, Model) else str(value)
