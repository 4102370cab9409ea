"""Names as they were borne when something was done."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

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
    """Who did what ``record`` keeps (``actor``, ``at``), and in whose place (``acted_for``)."""
    name = named_on(record.actor, record.at)
    if record.acted_for is None:
        return name
    return _("%(deputy)s代%(name)s") % {
        "deputy": name,
        "name": named_on(record.acted_for, record.at),
    }
