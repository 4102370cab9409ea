"""Which body reviews an organization first, found from its superiors."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from .models import CODE_DIGITS, BodyKind, Jurisdiction, Level, Organization

_TABLE = Path(__file__).parent / "data" / "routing.yaml"
# Party organizations are at most this deep below a county; a longer chain is a loop in the data.
_DEEPEST = 8


@cache
def routing_table() -> dict[str, tuple[BodyKind, ...]]:
    """Category code to the kinds of body that may review it first."""
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return {code: tuple(BodyKind(kind) for kind in kinds) for code, kinds in table.items()}


def may_be_superior(superior: Organization, area: Jurisdiction) -> bool:
    """Whether ``superior`` can stand above an organization of ``area``.

    It lies in the same county, or in an area that contains it; of another county it is not.
    """
    around = superior.jurisdiction.prefix[: CODE_DIGITS[Level.COUNTY]]
    return area.code.startswith(around)


def superiors(organization: Organization) -> Iterator[Organization]:
    """Those above an organization, the nearest first; a circle in the data ends."""
    above = organization.superior
    for _step in range(_DEEPEST):
        if above is None:
            return
        yield above
        above = above.superior


def reviewing_body(organization: Organization) -> Organization | None:
    """The nearest superior that is active and of a kind that the routing table names.

    None when there is none.
    """
    kinds = routing_table()[organization.category]
    fitting = (one for one in superiors(organization) if one.is_active and one.body_kind in kinds)
    return next(fitting, None)
