"""A part of a table that whoever accepts it does not have entered: it waits for nobody any more."""

from django.utils.translation import gettext as _

from designation.site import endings
from designation.site.refusal import Refusal

from ...organizations.models import Person
from ..models import CountyTable
from .accepting import settle
from .parts import Part, accepts, record


@endings.act()
def set_aside(table: CountyTable, part: Part, *, actor: Person) -> int:
    """Let go what is not entered of a part; how many rows. The file may be uploaded again.

    Raises Refusal for who does not accept the part, and while the table is being worked on.
    """
    held = CountyTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if not accepts(actor, part, held):
        raise Refusal.because("not_allowed", _("这一部分不由您确认。"))
    if held.job is not None and held.job.is_under_way:
        raise Refusal.because("under_way", _("正在办理，请等它结束。"))
    rows = part.left(held)
    if count := rows.count():
        rows.delete()
        settle(held)
        record(held, "table.set_aside", actor=actor, role=part.role, rows=count)
    return count
