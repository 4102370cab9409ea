"""What the routing of a round comes to: who reviews whom in each area, and what is wrong with it.

Organizations of the same area, category and superior are routed alike: one statement counts them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.utils.translation import gettext as _

from designation.organizations.divisions import DIGITS, codes_around, digits_below
from designation.organizations.models import Jurisdiction, Organization
from designation.organizations.routing import routing_table
from designation.site.refusal import Finding
from standards.categories import Category

from . import routing
from .models import Round, RoutingRule
from .routing import By, Route, Routing

# Of organizations that are left over so many are named; our default.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Group:
    """``count`` organizations that are routed alike; ``like`` is one of them."""

    like: Organization
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many organizations of a cell a body gets; without ``body`` nobody reviews them."""

    body: Organization | None
    by: By
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """An area with its shares, a list for each category of the round, in the round's order."""

    area: str
    cells: Sequence[tuple[Category, Sequence[Share]]]


@dataclass(frozen=True, slots=True)
class RuleStands:
    """A rule and how many organizations it decides for; ``advice`` says what to mend."""

    rule: RoutingRule
    count: int
    advice: Sequence[str] = ()
    is_invalid: bool = False

    @property
    def words(self) -> str:
        """What the rule means."""
        rule = self.rule
        kind = Category(rule.category).label if rule.category else _("各类组织")
        return _("%(area)s的%(category)s，由“%(body)s”初审（现有 %(count)d 个组织）。") % {
            "area": rule.area.name,
            "category": kind,
            "body": rule.body.name,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class BySuperior:
    """How many organizations of a category go to a superior, who is one of ``kinds``."""

    category: Category
    count: int

    @property
    def kinds(self) -> str:
        """The kinds of body that the routing table names."""
        return "、".join(str(kind.label) for kind in routing_table()[self.category])


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a round's page tells of its routing.

    ``left_over`` are the names of those whom the default body gets, ``nobody``'s of those whom
    nobody reviews; each has at most so many, the counts are whole.
    """

    lines: Sequence[Line]
    rules: Sequence[RuleStands]
    by_superior: Sequence[BySuperior]
    default_faults: Sequence[str] = ()
    left_over: Sequence[str] = ()
    left_over_count: int = 0
    nobody: Sequence[str] = ()
    nobody_count: int = 0
    asked: Sequence[Category] = field(default_factory=list)


def groups(round_: Round) -> list[Group]:
    """The active organizations that the round takes.

    One statement for any number of them; a second where a superior of theirs is no body for them.
    """
    asked = {entry.category for entry in round_.categories.all()}
    # A body that applies as well is no reviewer of its own: it is asked for alone.
    alone = Case(When(body_kind="", then=Value(None)), default=F("pk"))
    alike = ("jurisdiction_id", "category", "superior_id", "alone")
    rows = (
        Organization.objects.filter(
            jurisdiction__code__startswith=round_.jurisdiction.prefix,
            category__in=asked,
            is_active=True,
        )
        .annotate(alone=alone)
        .annotate(count=Window(Count("pk"), partition_by=[F(name) for name in alike]))
        .select_related("jurisdiction", "superior__jurisdiction")
        .order_by(*alike, "pk")
        .distinct(*alike)
    )
    found = [Group(row, row.count) for row in rows]
    _read_further(round_, [group.like for group in found])
    return found


def _read_further(round_: Round, organizations: Sequence[Organization]) -> None:
    """Those above superiors who are no body; what lies further off is read when it is asked for."""
    asked = [one.superior for one in organizations if one.superior and not _fits(one)]
    if not any(superior.superior_id for superior in asked):
        return
    area = round_.jurisdiction
    near = Q(jurisdiction__code__startswith=area.prefix)
    near |= Q(jurisdiction__code__in=codes_around(area.code))
    above = Organization.objects.filter(near, superior__isnull=False).order_by()
    rows = Organization.objects.filter(pk__in=above.values("superior"))
    known = {row.pk: row for row in rows.select_related("jurisdiction").order_by()}
    for one in (*asked, *known.values()):
        if one.superior_id in known:
            one.superior = known[one.superior_id]


def _fits(organization: Organization) -> bool:
    """Whether its own superior reviews it, so that nothing further up is asked for."""
    superior = organization.superior
    kinds = routing_table()[organization.category]
    return superior is not None and superior.is_active and superior.body_kind in kinds


def without_a_body(routes: Routing) -> int:
    """How many organizations nobody would review."""
    default = routes.round.default_reviewing_body
    if default is not None and not default.category and not _default_faults(routes.round):
        return 0
    routed = ((one.count, routes.route(one.like)) for one in groups(routes.round))
    return sum(count for count, route in routed if route.body is None)


def obstacles(round_: Round) -> Iterable[Finding]:
    """What of the routing stands in the way of opening the round."""
    routes = routing.of_round(round_)
    if _default_faults(round_) or any(rule_faults(round_, rule) for rule in routes.rules):
        told = _("初审分工中有无效的规则，请在“初审分工”中改正。")
        yield Finding("routing_invalid", "", told)
    if count := without_a_body(routes):
        told = _(
            "有 %(count)d 个组织没有机构初审，将不能申报。请在“初审分工”中设默认初审机构，"
            "或者请系统管理员录入它们的上级党组织。"
        )
        yield Finding("nobody_reviews", "", told % {"count": count})


def rule_faults(round_: Round, rule: RoutingRule) -> list[str]:
    """Why a rule is invalid, as things are now."""
    asked = {entry.category for entry in round_.categories.all()}
    cell = (rule.area.code, rule.category)
    return [one.message for one in routing.faults(round_, asked, cell, rule.area, rule.body)]


def _default_faults(round_: Round) -> list[str]:
    body = round_.default_reviewing_body
    if body is None:
        return []
    found = routing.faults(round_, (), routing.LEFT_OVER, round_.jurisdiction, body)
    return [one.message for one in found]


def picture(round_: Round) -> Picture:
    """Who reviews whom, with what is wrong; some six statements for any number of rows."""
    asked = [Category(entry.category) for entry in round_.categories.all()]
    routes = routing.of_round(round_)
    routed = [(group, routes.route(group.like)) for group in groups(round_)]
    left = [group for group, route in routed if route.by == By.DEFAULT]
    nobody = [group for group, route in routed if route.by == By.NOBODY]
    by_superior: Counter[str] = Counter()
    for group, route in routed:
        if route.by == By.SUPERIOR:
            by_superior[group.like.category] += group.count
    return Picture(
        lines=_lines(round_, asked, routed),
        rules=[_stands(routes, rule, routed) for rule in routes.rules],
        by_superior=[BySuperior(one, by_superior[one.value]) for one in asked],
        default_faults=_default_faults(round_),
        left_over=_names(left),
        left_over_count=sum(group.count for group in left),
        nobody=_names(nobody),
        nobody_count=sum(group.count for group in nobody),
        asked=asked,
    )


def _stands(
    routes: Routing, rule: RoutingRule, routed: Sequence[tuple[Group, Route]]
) -> RuleStands:
    """Whether it is invalid, empty, without effect, the same as without it, or as it should."""
    decided = [group for group, route in routed if route.rule == rule]
    count = sum(group.count for group in decided)
    if told := rule_faults(routes.round, rule):
        return RuleStands(rule, count, told, is_invalid=True)
    concerned = [group for group, _route in routed if routing.concerns(rule, group.like)]
    if not concerned:
        told = [_("空：这个辖区没有这一类的组织，可以清空。")]
    elif not decided:
        told = [_("不起作用：更小的辖区或者指明类别的规则都已管到，可以清空。")]
    elif all(routes.without(rule).route(group.like).body == rule.body for group in decided):
        told = [_("重复：没有这条规则，也由这个机构初审，可以清空。")]
    return RuleStands(rule, count, told)


def _lines(
    round_: Round, asked: Sequence[Category], routed: Sequence[tuple[Group, Route]]
) -> list[Line]:
    """An area of the level below the round's each; what lies in the round's own stands first."""
    digits = digits_below(round_.jurisdiction.code)
    shares: dict[str, dict[str, Counter[tuple[Organization | None, By]]]] = {}
    for group, route in routed:
        code = group.like.jurisdiction.code[:digits].ljust(DIGITS, "0")
        cell = shares.setdefault(code, {}).setdefault(group.like.category, Counter())
        cell[route.body, route.by] += group.count
    areas = {area.code: area.name for area in Jurisdiction.objects.filter(code__in=shares)}
    return [
        Line(
            areas.get(code, code),
            [(one, _shares(shares[code].get(one.value, Counter()))) for one in asked],
        )
        for code in sorted(shares)
    ]


def _shares(counted: Counter[tuple[Organization | None, By]]) -> list[Share]:
    return [Share(body, by, count) for (body, by), count in counted.most_common()]


def _names(left: Sequence[Group]) -> list[str]:
    """The names of some of them, in order; one statement."""
    if not left:
        return []
    alike = Q(pk__in=[group.like.pk for group in left])
    for group in left[:_NAMED]:
        like = group.like
        if not like.body_kind:
            alike |= Q(
                jurisdiction=like.jurisdiction_id,
                category=like.category,
                superior=like.superior_id,
                body_kind="",
            )
    return [str(one) for one in Organization.objects.filter(alike, is_active=True)[:_NAMED]]
