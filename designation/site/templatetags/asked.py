"""What is asked about a field beside what is refused: it may stay as it is."""

from typing import Any

from django import template
from django.forms import BoundField

from designation.site.questions import input_of
from standards.printing import coverage

register = template.Library()


@register.simple_tag
def not_printed(field: BoundField) -> str:
    """The characters in the field that documents print as a box; empty when there are none."""
    shown = field.value()
    return " ".join(coverage.not_printed(shown)) if isinstance(shown, str) else ""


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
