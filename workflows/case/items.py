"""Items of a published standard by their codes, without a statement."""

from django.http import Http404

from standards import catalogue
from standards.models import Item


def known(version_id: int, code: str) -> Item:
    """The item of that code. Raises KeyError for one that the version does not have."""
    return catalogue.stored(version_id)[code]


def named(version_id: int, code: str) -> Item:
    """The item that an address names. Raises Http404 for one that the version does not have."""
    try:
        return known(version_id, code)
    except KeyError:
        raise Http404 from None
