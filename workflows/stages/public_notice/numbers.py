"""The number of a notice (公示编号): given once, when it is published.

No rule asks for one: 公示 is none of the kinds of document (党政机关公文处理工作条例, 2012). It is
ours, to call a notice by; counted from 1 in each area and year, so that no two bear the same.
"""

from datetime import datetime

from django.db.models import Max

from designation.organizations.models import Jurisdiction
from designation.site import clock

from .models import Notice


def give_number(notice: Notice, at: datetime) -> None:
    """Write the next number of its area and year; within the transaction that publishes it.

    The area stays locked until then: a number is taken with its notice or not at all.
    """
    areas = Jurisdiction.objects.select_for_update(of=("self",), no_key=True)
    number_next(notice, areas.get(pk=notice.round.jurisdiction_id), at)


def number_next(notice: Notice, area: Jurisdiction, at: datetime) -> None:
    """As it would be numbered now; of one that is not saved nothing is taken."""
    year = at.astimezone(clock.SHANGHAI).year
    taken = Notice.objects.filter(number_area=area.code, number_year=year)
    last: int | None = taken.aggregate(last=Max("number_of_year"))["last"]
    notice.number_area, notice.number_year = area.code, year
    notice.number_of_year = (last or 0) + 1
