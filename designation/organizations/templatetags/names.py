"""Names as they were borne when something was done."""

from datetime import datetime

from django import template

from designation import clock
from designation.organizations.models import KeepsFormerNames

register = template.Library()


@register.filter
def named_on(thing: KeepsFormerNames, moment: datetime) -> str:
    """The name borne at ``moment``; lists read the former names beforehand (``names.read``)."""
    return thing.name_on(moment.astimezone(clock.SHANGHAI).date())
