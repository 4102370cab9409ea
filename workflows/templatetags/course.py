"""Words for stages and transitions."""

from django import template
from django.utils.translation import gettext as _

from .. import declared
from ..flow import Course

register = template.Library()


@register.simple_tag
def transition_label(name: str, source: str = "") -> str:
    """The label of a transition as its button read at stage ``source``.

    ``start`` is before the course.
    """
    if name == "start":
        return _("开始申报")
    transitions = list(getattr(Course, name).get_transitions())
    there = (transition for transition in transitions if transition.source == source)
    return str(next(there, transitions[0]).label)


@register.filter
def tone(stage: str) -> str:
    """The tone in which a stage is shown."""
    return declared.place(stage).tone
