"""Where a visit stands, in words."""

from django import template

from ..stages.verification.models import Visit
from ..stages.verification.standing import standing

register = template.Library()


@register.filter
def stands(visit: Visit) -> str:
    """The word on its badge."""
    return str(standing(visit).label)
