"""An item of a published standard by its code, without a statement."""

from standards import catalogue
from standards.models import Item


def known(version_id: int, code: str) -> Item:
    """The item with its key and code only; its text is long, and a save asks for none of it.

    Raises StopIteration for a code that the version does not have.
    """
    codes = catalogue.item_codes(version_id)
    pk = next(key for key, each in codes.items() if each == code)
    return Item(pk=pk, code=code, version_id=version_id)
