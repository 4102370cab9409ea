"""A field with nothing more to say than its label and its hint, written straight away.

``templates/parts/field.html`` puts a field on a page with all that may be said of it: what was
refused, what is asked, what somebody else put there meanwhile, what no document can print. A page
of a section has fifty fields, each of four templates, and nearly all of them have nothing of the
kind. Those are written here as that template writes them; all others are left to it.
"""

from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from standards.printing import coverage

from .inputs import text


def written(field: BoundField) -> SafeString | None:
    """The field as ``parts/field.html`` shows it; None where there is more to say of it."""
    if _says_more(field):
        return None
    place = text(f"{getattr(field.form, 'of', '')}{field.html_name}")
    inside = _with_label(field, place)
    return mark_safe(  # noqa: S308 - each part is escaped
        f'<div class="mb-3 field" id="field-{place}">{inside}</div>'
    )


def _says_more(field: BoundField) -> bool:
    form: Any = field.form
    return bool(
        field.errors
        or field.name in getattr(form, "questions", ())
        or field.html_name in getattr(form, "conflicts", ())
        or not_printed(field)
    )


def not_printed(field: BoundField) -> str:
    """The characters in the field that documents print as a box; empty when there are none."""
    shown = field.value()
    return " ".join(coverage.not_printed(shown)) if shown and isinstance(shown, str) else ""


def _with_label(field: BoundField, place: str) -> str:
    label, below = _label(field), f'<div id="asked-{place}"></div>{_hint(field)}'
    if not field.use_fieldset:
        opened = f'<label class="form-label" for="{text(field.id_for_label)}">{label}</label>'
        return f"{opened}\n{field}\n{below}"
    described = field.aria_describedby
    by = f' aria-describedby="{text(described)}"' if described else ""
    legend = f'<legend class="form-label">{label}</legend>'
    return f"<fieldset{by}>{legend}\n{field}\n{below}</fieldset>"


def _label(field: BoundField) -> str:
    if not field.field.required:
        return text(field.label)
    return f'{text(field.label)} <span class="required">{text(_("必填"))}</span>'


def _hint(field: BoundField) -> str:
    if not field.help_text:
        return ""
    key = text(field.auto_id)
    return f'<div class="form-hint" id="{key}_helptext">{text(field.help_text)}</div>'
