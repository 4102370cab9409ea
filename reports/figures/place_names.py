"""Places by what the codes within them begin with: how each is called, and how a list asks for it.

What an area has of its own, beside the places within it, is a place too: by the head only it has.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.organizations.divisions import DIGITS, head_of_code
from designation.organizations.models import Jurisdiction


def is_own(head: str) -> bool:
    """Whether it is an area's own part, and no place within it."""
    return head_of_code(head.ljust(DIGITS, "0")) != head


def asked_as(head: str) -> str:
    """As the list of applications asks for it: by its code, and an own part by its head."""
    return head if is_own(head) else head.ljust(DIGITS, "0")


def names(heads: Iterable[str]) -> dict[str, str]:
    """In the order of the codes; a place without a name bears its head. One statement."""
    codes = {head.ljust(DIGITS, "0"): head for head in sorted(heads)}
    found = {area.code: area.name for area in Jurisdiction.objects.filter(code__in=codes)}
    return {head: _called(found.get(code, head), head) for code, head in codes.items()}


def _called(name: str, head: str) -> str:
    return _("%(area)s（本级）") % {"area": name} if is_own(head) else name
