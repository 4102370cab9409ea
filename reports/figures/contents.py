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
from designation.organizations.models import Person
from designation.rounds.models import Round
from workflows import reached
from workflows.declared import places as stages

from ..workload.agreement import percent
from . import funnel, places, rules, spans


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
    """``bar`` is the length of its bar, of a hundred; None where none is drawn."""

    words: str
    figures: tuple[Figure, ...]
    bar: int | None = None


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
        return any(line.bar is not None for line in self.lines)

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
