"""Bringing every sealed value under the present key. May run twice, or be killed, unharmed."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import transaction

from .models import Sealed
from .sealing import is_under_present_key, resealed


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were brought under the present key, were there already, and stay shut."""

    moved: int = 0
    there: int = 0
    shut: int = 0


def reseal_all() -> Resealed:
    """Each in a transaction of its own; what no key opens stays as it is. Nobody reads them."""
    moved = there = shut = 0
    for row in _rows():
        try:
            if _reseal(row):
                moved += 1
            else:
                there += 1
        except InvalidToken:
            shut += 1
    return Resealed(moved, there, shut)


def _rows() -> Iterator[Sealed]:
    for kind in apps.get_models():
        if issubclass(kind, Sealed):
            yield from kind.objects.order_by("pk").only("pk")


@transaction.atomic
def _reseal(row: Sealed) -> bool:
    """Whether it had to be sealed anew; one that was erased meanwhile need not."""
    held = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if held is None or is_under_present_key(bytes(held.sealed)):
        return False
    held.sealed = resealed(bytes(held.sealed))
    held.save(update_fields=["sealed"])
    return True
