"""Words for stages and transitions."""

from typing import Any

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


@register.simple_tag
def what_cannot_be_undone(name: str) -> Any:
    """What a passage does for good, in words; "" where something takes it back."""
    return declared.passage(name).cannot_be_undone


register.filter(declared.held_by)


@register.filter
def tone(stage: str) -> str:
    """The tone in which a stage is shown."""
    return declared.place(stage).tone
