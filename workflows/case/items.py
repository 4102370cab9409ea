"""Items of a published standard by their codes."""

from collections.abc import Collection

from django.db.models import QuerySet

from standards import catalogue
from standards.models import Item


def known(version_id: int, code: str) -> Item:
    """The item with its key and code only, without a statement; a save asks for nothing else.

    Raises StopIteration for a code that the version does not have.
    """
    codes = catalogue.item_codes(version_id)
    pk = next(key for key, each in codes.items() if each == code)
    return Item(pk=pk, code=code, version_id=version_id)


def of_standard(version_id: int, codes: Collection[str] | None = None) -> QuerySet[Item]:
    """The items of a version, or those among ``codes``, whole."""
    rows = Item.objects.filter(version_id=version_id)
    return rows if codes is None else rows.filter(code__in=codes)
