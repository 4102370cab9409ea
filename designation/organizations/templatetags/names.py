"""Names as they were borne when something was done."""

from datetime import datetime
from typing import Any

from django import template

from designation.organizations import names
from designation.organizations.models import KeepsFormerNames
from designation.site import clock

register = template.Library()


@register.filter
def named_on(thing: KeepsFormerNames, moment: datetime) -> str:
    """The name borne at ``moment``, in the reader's language while it is still borne.

    Lists read the former names beforehand (``names.read``).
    """
    borne = thing.name_on(moment.astimezone(clock.SHANGHAI).date())
    return str(thing) if borne == thing.name_borne else borne


@register.filter
def by_whom(record: Any) -> str:
    """Who did what ``record`` keeps, and in whose place, by their names ``at`` that moment."""
    return names.by_whom(record, record.at.astimezone(clock.SHANGHAI).date())
