"""What is asked about a field beside what is refused: it may stay as it is."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context, Engine
from django.utils.safestring import SafeString

from designation.site import plain_fields
from designation.site.questions import input_of

register = template.Library()
register.simple_tag(plain_fields.not_printed)

_PART = "parts/field.html"


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField) -> SafeString:
    """The field with its label and what is said of it."""
    straight = plain_fields.written(bound)
    if straight is not None:
        return straight
    part = Engine.get_default().get_template(_PART)
    with context.push(field=bound):
        return part.render(context)


@register.simple_tag
def questions(field: BoundField) -> dict[str, Any] | None:
    """The ways to answer what is asked at the field, each with whether it was ticked."""
    form: Any = field.form
    ways = getattr(form, "questions", {}).get(field.name)
    if not ways:
        return None
    ticked = form.ticked(field.name)
    return {
        "input": input_of(field.html_name),
        "ways": [(way, way.value == ticked) for way in ways],
    }
