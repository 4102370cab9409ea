"""Words for transitions."""

from django import template
from django.utils.translation import gettext as _

from ..flow import Course

register = template.Library()


@register.simple_tag
def transition_label(name: str) -> str:
    """The label of a transition, as its button reads; ``start`` is before the course."""
    if name == "start":
        return _("开始申报")
    return str(next(iter(getattr(Course, name).get_transitions())).label)
