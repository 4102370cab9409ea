"""The figures of a round as tables, for its page and its report alike.

Each figure that counts applications leads to the list of exactly those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from designation.applications.models import Stage
from designation.organizations.models import CODE_DIGITS, Jurisdiction, Level, Person
from designation.rounds.models import Round
from workflows import reached
from workflows.declared import places as stages

from ..workload.agreement import Agreement, percent
from ..workload.counts import Hands, agreement
from . import areas, funnel, items, places, returns, rules, spans
from .place_names import asked_as

_FEW = 3
_MOST_BESIDE_A_BAR = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in a cell; ``address`` is that of its list, "" where it leads to none."""

    text: str
    address: str = ""

    @property
    def is_zero(self) -> bool:
        return self.text == "0"


@dataclass(frozen=True, slots=True)
class Line:
    """``bar`` is the length of its bar, of a hundred; None where none is drawn.

    ``address`` is that of the figures of the line alone, "" where there are none.
    """

    words: str
    figures: tuple[Figure, ...]
    bar: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``head`` is over the words of the lines, ``columns`` over their figures."""

    title: str
    head: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""

    @property
    def has_bars(self) -> bool:
        drawn = any(line.bar is not None for line in self.lines)
        return drawn and len(self.columns) <= _MOST_BESIDE_A_BAR

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than one reads at a glance; on a phone zeros are left out."""
        return len(self.columns) > _FEW

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Figure]]]]:
        """The lines, each figure beside the words of its column."""
        return [(one, list(zip(self.columns, one.figures, strict=True))) for one in self.lines]


class Leads:
    """The addresses of the lists behind the figures, of what ``asked`` narrows them to."""

    def __init__(self, **asked: Any) -> None:
        self.asked = {"overseen": 1} | {name: one for name, one in asked.items() if one}

    def count(self, count: int, **asked: Any) -> Figure:
        """A number of applications with their list; none have none."""
        return Figure(str(count), self.address(**asked) if count else "")

    def address(self, **asked: Any) -> str:
        return f"{reverse('applications:list')}?{urlencode(self.asked | asked)}"


def of_round(round_: Round, person: Person, category: str = "") -> list[Table]:
    """Six statements, whatever the number of applications and places."""
    rows = rules.applications(person, round_, category)
    leads = Leads(round=round_.pk, category=category)
    found = funnel.of(rows)
    bodies = places.by_body(rows, rules.quotas(person, round_, category))
    return [
        steps(found, leads),
        departures(found, leads),
        times(spans.at_stages(rows), spans.to_the_title(rows)),
        recommended(bodies, leads),
    ]


def of_items(round_: Round, person: Person, category: str = "") -> list[Table]:
    """Of the items: what fails, what comes back and why, and whether the verdicts agree.

    The verdicts of a whole round only: those of one body would be of the one who reviews there.
    """
    rows = rules.applications(person, round_, category)
    leads = Leads(round=round_.pk, category=category)
    places_told = rules.sees_places(person)
    tables = [
        failing(items.failing(rows, round_), items.words_of_items(round_), leads, places_told),
        returned(returns.by_reason(rows)),
    ]
    if rules.sees_all(person, round_):
        tables.append(verdicts(agreement(round_, category)))
    return tables


def of_year(area: Jurisdiction, year: int, person: Person) -> list[Table]:
    """Of all rounds of a year within an area. Four statements, whatever the number of places."""
    rows = rules.of_the_year(person, area, year)
    found = areas.places(area, rows)
    whole = funnel.whole({place.head: place.funnel for place in found})
    leads = Leads(area=area.code, year=year)
    return [steps(whole, leads), by_place(found, year), departures(whole, leads)]


def by_place(found: list[areas.Place], year: int) -> Table:
    """How many came how far in each place, and the median until the title."""
    most = max((place.funnel.reached(Stage.SUBMITTED) for place in found), default=0)
    return Table(
        _("各地进展"),
        _("地方"),
        (*(str(words) for words in funnel.STEPS.values()), _("终止"), _("命名用时（工作日）")),
        tuple(_place_line(place, year, most) for place in found),
        _(
            "用时是从首次提交到命名的中位数，不足 %(least)d 件的不显示；"
            "各地按区划代码排列，不分先后。"
        )
        % {"least": spans.LEAST},
    )


def _place_line(place: areas.Place, year: int, most: int) -> Line:
    leads = Leads(area=asked_as(place.head), year=year)
    ended = sum(sum(ends.values()) for ends in place.funnel.left.values())
    return Line(
        place.name,
        (
            *(leads.count(place.funnel.reached(stage), reached=stage) for stage in funnel.STEPS),
            leads.count(ended, left="any"),
            Figure(_median(place.days)),
        ),
        percent(place.funnel.reached(Stage.SUBMITTED), most),
        _year_of(place, year),
    )


def _year_of(place: areas.Place, year: int) -> str:
    """The address of the year of the place itself; "" of a township, and of an area's own part."""
    if place.is_own or len(place.head) >= CODE_DIGITS[Level.TOWNSHIP]:
        return ""
    return f"{reverse('reports:year_figures')}?{urlencode({'area': place.code, 'year': year})}"


def steps(found: funnel.Funnel, leads: Leads) -> Table:
    """How many came how far."""
    return Table(
        _("走到哪一步"),
        _("进展"),
        (_("件数"), _("占已申报")),
        tuple(
            Line(str(words), (leads.count(count, reached=stage), Figure(f"{share}%")), share)
            for stage, words, count, share in found.steps
        ),
        _(
            "按现在走到的一步统计：被退回、终止的，按退回、终止前所在的环节；撤回决定、退回初审的，不再算已经走到。"
        ),
    )


def departures(found: funnel.Funnel, leads: Leads) -> Table:
    """At which stage the others left, and by which end."""
    ends = reached.departures()
    return Table(
        _("在哪个环节终止"),
        _("终止前所在环节"),
        tuple(str(Stage(end).label) for end in ends),
        tuple(
            Line(
                str(stages()[stage].words),
                tuple(leads.count(counted.get(end, 0), left=stage, stage=end) for end in ends),
            )
            for stage, counted in found.left.items()
        ),
    )


def times(at_stages: Mapping[str, spans.Days], to_the_title: spans.Days) -> Table:
    """The median of the working days at each stage."""
    known = [
        (str(stages()[stage].words), at_stages[stage]) for stage in stages() if stage in at_stages
    ]
    if to_the_title.count:
        known.append((_("从首次提交到命名"), to_the_title))
    longest = max((days.median or 0 for _words, days in known), default=0)
    return Table(
        _("各环节用时"),
        _("环节"),
        (_("次数"), _("中位数（工作日）")),
        tuple(
            Line(
                words,
                (Figure(str(days.count)), Figure(_median(days))),
                round(100 * (days.median or 0) / longest) if longest else 0,
            )
            for words, days in known
        ),
        _(
            "从进入的次日起算，到离开的当日；只计已经离开的，每进入一次算一次。"
            "不足 %(least)d 次的不显示；不按人统计。"
        )
        % {"least": spans.LEAST},
    )


def _median(days: spans.Days) -> str:
    return "—" if days.median is None else number_format(days.median, 1 if days.median % 1 else 0)


def recommended(bodies: Iterable[places.Body], leads: Leads) -> Table:
    """What each body has recommended, of the places that it was given."""
    return Table(
        _("推荐与推荐名额"),
        _("初审机构"),
        (_("已推荐"), _("推荐名额")),
        tuple(
            Line(
                body.organization.name,
                (
                    leads.count(body.recommended, body=body.organization.pk, place="yes"),
                    Figure(_("不限") if body.places is None else str(body.places)),
                ),
                percent(body.recommended, body.places) if body.places else None,
            )
            for body in bodies
        ),
        _("推荐过、没有收回的都占名额，后来终止的也占；各机构按区划代码排列，不分先后。"),
    )


def failing(
    found: items.Failing, words: Mapping[int, str], leads: Leads, places_told: bool
) -> Table:
    """Items by places: of how many applications it was said that they do not meet the item."""
    heads = tuple(found.places) if places_told else ()
    most = found.most
    longest = most[0][1] if most else 0
    return Table(
        _("最常未达标的条目"),
        _("条目"),
        (_("合计"), *(found.places[head] for head in heads)),
        tuple(
            Line(
                words.get(item, str(item)),
                (
                    leads.count(count, unmet=item),
                    *(
                        leads.count(found.counts[item, head], unmet=item, area=asked_as(head))
                        for head in heads
                    ),
                ),
                percent(count, longest),
            )
            for item, count in most
        ),
        _(
            "初审或者核查曾认定未达标、并已告知申报单位的件数，后来补正的也计入；"
            "最多列 %(most)d 条。"
        )
        % {"most": items.MOST},
    )


def returned(found: Mapping[tuple[str, str], int]) -> Table:
    """What came back, by reason and by the step that returned it."""
    returning = [stage for stage in stages() if any(stage == one for one, _why in found)]
    whole = {why: sum(found.get((one, why), 0) for one in returning) for why in returns.REASONS}
    most = max(whole.values(), default=0)
    return Table(
        _("退回原因"),
        _("原因"),
        (_("合计"), *(_step_of(stage) for stage in returning)),
        tuple(
            Line(
                str(returns.REASONS[why]),
                tuple(
                    Figure(str(count))
                    for count in (total, *(found.get((one, why), 0) for one in returning))
                ),
                percent(total, most),
            )
            for why, total in whole.items()
            if total
        ),
        _("按补正清单的条次统计，收回的退回不计。"),
    )


def _step_of(stage: str) -> str:
    step = stages()[stage].step
    return str(step.label if step else stages()[stage].words)


def verdicts(found: Mapping[Hands, Agreement]) -> Table:
    """How far self-assessment, first review and site say the same of an item."""
    told = {hands: one for hands, one in found.items() if one.count >= spans.LEAST}
    return Table(
        _("三方结论是否一致"),
        _("比较"),
        (_("比较的条次"), _("结论相同"), _("一致性系数 κ")),
        tuple(
            Line(
                str(hands.label),
                (Figure(str(one.count)), Figure(f"{one.percent}%"), Figure(_kappa(one))),
                one.percent,
            )
            for hands, one in told.items()
        ),
        _("κ 为 1 是完全一致，0 与随意判断无异；不足十条次或者结论都相同时不算。"),
    )


def _kappa(one: Agreement) -> str:
    return "—" if one.kappa is None else number_format(one.kappa, 2)
