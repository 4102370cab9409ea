"""What the list of applications may be narrowed by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from designation.applications import receipts
from designation.applications.models import Application, Stage
from designation.organizations import names
from designation.organizations.divisions import DIGITS, head_of_code
from designation.organizations.models import Organization, Person
from designation.rounds.rules import opened_in
from designation.site import clock
from designation.site.lists import Choice, Code, Filters, Kept, Number, Order, Search, Way
from standards.categories import Category

from ..case import scoping
from ..case.found_unmet import unmet
from ..case.kept_places import keeps_its_place
from ..declared import places
from ..reached import at_or_beyond, course, departures, stands_at, stood_at_an_end
from . import queries

_YES = "yes"
_ANY = "any"


def _rounds(most: int, request: Any) -> list[tuple[str, str]]:
    return queries.rounds_on_offer(request.user, most)


def _areas(most: int, request: Any) -> list[tuple[str, str]]:
    return queries.areas_on_offer(request.user, most)


def _stages(stages: Callable[[], tuple[str, ...]]) -> Callable[[], list[tuple[str, Any]]]:
    """Asked for with each page: a stage may be declared after this module was read."""
    return lambda: [(stage, places()[stage].words) for stage in stages()]


def _reached() -> list[tuple[str, Any]]:
    stages = _stages(course)()
    return [(stage, format_lazy(_("{stage}及以后"), stage=words)) for stage, words in stages]


def _left() -> list[tuple[str, Any]]:
    return [(_ANY, _("任一环节")), *_stages(stood_at_an_end)()]


class ApplicationFilters(Filters):
    in_order = ("-stage_since", "-pk")
    none = unmatched = _("没有符合条件的申报")
    none_hint = _("填报人请在工作台“开始申报”。")
    unmatched_hint = _("可以放宽筛选条件；填报人请在工作台“开始申报”。")

    waiting = Kept()
    done = Kept()
    overseen = Kept()
    text = Search(label=_("组织名称或回执编号"), method="called")
    round = Code(
        field_name="round_id",
        label=_("批次"),
        options=_rounds,
        typed=_("批次较多，请从批次页面进入，或填批次编号。"),
    )
    area = Code(
        label=_("辖区"),
        options=_areas,
        typed=_("辖区较多，请填 12 位区划代码。"),
        method="lies_in",
    )
    # Asked for with each page: a stage may be declared after this module was read.
    stage = Choice(field_name="stage", label=_("环节"), choices=lambda: Stage.choices)
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    late = Choice(label=_("期限"), choices=[(_YES, _("已逾期"))], method="is_late")
    once_returned = Choice(label=_("退回"), choices=[(_YES, _("曾被退回"))], method="was_returned")
    order = Order(
        stage_since=Way(_("进入本环节的时间"), "stage_since", "pk"),
        due=Way(_("办理期限"), "term__due_at", "pk"),
        area=Way(_("辖区"), "area_code", "pk"),
    )

    # What an office sorts its work by; whoever applies has few and is spared the questions.
    OF_AN_OFFICE = ("round", "area", "late", "once_returned")

    def __init__(self, data: Any, rows: QuerySet[Any], *, request: HttpRequest) -> None:
        super().__init__(data, rows, request=request)
        if not scoping.looks_after_many(request.user):
            for name in self.OF_AN_OFFICE:
                self.filters.pop(name, None)
        elif not scoping.looks_after_areas(request.user):
            del self.filters["area"]

    def called(self, rows: QuerySet[Application], _name: str, text: str) -> QuerySet[Any]:
        if receipts.may_be(text):
            return rows.filter(submissions__receipt__number=text)
        return rows.filter(names.called(text, Organization, "organization"))

    def lies_in(self, rows: QuerySet[Application], _name: str, code: int) -> QuerySet[Any]:
        """Within the place of 12 digits; of fewer, what begins with them."""
        named = str(code)
        head = head_of_code(named) if len(named) == DIGITS else named
        return rows.filter(area_code__startswith=head)

    def is_late(self, rows: QuerySet[Application], _name: str, _yes: str) -> QuerySet[Any]:
        return rows.filter(clock.over("term__due_at"))

    def was_returned(self, rows: QuerySet[Application], _name: str, _yes: str) -> QuerySet[Any]:
        return rows.filter(queries.was_returned())


class WaitingFilters(ApplicationFilters):
    """What waits for the person: what is due first stands first."""

    in_order = ("term__due_at", "pk")


class DoneFilters(ApplicationFilters):
    """What the person has passed on."""


class OverseenFilters(ApplicationFilters):
    """What the figures of an office count: by these they lead here."""

    reached = Choice(label=_("已到环节"), choices=_reached, method="has_reached")
    left = Choice(label=_("止于环节"), choices=_left, method="left_from")
    place = Choice(label=_("推荐名额"), choices=[(_YES, _("占用名额"))], method="takes_a_place")
    body = Number(field_name="reviewing_body_id", label=_("初审机构"))
    unmet = Number(label=_("未达标的条目"), method="fails")
    year = Number(label=_("年度"), method="of_the_year")

    def __init__(self, data: Any, rows: QuerySet[Any], *, request: HttpRequest) -> None:
        super().__init__(data, rows, request=request)
        # Asked of the whole list: here they would crowd out what is asked of figures.
        for name in ("late", "once_returned"):
            self.filters.pop(name, None)

    def has_reached(self, rows: QuerySet[Application], _name: str, stage: str) -> QuerySet[Any]:
        stands = at_or_beyond(stage)
        return rows.alias(stands_at=stands_at()).filter(stands_at__in=stands)

    def left_from(self, rows: QuerySet[Application], _name: str, stage: str) -> QuerySet[Any]:
        stood = stood_at_an_end() if stage == _ANY else (stage,)
        left = rows.filter(stage__in=departures())
        return left.alias(stands_at=stands_at()).filter(stands_at__in=stood)

    def takes_a_place(self, rows: QuerySet[Application], _name: str, _yes: str) -> QuerySet[Any]:
        return rows.filter(keeps_its_place())

    def fails(self, rows: QuerySet[Application], _name: str, item: int) -> QuerySet[Any]:
        return rows.filter(unmet(item))

    def of_the_year(self, rows: QuerySet[Application], _name: str, year: int) -> QuerySet[Any]:
        return rows.filter(opened_in(year, "round__"))


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the lists of applications: what it narrows, and by what."""

    name: str
    rows: Callable[[Person], QuerySet[Application]]
    filters: type[ApplicationFilters] = ApplicationFilters


_ALL = Shown("", scoping.visible_applications)
_PARTS = (
    Shown("waiting", scoping.waiting_for, WaitingFilters),
    Shown("done", scoping.handled_by, DoneFilters),
    Shown("overseen", scoping.overseen_applications, OverseenFilters),
)


def asked_for(request: HttpRequest) -> Shown:
    """Which of the lists the address asks for; all one may see, where it asks for none."""
    return next((part for part in _PARTS if request.GET.get(part.name) == "1"), _ALL)
