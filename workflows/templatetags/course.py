"""Words for stages and transitions."""

from typing import Any

from django import template

from .. import declared
from ..acts import OUTSIDE
from ..flow import Course

register = template.Library()


@register.simple_tag
def transition_label(name: str, source: str = "") -> str:
    """The label of a transition as its button read at stage ``source``.

    ``start`` is before the course, and what goes on with another unit stays where it is.
    """
    if name in OUTSIDE:
        return str(OUTSIDE[name])
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
