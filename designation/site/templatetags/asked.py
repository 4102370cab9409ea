"""What is asked about a field beside what is refused: it may stay as it is."""

from django import template
from django.forms import BoundField

from standards.printing import coverage

register = template.Library()


@register.simple_tag
def not_printed(field: BoundField) -> str:
    """The characters in the field that documents print as a box; empty when there are none."""
    shown = field.value()
    return " ".join(coverage.not_printed(shown)) if isinstance(shown, str) else ""
