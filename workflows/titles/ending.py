"""Telling who holds a title that it runs out soon: from the day on which its renewal may begin."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from designation.register import queries as register
from designation.register.models import Designation
from designation.register.standing import RENEWAL_OPENS
from designation.site import clock

from . import announcements
from .models import EndTold


def look() -> None:
    """Once a day: tell of each that is in force and ends in that time, once for its last day.

    It may run twice, or be killed; who holds several is told of each.
    """
    today = clock.today()
    told = EndTold.objects.filter(title=OuterRef("pk"), until=OuterRef("until"))
    soon = register.titles(today).filter(register.runs_out_by(today + RENEWAL_OPENS, today))
    for title in soon.exclude(Exists(told)).order_by("pk"):
        _tell(title)


@transaction.atomic
def _tell(title: Designation) -> None:
    _row, is_new = EndTold.objects.get_or_create(
        title=title, until=title.until, defaults={"at": clock.now()}
    )
    if is_new:
        announcements.ends_soon(title, register.holder(title))
