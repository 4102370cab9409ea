"""Erasing who objected, once it is no longer needed. May run twice, late, or at once, unharmed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from designation.audit.models import WithoutSeat
from designation.site import clock

from .models import Objection, ObjectorIdentity
from .objections import record

# Twelve months after the objection was settled (what the form tells the objector).
KEPT = timedelta(days=365)


def erase_identities() -> int:
    """Erase every identity whose time has come; the finding stays. Returns how many."""
    before = clock.now() - KEPT
    settled = Q(objection__closed_at__lte=before) | Q(
        objection__status=Objection.Status.REFUSED, objection__handled_at__lte=before
    )
    waiting = ObjectorIdentity.objects.filter(settled).values_list("pk", flat=True)
    return sum(_erase(pk) for pk in list(waiting))


@transaction.atomic
def _erase(pk: int) -> bool:
    identity = (
        ObjectorIdentity.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("objection__entry__application")
        .filter(pk=pk)
        .first()
    )
    if identity is None:
        return False
    identity.delete()
    record(identity.objection, None, WithoutSeat.SYSTEM, "objection.erase_identity")
    return True
