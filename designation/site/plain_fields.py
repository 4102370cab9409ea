"""A field with nothing more to say than its label and its hint, written straight away.

``templates/parts/field.html`` puts a field on a page with all that may be said of it: what was
refused, what is asked, what somebody else put there meanwhile, what no document can print. A page
of a section has fifty fields, each of four templates, and nearly all of them have nothing of the
kind. Those are written here as that template writes them; all others are left to it.
"""

from typing import Any

from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from standards.printing import coverage

_NOTHING = SafeString("")


def written(field: BoundField) -> SafeString | None:
    """The field as ``parts/field.html`` shows it; None where there is more to say of it."""
    if _says_more(field):
        return None
    place, inside = f"{getattr(field.form, 'of', '')}{field.html_name}", _with_label(field)
    return format_html('<div class="mb-3 field" id="field-{}">{}</div>', place, inside)


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


def _with_label(field: BoundField) -> SafeString:
    label, asked = _label(field), f"{getattr(field.form, 'of', '')}{field.html_name}"
    below = format_html('<div id="asked-{}"></div>{}', asked, _hint(field))
    if not field.use_fieldset:
        return format_html(
            '<label class="form-label" for="{}">{}</label>\n{}\n{}',
            field.id_for_label,
            label,
            field,
            below,
        )
    described = field.aria_describedby
    by = format_html(' aria-describedby="{}"', described) if described else _NOTHING
    return format_html(
        '<fieldset{}><legend class="form-label">{}</legend>\n{}\n{}</fieldset>',
        by,
        label,
        field,
        below,
    )


def _label(field: BoundField) -> SafeString:
    if not field.field.required:
        return format_html("{}", field.label)
    return format_html('{} <span class="required">{}</span>', field.label, _("必填"))


def _hint(field: BoundField) -> SafeString:
    if not field.help_text:
        return _NOTHING
    return format_html(
        '<div class="form-hint" id="{}_helptext">{}</div>', field.auto_id, field.help_text
    )
