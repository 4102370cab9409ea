"""Places of townships (推荐名额): how many of a category each reviewing body may recommend.

Unlike the rules of a round they may be changed while it runs, but never under what is taken.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Organization, Person
from designation.organizations.routing import routing_table
from designation.site.refusal import Finding
from standards.categories import Category

from .configuring import RoundRefused, held, record
from .models import RecommendationQuota, Round
from .rules import managing_role

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
    """The bodies of the round's area that review one of its categories."""
    asked = {entry.category for entry in round_.categories.all()}
    kinds = {kind for category in asked for kind in routing_table()[category]}
    return Organization.objects.filter(
        jurisdiction__code__startswith=round_.jurisdiction.prefix,
        body_kind__in=kinds,
        is_active=True,
    ).order_by("jurisdiction__code", "name_zh", "pk")


def reviews(body: Organization, category: str) -> bool:
    """Whether such a body reviews the category at all."""
    return body.body_kind in routing_table()[category]


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


@transaction.atomic
def set_recommendations(
    round_: Round,
    places: Mapping[Cell, int | None],
    *,
    actor: Person,
    changed: Mapping[str, Any],
) -> None:
    """Give each cell its places, None for no limit, while the round is held; empty leaves all.

    Raises RoundRefused for who does not manage the round, for one that is closed, for a body or
    category that is not the round's, and for places under what is taken.
    """
    locked = held(Round.objects.filter(pk=round_.pk)).get()
    role = managing_role(actor, locked)
    if role is None:
        raise RoundRefused.because("not_allowed", _("只有本辖区的县级经办人可以填写批次。"))
    if locked.status == Round.Status.CLOSED:
        raise RoundRefused.because("round_closed", _("批次已经结束，推荐名额不能再改。"))
    # Whoever recommends counts under the lock of the same row.
    rows = RecommendationQuota.objects.select_for_update().filter(round=locked).order_by("pk")
    standing = {(row.reviewing_body_id, row.category): row for row in rows}
    _refuse_strange(locked, places)
    if refused := under_taken(locked, places):
        raise RoundRefused(refused.values())
    for (body, category), count in places.items():
        row = standing.get((body, category))
        if count is None and row is not None:
            row.delete()
        elif count is not None and row is not None:
            row.places = count
            row.save(update_fields=["places"])
        elif count is not None:
            RecommendationQuota.objects.create(
                round=locked, reviewing_body_id=body, category=category, places=count
            )
    record(locked, "round.places", changed, actor=actor, role=role)


def _refuse_strange(round_: Round, places: Mapping[Cell, int | None]) -> None:
    known = {body.pk: body for body in bodies(round_).filter(pk__in={pk for pk, _c in places})}
    asked = {entry.category for entry in round_.categories.all()}
    for body, category in places:
        if body not in known or category not in asked or not reviews(known[body], category):
            raise RoundRefused.because(
                "no_such_place",
                _("本批次没有这个初审机构对“%(category)s”的推荐。")
                % {"category": Category(category).label},
            )
