"""The routing of first review (初审分工): which body reviews whose application first.

The round's own rules come first, that of a narrower area before a wider one's; then the nearest
superior of a kind that the routing table names; then the round's default body, so that nobody is
left over. An application keeps the body with which it was begun.

Unlike the other rules of a round these may be changed while it runs, with a reason: a body may be
dissolved, and what is under way stays where it is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.organizations.divisions import codes_around
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.organizations.routing import may_be_superior, reviewing_body, routing_table
from designation.site import endings, filling
from designation.site.refusal import Finding
from designation.site.sameness import key_of
from standards.categories import Category
from standards.language import of_the_record

from .configuring import RoundRefused, hold, overtaken, record
from .models import Round, RoutingRule
from .rules import managing_role
from .words import ROUTE

# The 12-digit code of an area, and a category or "" for all of them.
Cell = tuple[str, str]
# Whoever no rule and no superior names a body for.
LEFT_OVER: Final[Cell] = ("", "")
# What stands in a field's name for all categories.
ALL_CATEGORIES: Final = "all"


class By(Enum):
    """What named the body."""

    RULE = "rule"
    SUPERIOR = "superior"
    DEFAULT = "default"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Route:
    """Who reviews an organization first; ``body`` is None exactly where nothing names one."""

    body: Organization | None
    by: By
    rule: RoutingRule | None = None


class Routing:
    """The routing of one round; ``rules`` in the order in which they are asked."""

    def __init__(self, round_: Round, rules: Iterable[RoutingRule]) -> None:
        self.round = round_
        self.rules = sorted(rules, key=lambda rule: (-len(rule.area.prefix), not rule.category))

    def route(self, organization: Organization) -> Route:
        """Who reviews the organization first."""
        for rule in self.rules:
            if concerns(rule, organization) and may_review(rule.body, organization):
                return Route(rule.body, By.RULE, rule)
        body = reviewing_body(organization)
        if body is not None and may_review(body, organization):
            return Route(body, By.SUPERIOR)
        default = self.round.default_reviewing_body
        if default is not None and may_review(default, organization):
            return Route(default, By.DEFAULT)
        return Route(None, By.NOBODY)

    def without(self, left_out: RoutingRule) -> "Routing":
        """The same with one rule less."""
        return Routing(self.round, (rule for rule in self.rules if rule != left_out))

    def may_get(self, body: Organization, category: str) -> bool:
        """Whether the body reviews the category at all: by its kind, by a rule, or by default."""
        return (
            body.body_kind in routing_table()[category]
            or body.pk == self.round.default_reviewing_body_id
            or any(
                rule.body_id == body.pk and rule.category in {category, ""} for rule in self.rules
            )
        )


def of_round(round_: Round) -> Routing:
    """The round's routing as it is on record; one statement."""
    rows = RoutingRule.objects.filter(round=round_)
    return Routing(round_, rows.select_related("area", "body__jurisdiction"))


def concerns(rule: RoutingRule, organization: Organization) -> bool:
    """Whether the organization lies in the rule's area and is of its category."""
    lies_in = organization.jurisdiction.code.startswith(rule.area.prefix)
    return lies_in and rule.category in {organization.category, ""}


def may_review(body: Organization, organization: Organization) -> bool:
    """Whether a body can review the organization: active, of the same county, and another."""
    works = body.is_active and bool(body.body_kind)
    return works and body != organization and may_be_superior(body, organization.jurisdiction)


def reviewers(round_: Round) -> QuerySet[Organization]:
    """The bodies that may be named: those of the round's area and of the areas around it."""
    area = round_.jurisdiction
    near = Q(jurisdiction__code__startswith=area.prefix)
    near |= Q(jurisdiction__code__in=codes_around(area.code))
    rows = Organization.objects.filter(near, is_active=True).exclude(body_kind="")
    return rows.select_related("jurisdiction").order_by("jurisdiction__code", "name_zh", "pk")


def reviewers_called(round_: Round, name: str) -> list[Organization]:
    """Those of ``reviewers`` that bear the name, in whatever spelling; two at most."""
    return list(reviewers(round_).filter(name_key=key_of(name))[:2])


def areas(round_: Round) -> QuerySet[Jurisdiction]:
    """The round's area and those within it."""
    return Jurisdiction.objects.filter(code__startswith=round_.jurisdiction.prefix)


def areas_called(round_: Round, name: str) -> list[Jurisdiction]:
    """Those of ``areas`` that bear the name or the code; two at most."""
    return list(areas(round_).filter(Q(name_key=key_of(name)) | Q(code=name))[:2])


def standing(routing: Routing) -> dict[Cell, Organization | None]:
    """By cell the body that is named, with ``LEFT_OVER``."""
    named: dict[Cell, Organization | None] = {
        (rule.area.code, rule.category): rule.body for rule in routing.rules
    }
    return {LEFT_OVER: routing.round.default_reviewing_body, **named}


def field_of(cell: Cell) -> str:
    """The field in which a form shows the cell's body."""
    code, category = cell
    return f"{ROUTE}{code}-{category or ALL_CATEGORIES}" if code else f"{ROUTE}default"


def called(cell: Cell, area: Jurisdiction | None) -> str:
    """How the log calls a cell: by what people know, which no key tells them later."""
    with of_the_record():
        if area is None:
            return f"{ROUTE}{_('默认初审机构')}"
        kind = Category(cell[1]).label if cell[1] else _("全部类别")
        return f"{ROUTE}{area.name_zh} · {kind}"


def faults(
    round_: Round, asked: Collection[str], cell: Cell, area: Jurisdiction, body: Organization
) -> Iterable[Finding]:
    """Why the body cannot be the cell's; each says what to do.

    ``asked`` are the categories of the round, ``area`` that of the cell, for ``LEFT_OVER`` the
    round's own.
    """
    field, said = field_of(cell), {"body": body.name, "area": area.name}
    if not body.is_active:
        told = _("“%(body)s”已停用，请改填别的机构，或者清空。") % said
        yield Finding("body_inactive", "", told, field=field)
    elif not body.body_kind:
        told = _("“%(body)s”不是审核机构，请改填别的机构，或者清空。") % said
        yield Finding("no_reviewing_kind", "", told, field=field)
    elif not may_be_superior(body, area):
        told = _("“%(body)s”在别的县，不能初审%(area)s的组织，请改填别的机构，或者清空。") % said
        yield Finding("body_elsewhere", "", told, field=field)
    if not area.code.startswith(round_.jurisdiction.prefix):
        told = _("“%(area)s”不在本批次的范围内，请清空这一条。") % said
        yield Finding("area_elsewhere", "", told, field=field)
    if cell[1] and cell[1] not in asked:
        told = _("本批次没有“%(category)s”这一类，请清空这一条。")
        said = {"category": str(Category(cell[1]).label)}
        yield Finding("category_not_in_round", "", told % said, field=field)


@endings.act()
def set_routing(
    round_: Round,
    bodies: Mapping[Cell, Organization | None],
    *,
    actor: Person,
    before: Mapping[Cell, Organization | None] | None = None,
    reason: str = "",
) -> None:
    """Name the body of each cell, None to take the rule out; ``LEFT_OVER`` is the default body.

    Where that changes nothing, nothing is written. Applications that were begun keep their body.
    ``before`` is what the actor read in these cells. Raises RoundRefused for who does not manage
    the round, for one that is closed, for an open one without a reason, for a body that cannot
    review there, and for what another has changed since.
    """
    locked = hold(round_)
    role = managing_role(actor, locked)
    if role is None:
        raise RoundRefused.because("not_allowed", _("只有本辖区的县级经办人可以填写批次。"))
    if locked.status == Round.Status.CLOSED:
        raise RoundRefused.because("round_closed", _("批次已经结束，初审分工不能再改。"))
    now = standing(of_round(locked))
    filling.refuse(overtaken(before, now, field_of), by=RoundRefused)
    changes = {cell: body for cell, body in bodies.items() if body != now.get(cell)}
    if not changes:
        return
    found = _areas_of(locked, changes)
    filling.refuse(_refused(locked, changes, found, reason), by=RoundRefused)
    for cell, body in changes.items():
        _write(locked, cell, found[cell], body)
    changed = {
        called(cell, found[cell] if cell != LEFT_OVER else None): [
            _said(now.get(cell)),
            _said(body),
        ]
        for cell, body in changes.items()
    }
    details = {"changed": changed, "reason": reason.strip()}
    record(locked, "round.routing", details, actor=actor, role=role)


def _said(body: Organization | None) -> str:
    return body.name_zh if body else ""


def _areas_of(round_: Round, cells: Iterable[Cell]) -> dict[Cell, Jurisdiction]:
    """By cell its area. Raises RoundRefused for one that does not exist."""
    wanted = list(cells)
    rows = Jurisdiction.objects.filter(code__in={code for code, _category in wanted})
    known = {area.code: area for area in rows} | {LEFT_OVER[0]: round_.jurisdiction}
    if any(code not in known for code, _category in wanted):
        raise RoundRefused.because("no_such_area", _("没有这个辖区，请重新填写。"))
    return {cell: known[cell[0]] for cell in wanted}


def _refused(
    round_: Round,
    changes: Mapping[Cell, Organization | None],
    found: Mapping[Cell, Jurisdiction],
    reason: str,
) -> Iterable[Finding]:
    asked = {entry.category for entry in round_.categories.all()}
    for cell, body in changes.items():
        if body is not None:
            yield from faults(round_, asked, cell, found[cell], body)
    if round_.status == Round.Status.OPEN and not reason.strip():
        told = _("批次已经开展，请写明改动的原因。")
        yield Finding("no_reason", "", told, field="reason")


def _write(round_: Round, cell: Cell, area: Jurisdiction, body: Organization | None) -> None:
    if cell == LEFT_OVER:
        round_.default_reviewing_body = body
        round_.save(update_fields=["default_reviewing_body"])
    elif body is None:
        round_.routing_rules.filter(area=area, category=cell[1]).delete()
    else:
        RoutingRule.objects.update_or_create(
            round=round_, area=area, category=cell[1], defaults={"body": body}
        )
