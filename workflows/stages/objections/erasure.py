"""Erasing who objected and what came with it, once it is no longer needed.

May run twice, late, or at once, unharmed.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.audit.models import WithoutSeat
from designation.site import clock, endings

from .models import Objection, ObjectionAttachment, ObjectorIdentity
from .objections import record

# Twelve months after the objection was settled (what the form tells the objector).
KEPT = timedelta(days=365)


def erase_identities() -> int:
    """Erase all whose time has come; the finding stays. Returns of how many objections."""
    return sum(_erase(pk) for pk in list(_due().values_list("pk", flat=True)))


def _due() -> QuerySet[Objection]:
    """Settled for so long, with something sealed left."""
    before = clock.now() - KEPT
    settled = Q(closed_at__lte=before) | Q(status=Objection.Status.REFUSED, handled_at__lte=before)
    its_own = {"objection": OuterRef("pk")}
    sealed = Q(Exists(ObjectorIdentity.objects.filter(**its_own))) | Q(
        Exists(ObjectionAttachment.objects.filter(**its_own))
    )
    return Objection.objects.filter(settled, sealed).order_by("pk")


@endings.act()
def _erase(pk: int) -> bool:
    held = Objection.objects.select_for_update(skip_locked=True, of=("self",))
    objection = held.select_related("entry__application").filter(pk=pk).first()
    if objection is None:
        return False
    identities, _each = ObjectorIdentity.objects.filter(objection=objection).delete()
    attachments, _each = objection.attachments.all().delete()
    if identities:
        record(objection, None, WithoutSeat.SYSTEM, "objection.erase_identity")
    if attachments:
        record(objection, None, WithoutSeat.SYSTEM, "objection.erase_attachments")
    return bool(identities or attachments)
