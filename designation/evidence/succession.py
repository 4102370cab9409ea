"""What becomes of an organization's library when the organization is reorganized."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from designation.organizations.succession import (
    STAY,
    Done,
    Fate,
    Proposal,
    Room,
    Way,
    ways_to_units,
)

from .models import LibraryEntry

_KEY = "library"


def _entries(proposal: Proposal) -> QuerySet[LibraryEntry]:
    keys = [one.pk for one in proposal.sources]
    return LibraryEntry.objects.filter(organization__in=keys, taken_out_at__isnull=True)


def told(proposal: Proposal) -> Iterator[Fate]:
    """It goes along; of a unit that has no successor it stays, to be read where it is cited."""
    count = _entries(proposal).count()
    if not count:
        return
    ways = ways_to_units(proposal, _("随转到“%(unit)s”"), stays=_("留在“%(unit)s”"))
    stays = Way(STAY, _("留存备查，引用它的申报和称号仍可查看"))
    what = ngettext("资料库中 %(count)s 份材料", "资料库中 %(count)s 份材料", count)
    yield Fate(_KEY, what % {"count": count}, tuple(ways or [stays]))


def carry(done: Done) -> None:
    """What the successor has already, by content, stays where it is: it would be there twice."""
    unit = done.unit(_KEY)
    if unit is None:
        return
    entries = _entries(done.proposal).exclude(organization=unit)
    for entry in entries.select_for_update().order_by("pk"):
        present = LibraryEntry.objects.filter(organization=unit, taken_out_at__isnull=True)
        if not present.filter(stored=entry.stored_id).exists():
            entry.organization = unit
            entry.save(update_fields=["organization"])


ROOM = Room(60, gettext_lazy("资料库"), told, carry)
