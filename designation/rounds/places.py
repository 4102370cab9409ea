"""Places of townships (推荐名额): how many of a category each reviewing body may recommend.

Unlike the rules of a round they may be changed while it runs, but never under what is taken.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Organization, Person
from designation.organizations.routing import routing_table
from designation.site import endings, filling
from designation.site.refusal import Finding
from standards.categories import Category
from standards.language import of_the_record

from . import routing
from .conditions import MOST_PLACES
from .configuring import RoundRefused, hold, overtaken, record
from .models import RecommendationQuota, Round
from .rules import managing_role
from .words import PLACES

# By reviewing body and category.
Cell = tuple[int, str]
Counts = Mapping[Cell, int]


def _nothing(_round: Round) -> Counts:
    return {}


_count_taken: Callable[[Round], Counts] = _nothing


def counts_taken(count: Callable[[Round], Counts]) -> None:
    """Said by the room of the first review when it starts: how many were recommended already."""
    global _count_taken  # noqa: PLW0603 - told once, when the site starts
    _count_taken = count


def taken(round_: Round) -> Counts:
    """How many of each cell were recommended already; one that is missing has none."""
    return _count_taken(round_)


def bodies(round_: Round) -> QuerySet[Organization]:
    """Those that review one of the round's categories: of its area, or named by its routing."""
    asked = {entry.category for entry in round_.categories.all()}
    kinds = {kind for category in asked for kind in routing_table()[category]}
    by_kind = Q(jurisdiction__code__startswith=round_.jurisdiction.prefix, body_kind__in=kinds)
    named = Q(pk__in=round_.routing_rules.values("body"))
    if asked:
        named |= Q(pk=round_.default_reviewing_body_id)
    return Organization.objects.filter(by_kind | named, is_active=True).order_by(
        "jurisdiction__code", "name_zh", "pk"
    )


def of_round(round_: Round) -> dict[Cell, int]:
    """The places that are set; a cell without any may recommend without limit."""
    rows = RecommendationQuota.objects.filter(round=round_)
    return {
        (body, category): places
        for body, category, places in rows.values_list("reviewing_body", "category", "places")
    }


def under_taken(round_: Round, places: Mapping[Cell, int | None]) -> dict[Cell, Finding]:
    """By cell why it cannot have so few places: more were recommended already."""
    used = taken(round_)
    return {
        cell: Finding(
            "places_under_taken",
            "",
            _("已推荐 %(taken)s 个，名额不能少于这个数。") % {"taken": used[cell]},
        )
        for cell, count in places.items()
        if count is not None and count < used.get(cell, 0)
    }


def called(body: Organization, category: str) -> str:
    """How the log calls a cell: by what people know, which no key tells them later."""
    with of_the_record():
        return f"{PLACES}{body.name_zh} · {Category(category).label}"


@endings.act()
def set_recommendations(
    round_: Round,
    places: Mapping[Cell, int | None],
    *,
    actor: Person,
    before: Mapping[Cell, int | None] | None = None,
) -> None:
    """Give each cell its places, None for no limit; where that changes nothing, nothing is written.

    ``before`` is what the actor read in these cells. Raises RoundRefused for who does not manage
    the round, for one that is closed, for a body or category that is not the round's, for places
    under what is taken or beyond the most, and for what another has changed since.
    """
    locked = hold(round_)
    role = managing_role(actor, locked)
    if role is None:
        raise RoundRefused.because("not_allowed", _("只有本辖区的县级经办人可以填写批次。"))
    if locked.status == Round.Status.CLOSED:
        raise RoundRefused.because("round_closed", _("批次已经结束，推荐名额不能再改。"))
    # Whoever recommends counts under the lock of the same row.
    rows = RecommendationQuota.objects.select_for_update().filter(round=locked).order_by("pk")
    standing = {(row.reviewing_body_id, row.category): row for row in rows}
    now = {cell: row.places for cell, row in standing.items()}
    known = _bodies_of(locked, places)
    field = {cell: f"{PLACES}{cell[0]}-{cell[1]}" for cell in {**places, **(before or {})}}
    filling.refuse(overtaken(before, now, field.__getitem__), by=RoundRefused)
    filling.refuse(_faults(places, field), by=RoundRefused)
    if refused := under_taken(locked, places):
        found = (replace(why, field=field[cell]) for cell, why in refused.items())
        raise RoundRefused(found)
    changed = {}
    for cell, count in places.items():
        if count == now.get(cell):
            continue
        said = [_said(now.get(cell)), _said(count)]
        changed[called(known[cell[0]], cell[1])] = said
        if count is None:
            standing[cell].delete()
        else:
            RecommendationQuota.objects.update_or_create(
                round=locked,
                reviewing_body_id=cell[0],
                category=cell[1],
                defaults={"places": count},
            )
    if changed:
        record(locked, "round.places", {"changed": changed}, actor=actor, role=role)


def _said(count: int | None) -> str:
    return "" if count is None else str(count)


def _faults(places: Mapping[Cell, int | None], field: Mapping[Cell, str]) -> Iterable[Finding]:
    for cell, count in places.items():
        if count is not None and not 0 <= count <= MOST_PLACES:
            told = _("名额为 %(least)d 至 %(most)d。") % {"least": 0, "most": MOST_PLACES}
            yield Finding("places", "", told, field=field[cell])


def _bodies_of(round_: Round, places: Mapping[Cell, int | None]) -> dict[int, Organization]:
    """By key the bodies of the cells. Raises RoundRefused for a cell that is not the round's."""
    known = {body.pk: body for body in bodies(round_).filter(pk__in={pk for pk, _c in places})}
    asked = {entry.category for entry in round_.categories.all()}
    routes = routing.of_round(round_)
    for body, category in places:
        if body not in known or category not in asked or not routes.may_get(known[body], category):
            raise RoundRefused.because(
                "no_such_place",
                _("本批次没有这个初审机构对“%(category)s”的推荐。")
                % {"category": Category(category).label},
            )
    return known
