"""Bringing every sealed identity under the present key. May run twice, or be killed, unharmed."""

from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.db import transaction

from .models import ObjectorIdentity
from .sealing import is_under_present_key, resealed


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were brought under the present key, were there already, and stay shut."""

    moved: int = 0
    there: int = 0
    shut: int = 0


def reseal_identities() -> Resealed:
    """Each in a transaction of its own; what no key opens stays as it is. Nobody reads them."""
    moved = there = shut = 0
    for pk in list(ObjectorIdentity.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            if _reseal(pk):
                moved += 1
            else:
                there += 1
        except InvalidToken:
            shut += 1
    return Resealed(moved, there, shut)


@transaction.atomic
def _reseal(pk: int) -> bool:
    """Whether it had to be sealed anew; one that was erased meanwhile need not."""
    identity = ObjectorIdentity.objects.select_for_update().filter(pk=pk).first()
    if identity is None or is_under_present_key(bytes(identity.sealed)):
        return False
    identity.sealed = resealed(bytes(identity.sealed))
    identity.save(update_fields=["sealed"])
    return True
