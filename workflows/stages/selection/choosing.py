"""A meeting is recorded, once, and carries its applications on: all of them, or none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Method, RoundCategory
from designation.site import clock, endings, seen_whole
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import day
from standards.language import of_the_record

from ... import door
from ...case.facts import Act
from ...door import Asked, How
from . import announcements
from .candidates import Candidates, hindering, left, offered, verified
from .models import Selection, SelectionRow
from .order import Decided, Outcome, decided_ties, departing

PASSAGES: Mapping[Outcome, str] = {
    Outcome.CHOSEN: "choose",
    Outcome.RESERVE: "put_in_reserve",
    Outcome.NOT_CHOSEN: "leave_out",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting as it is recorded; ``tie_decided``: how it chose among those tied."""

    name: str
    held_on: date
    attendance: str
    stood_aside: str
    result: str
    voting: str = ""
    tie_decided: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the meeting decided of one; ``number`` None counts those in reserve as they come."""

    outcome: Outcome
    number: int | None = None
    reason: str = ""
    votes: int | None = None


class NotDecided(Refusal):
    """The meeting cannot be recorded so; ``by_row`` holds what concerns one application."""

    def __init__(
        self, findings: Iterable[Finding], by_row: Mapping[int, list[Finding]] | None = None
    ) -> None:
        self.by_row = dict(by_row or {})
        rows = [finding for found in self.by_row.values() for finding in found]
        super().__init__([*findings, *rows])
        self.general = self.findings[: len(self.findings) - len(rows)]


@endings.act()
def record(
    entry: RoundCategory,
    meeting: Meeting,
    said: Mapping[int, Said],
    *,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
    **how: Unpack[How],
) -> Selection:
    """Record what a meeting decided of everybody verified in a category, and carry it out.

    ``said`` is by application; ``seen`` the form that was sent: it showed whom there was to
    decide on. Raises NotDecided when the actor does not coordinate the round or has to step
    aside from one, when the list has changed, when more are chosen than there are places, when
    a tie is decided without the meeting's words, when the list departs from the order without a
    reason, and when the meeting lies in the future or before the round. Nothing is written then.
    """
    if not seats(actor).holds_over(entry.round.jurisdiction.code, Role.COUNTY_COORDINATOR):
        raise NotDecided([_finding("not_permitted", _("请由本辖区的县级经办人登记。"))])
    rows = list(verified(entry).order_by("pk").select_for_update(of=("self",)))
    # Behind its applications, as whoever takes a place of it waits for it.
    entry = (
        RoundCategory.objects.select_for_update(of=("self",))
        .select_related("round__jurisdiction")
        .get(pk=entry.pk)
    )
    if gone := _changed(entry, rows, said, seen):
        raise NotDecided(gone)
    candidates = Candidates(entry, {pk: one.votes for pk, one in said.items()})
    decided = _decided(candidates, said)
    _refuse_what_is_amiss(candidates, meeting, said, decided, actor)
    code = entry.round.jurisdiction.code
    asked = Asked(actor, **how).by_seat(Role.COUNTY_COORDINATOR, {"code": code})
    selection = _written(candidates, meeting, asked)
    _write_rows(selection, candidates, said, decided)
    _carry_out(selection, said, asked)
    announcements.recorded(selection, actor=actor)
    events.append(_entry_of(selection))
    return selection


def _finding(code: str, message: str) -> Finding:
    return Finding(code, _("择优由会议研究决定"), message)


def _changed(
    entry: RoundCategory,
    rows: Iterable[Application],
    said: Mapping[int, Said],
    seen: Mapping[str, Any] | None,
) -> list[Finding]:
    """That the list is another than the one that was decided on; who left it is named."""
    now = {row.pk for row in rows}
    found = [
        _finding(
            "left_meanwhile",
            _("%(organization)s现为“%(stage)s”，不在核查合格之列，请看过现在的名单再登记。")
            % {"organization": row.organization.name, "stage": row.get_stage_display()},
        )
        for row in left(entry, set(said) - now)
    ]
    as_seen = seen is None or seen_whole.is_as_seen(seen, offered(entry))
    if not found and (not now or not as_seen or now != set(said)):
        message = _("名单在您打开页面后有变化，或者有单位没有填写结果，请看过现在的名单再登记。")
        found.append(_finding("changed_meanwhile", message))
    return found


def _decided(candidates: Candidates, said: Mapping[int, Said]) -> dict[int, Decided]:
    """What was decided of each, those in reserve with their numbers: as given, else as they come.

    Numbers count from the first that this meeting may give; one that was left out is 0.
    """
    waiting = [pk for pk in candidates.order if said[pk].outcome == Outcome.RESERVE]
    if any(said[pk].number is not None for pk in waiting):
        last = candidates.numbers_begin_after
        numbers = {pk: max((said[pk].number or 0) - last, 0) for pk in waiting}
    else:
        numbers = {pk: place for place, pk in enumerate(waiting, 1)}
    return {pk: Decided(one.outcome, numbers.get(pk, 0)) for pk, one in said.items()}


def _refuse_what_is_amiss(
    candidates: Candidates,
    meeting: Meeting,
    said: Mapping[int, Said],
    decided: Mapping[int, Decided],
    actor: Person,
) -> None:
    general = [
        *about_the_day(candidates.entry, meeting.held_on),
        *_about_the_places(candidates, said),
        *_about_the_reserve(candidates, decided),
    ]
    if decided_ties(candidates.placed, decided) and not meeting.tie_decided.strip():
        message = _("并列的单位结果不同，请在“并列的取舍”中写明会议如何决定。")
        general.append(_finding("tie_undecided", message))
    by_row: dict[int, list[Finding]] = {}
    for row in candidates.interested(actor):
        if said[row.pk].outcome == Outcome.DEFERRED:
            continue
        message = _(
            "您与%(organization)s有关，应当回避：请由另一位县级经办人登记，或者把它留待下次研究。"
        )
        told = _finding("interested", message % {"organization": row.organization.name})
        by_row.setdefault(row.pk, []).append(told)
    for pk, found in _hindered(candidates, said).items():
        by_row.setdefault(pk, []).extend(found)
    for pk in _unnumbered(candidates, said):
        message = _("没有排序，或者并列：候补次序由会议决定，请填写。")
        by_row.setdefault(pk, []).append(_finding("number_missing", message))
    for pk in departing(candidates.placed, decided, places=candidates.places_left):
        if not said[pk].reason.strip():
            message = _("结果与排序不一致，请写明会议的理由。")
            by_row.setdefault(pk, []).append(_finding("reason_missing", message))
    if general or by_row:
        raise NotDecided(general, by_row)


def _hindered(candidates: Candidates, said: Mapping[int, Said]) -> dict[int, list[Finding]]:
    """Those put forward or in reserve of whom a department has still to say something."""
    named = (Outcome.CHOSEN, Outcome.RESERVE)
    found = {case.application.pk: hindering(case) for case in candidates.heard}
    return {pk: told for pk, told in found.items() if told and said[pk].outcome in named}


def _unnumbered(candidates: Candidates, said: Mapping[int, Said]) -> list[int]:
    """Those in reserve of whom neither the order nor the meeting says who comes first."""
    waiting = [pk for pk in candidates.order if said[pk].outcome == Outcome.RESERVE]
    if any(said[pk].number is not None for pk in waiting):
        return []
    places = {one.key: one.place for one in candidates.placed}
    sharing = Counter(places.get(pk) for pk in waiting)
    return [pk for pk in waiting if sharing[places.get(pk)] > 1]


def about_the_day(entry: RoundCategory, held_on: date) -> Iterable[Finding]:
    """That the meeting was held by today, and since the round takes applications."""
    opened = entry.round.opens_at.astimezone(clock.SHANGHAI).date()
    if held_on > clock.today():
        yield _finding("meeting_in_future", _("会议日期不能晚于今天。"))
    elif held_on < opened:
        told = _("会议日期早于本批次开始申报的日期（%(opened)s），请核对。")
        yield _finding("meeting_before_round", told % {"opened": day(opened)})


def _about_the_places(candidates: Candidates, said: Mapping[int, Said]) -> Iterable[Finding]:
    chosen = sum(one.outcome == Outcome.CHOSEN for one in said.values())
    left = candidates.places_left
    if left is not None and chosen > left:
        yield _finding(
            "too_many_chosen",
            _("已选 %(chosen)s 家，只有 %(left)s 个名额，请减少 %(over)s 家。")
            % {"chosen": chosen, "left": left, "over": chosen - left},
        )


def _about_the_reserve(candidates: Candidates, decided: Mapping[int, Decided]) -> Iterable[Finding]:
    most = candidates.entry.reserve
    numbers = [one.number for one in decided.values() if one.outcome == Outcome.RESERVE]
    if most is not None and len(numbers) > most:
        yield _finding(
            "too_many_in_reserve",
            _("候补最多 %(most)s 家，现在列了 %(count)s 家。")
            % {"most": most, "count": len(numbers)},
        )
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield _finding(
            "reserve_not_numbered",
            _("候补次序要从 %(first)s 起依次编号，不重复、不空缺；也可以都不填，按排序编号。")
            % {"first": candidates.numbers_begin_after + 1},
        )


def _written(candidates: Candidates, meeting: Meeting, asked: Asked) -> Selection:
    entry = candidates.entry
    return Selection.objects.create(
        round=entry.round,
        category=entry.category,
        meeting_name=meeting.name,
        meeting_on=meeting.held_on,
        meeting_attendance=meeting.attendance,
        stood_aside=meeting.stood_aside,
        voting=meeting.voting,
        meeting_result=meeting.result,
        tie_decided=meeting.tie_decided,
        rule=rule_of(candidates),
        recorded_by=asked.person,
        role=Role.COUNTY_COORDINATOR,
        acted_for=asked.acting_for,
        request_key=asked.request_key,
        recorded_at=clock.now(),
    )


def _write_rows(
    selection: Selection,
    candidates: Candidates,
    said: Mapping[int, Said],
    decided: Mapping[int, Decided],
) -> None:
    """Everybody who was before the meeting, in the order in which it saw them."""
    departs = departing(candidates.placed, decided, places=candidates.places_left)
    places = {one.key: one for one in candidates.placed}
    last = candidates.numbers_begin_after
    SelectionRow.objects.bulk_create(
        SelectionRow(
            selection=selection,
            application_id=pk,
            proposed_place=places[pk].place if pk in places else None,
            is_tied=pk in places and places[pk].is_tied,
            figures=[None if one is None else str(one) for one in candidates.figures[pk]],
            votes=said[pk].votes,
            outcome=said[pk].outcome.value,
            reserve_place=last + decided[pk].number if decided[pk].number else None,
            departs=pk in departs,
            reason=said[pk].reason.strip(),
        )
        for pk in candidates.order
    )


def rule_of(candidates: Candidates) -> dict[str, Any]:
    """How the round says it is settled, as it is now."""
    entry = candidates.entry
    return {
        "method": entry.method,
        "document": entry.method_document,
        "ties": entry.ties if entry.method == Method.ORDER else "",
        "places": candidates.places_left,
        "reserve": entry.reserve,
        "figures": [
            {"kind": one.kind, "check": one.check_code, "direction": one.direction}
            for one in candidates.named
        ],
    }


def _carry_out(selection: Selection, said: Mapping[int, Said], asked: Asked) -> None:
    """Each through the door, with what the meeting said of it."""
    decided = selection.rows.exclude(outcome=Outcome.DEFERRED.value)
    for row in decided.order_by("application"):
        door.follow(
            f"application.{PASSAGES[said[row.application_id].outcome]}",
            [row.application_id],
            asked=asked,
            act=Act(opinion=_opinion(selection, row), selection_id=selection.pk),
        )


@of_the_record()
def _opinion(selection: Selection, row: SelectionRow) -> str:
    """What its record and its message say."""
    day = selection.meeting_on
    told = {
        "meeting": selection.meeting_name,
        "day": f"{day.year}年{day.month}月{day.day}日",
        "number": row.reserve_place,
    }
    words = {
        Outcome.CHOSEN: _("经%(day)s%(meeting)s研究，列为拟命名。"),
        Outcome.RESERVE: _("经%(day)s%(meeting)s研究，列为候补第 %(number)s 位。"),
        Outcome.NOT_CHOSEN: _("达到标准；经%(day)s%(meeting)s研究，因名额有限没有入选。"),
    }[Outcome(row.outcome)]
    reason = _("理由：%(reason)s") % {"reason": row.reason} if row.reason else ""
    return (words % told) + reason


def _entry_of(selection: Selection) -> events.Entry:
    counts = {outcome.value: 0 for outcome in Outcome}
    for outcome in selection.rows.values_list("outcome", flat=True):
        counts[outcome] += 1
    return events.Entry(
        actor=selection.recorded_by,
        action="selection.record",
        subject=selection,
        jurisdiction_code=selection.round.jurisdiction.code,
        role=selection.role,
        details={"meeting": selection.meeting_name, **counts},
    )
