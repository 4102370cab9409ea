"""The re-checks of a title, for the page of its life."""

from django import template

from designation.register.models import Designation

from ..rechecks.models import Recheck
from ..rechecks.queries import of_title

register = template.Library()


@register.simple_tag
def rechecks_of(title: Designation) -> list[Recheck]:
    """The last first; whoever reads the life of a title reads its re-checks."""
    return of_title(title)
