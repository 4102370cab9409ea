"""The year of a county: its draw, whom it re-checks, and whom it asks for a self-report.

By one act, once a year: all in the last year of their term are re-checked, of the others the drawn,
and the rest reports on itself. Whoever comes to it later is entered by itself (``enter``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.calendar.working_days import CalendarUnknown, calendar, last_day
from designation.organizations.models import (
    Jurisdiction,
    Organization,
    Person,
    Role,
    county_code,
)
from designation.organizations.rules import seats, serves
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock, endings
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal
from standards.characters import line

from ..door import not_permitted
from . import announcements, drawing, due
from .models import OVER, Draw, Recheck, RecheckStep, SelfReport, Standing
from .queries import open_recheck
from .rules import drawing_role

_MOST_SEED, _MOST_SOURCE = 80, 200


@dataclass(frozen=True, slots=True)
class Eligible:
    """The titles of a county in a year that is not drawn yet, each list by number.

    ``carried`` is how many are in neither because a re-check of an earlier year looks at them.
    """

    last_year: Sequence[Designation]
    others: Sequence[Designation]
    carried: int = 0

    @property
    def numbers(self) -> list[str]:
        return [title.number for title in self.others]

    @property
    def fewest(self) -> int:
        return drawing.fewest(len(self.others))


def in_force(area: Jurisdiction, today: date) -> QuerySet[Designation]:
    """The titles of the county that are in force, with their last day, by number."""
    within = register.in_force(today).filter(jurisdiction__code__startswith=area.prefix)
    rows = register.titles(today).filter(pk__in=within.order_by().values("pk"))
    return rows.order_by("number")


def eligible(area: Jurisdiction, today: date) -> Eligible:
    """Who is all in, and who is drawn from; whoever is looked at already is in neither."""
    looked_at = _looked_at_in(today.year)
    titles = list(in_force(area, today).exclude(pk__in=looked_at.values("title")))
    of_before = looked_at.filter(year__lt=today.year).values("title")
    carried = in_force(area, today).filter(pk__in=of_before).count()
    seen = _seen_in_their_last_year(titles)
    bound = drawing.last_year_until(today)
    last_year = [one for one in titles if one.until <= bound and one.pk not in seen]
    known = {one.pk for one in last_year}
    others = [one for one in titles if one.pk not in known]
    return Eligible(last_year, others, carried)


def _looked_at() -> QuerySet[Recheck]:
    """The re-checks by which a title is looked at; one that was dropped saw nothing to its end."""
    return Recheck.objects.exclude(standing=Standing.DROPPED)


def _looked_at_in(year: int) -> QuerySet[Recheck]:
    """Those of the year, and of an earlier one that was still open in it: that covers the title.

    A second beside it would be held by the same visit and proposed for the same fault. Once it is
    over it was a look in this year, and in the last year of the term where that has begun.
    """
    settled = RecheckStep.objects.filter(
        recheck=OuterRef("pk"), act__in=("conclude", "revoke"), at__year__gte=year
    )
    carried = Q(year__lt=year) & (~Q(standing__in=OVER) | Q(Exists(settled)))
    return _looked_at().filter(Q(year=year) | carried)


def _seen_in_their_last_year(titles: Iterable[Designation]) -> set[int]:
    """Those re-checked for this very end of their term in another year: once is enough."""
    ends = {one.pk: one.until for one in titles}
    rows = _looked_at().filter(title__in=ends, why=Recheck.Why.LAST_YEAR)
    return {row.title_id for row in rows if ends[row.title_id] == row.until}


def come_later(drawn: Draw, today: date) -> QuerySet[Designation]:
    """Titles that the year has neither: given since the draw, or renewed, or restored.

    A report that was excused is none, and a re-check that was dropped, once a title is restored.
    """
    rechecked = _looked_at_in(drawn.year)
    reports = SelfReport.objects.filter(year=drawn.year, excused_at=None)
    taken = Q(pk__in=rechecked.values("title")) | Q(pk__in=reports.values("title"))
    taken_up = Designation.objects.filter(taken).order_by().values("pk")
    return in_force(drawn.jurisdiction, today).exclude(pk__in=taken_up)


def entered_last_year(drawn: Draw, today: date) -> QuerySet[Designation]:
    """Of those not re-checked this year, who came into the last year of their term since.

    Of the term as it is known now: one that was renewed is seen once more in its last year.
    """
    rechecked = _looked_at_in(drawn.year).values("title")
    for_this_end = _looked_at().filter(
        title=OuterRef("pk"), why=Recheck.Why.LAST_YEAR, until=OuterRef("until")
    )
    rows = in_force(drawn.jurisdiction, today).exclude(pk__in=rechecked)
    bound = drawing.last_year_until(today)
    last: QuerySet[Any] = rows
    return last.filter(~Exists(for_this_end), until__lte=bound)


def draw(area: Jurisdiction, *, seed: str, source: str, count: int | None, actor: Person) -> Draw:
    """Draw the year of a county; ``count`` None is the fewest. All of it is done, or nothing.

    Raises Refusal for who does not coordinate the county, a second draw in a year, fewer than the
    share, and a seed of which nobody could find whence it is.
    """
    today = clock.today()
    role = drawing_role(actor, area.code)
    if role is None:
        raise not_permitted()
    with endings.act():
        _wait_for_the_year_of(area.code)
        _wait_for_the_titles_of(area)
        found = eligible(area, today)
        wanted = found.fewest if count is None else count
        seed, source = drawing.as_seen(line(seed)), line(source)
        faults = [*_faults_of_seed(seed, source), *_faults_of_count(found, wanted)]
        if Draw.objects.filter(jurisdiction=area, year=today.year).exists():
            raise Refusal.because(
                "drawn_already",
                _("%(year)s 年已经抽取过，一年只抽取一次。") % {"year": today.year},
                rule=_("一年只抽取一次"),
            )
        if faults:
            raise Refusal(faults)
        by_seed = {"seed": seed, "source": source, "count": wanted}
        made = _recorded(area, found, actor=actor, role=role, **by_seed)
        _carry_out(made, found, actor, role)
    return made


def _wait_for_the_year_of(area_code: str) -> None:
    """Wait for whoever draws in the county around, or enters a title there; before any title.

    Whoever acts on a title while it is drawn does not wait for this.
    """
    county = county_code(area_code)
    rows = Jurisdiction.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(code=county).values_list("pk"))


def _wait_for_the_titles_of(area: Jurisdiction) -> None:
    """What is read from then on is how they stand until the draw is over."""
    rows = Designation.objects.select_for_update(of=("self",))
    within = rows.filter(jurisdiction__code__startswith=area.prefix)
    list(within.order_by("pk").values_list("pk"))


def _faults_of_seed(seed: str, source: str) -> Iterable[Finding]:
    rule = _("抽取种子公开、可查")
    if not 0 < len(seed) <= _MOST_SEED:
        yield Finding("no_seed", rule, _("请填写抽取种子，如当日公开的开奖号码。"), field="seed")
    if not 0 < len(source) <= _MOST_SOURCE:
        yield Finding("no_source", rule, _("请写明种子从哪里来，让别人查得到。"), field="source")


def _faults_of_count(found: Eligible, wanted: int) -> Iterable[Finding]:
    if not found.fewest <= wanted <= len(found.others):
        yield Finding(
            "count_out_of_range",
            _("抽取不少于百分之十"),
            _("请填 %(least)s 至 %(most)s 之间的数。")
            % {"least": found.fewest, "most": len(found.others)},
            field="count",
        )


def _recorded(
    area: Jurisdiction, found: Eligible, *, actor: Person, role: Role, **by_seed: Any
) -> Draw:
    listed = drawing.in_order(found.numbers)
    made = Draw.objects.create(
        jurisdiction=area,
        year=clock.today().year,
        listed=listed,
        digest=drawing.digest(listed),
        actor=actor,
        role=role,
        acted_for=seats(actor).in_whose_place(role, code=area.code),
        at=clock.now(),
        **by_seed,
    )
    details = {name: getattr(made, name) for name in ("year", "count", "seed", "digest")}
    _log("draw.make", made, area.code, details, actor=actor, role=role)
    return made


def _carry_out(made: Draw, found: Eligible, actor: Person, role: Role) -> None:
    """Enter the re-checks, and ask all others to report."""
    chosen = set(drawing.drawn(made.listed, seed=made.seed, count=made.count))
    for title in found.last_year:
        _enter(title, Recheck.Why.LAST_YEAR, actor=actor, role=role, draw=made)
    for title in found.others:
        if title.number in chosen:
            _enter(title, Recheck.Why.DRAWN, actor=actor, role=role, draw=made)
    _ask_to_report([one for one in found.others if one.number not in chosen], made, actor, role)


def _ask_to_report(titles: Sequence[Designation], made: Draw, actor: Person, role: Role) -> None:
    """In December by a day of the next year: where nobody reports, no calendar has to know that."""
    if not titles:
        return
    report_by = _report_by()
    for title in titles:
        _ask(title, made, report_by, actor, role)


def _report_by() -> date:
    try:
        return last_day(calendar().deadline(clock.now(), due.REPORT_DAYS))
    except CalendarUnknown as unknown:
        raise Refusal.because("calendar_unknown", str(unknown)) from unknown


def _enter(
    title: Any, why: Recheck.Why, *, actor: Person, role: Role, draw: Draw | None, reason: str = ""
) -> Recheck:
    today = clock.today()
    if draw is None and why == Recheck.Why.LAST_YEAR and _seen_in_their_last_year([title]):
        why = Recheck.Why.REASON
    recheck = Recheck.objects.create(
        title=title,
        year=today.year,
        why=why,
        reason=reason,
        draw=draw,
        until=title.until,
        due_on=min(date(today.year, 12, 31), title.until),
        at=clock.now(),
    )
    due.begin_recheck(recheck)
    announcements.entered(recheck, register.holder(title), actor, role)
    return recheck


def _ask(title: Any, made: Draw, report_by: date, actor: Person, role: Role) -> None:
    report = SelfReport.objects.create(
        title=title, year=made.year, draw=made, due_on=report_by, at=made.at
    )
    holder = register.holder(title)
    due.begin_report(report, holder)
    announcements.of_report("self_report.ask", report, holder, actor, role)


def enter(title: Designation, *, reason: str, actor: Person) -> Recheck:
    """Re-check a title this year beside the draw: for a reason, or in the last year of its term.

    Its self-report, where one is still awaited, is excused. Raises Refusal for who does not
    coordinate its area or belongs to its holder, a title that is not in force, one of which a
    re-check is still open, and without a reason.
    """
    today = clock.today()
    with endings.act():
        _wait_for_the_year_of(title.jurisdiction.code)
        Designation.objects.select_for_update(of=("self",)).get(pk=title.pk)
        held = register.titles(today).get(pk=title.pk)
        holder = register.holder(held)
        role = _entering_role(actor, held.jurisdiction.code, holder)
        _refuse_to_enter(held, reason.strip(), today)
        is_last = held.until <= drawing.last_year_until(today)
        why = Recheck.Why.LAST_YEAR if is_last else Recheck.Why.REASON
        how: dict[str, Any] = {"actor": actor, "role": role}
        entered = _enter(held, why, draw=None, reason=reason.strip(), **how)
        _excuse(held, holder, **how)
        details = {"organization": holder.name_zh, "reason": entered.reason}
        _log("recheck.enter", entered, held.jurisdiction.code, details, **how)
    return entered


def _entering_role(actor: Person, code: str, holder: Organization) -> Role:
    role = drawing_role(actor, code)
    hands = seats(actor).hands(Role.COUNTY_COORDINATOR, code=code)
    if role is None or any(serves(one, holder) for one in hands):
        raise not_permitted()
    return role


def _refuse_to_enter(title: Designation, reason: str, today: date) -> None:
    if len(reason) < LEAST_REASON:
        said = _("请写明复核的理由，不少于 %(least)s 个字。") % {"least": LEAST_REASON}
        raise Refusal([Finding("reason_too_short", _("写明理由"), said, field="reason")])
    if shut := keeps_from_entering(title, today):
        raise Refusal(shut)
    if (known := open_recheck(title)) is not None:
        raise Refusal.because(
            "rechecked_already",
            still_open(known),
            rule=_("上一次复核办结以后再次列入"),
        )


def keeps_from_entering(title: Designation, today: date) -> Sequence[Finding]:
    """Whatever the reason: said before that is typed. One whose re-check is open is led to that."""
    if register.in_force(today).filter(pk=title.pk).exists():
        return ()
    told = _("称号已不在有效期内，不再复核。")
    return (Finding("title_not_in_force", _("有效期内的称号才复核"), told),)


def still_open(known: Recheck) -> str:
    return _("这个称号 %(year)s 年的复核还没有办结，请在那一次复核中办理。") % {"year": known.year}


def _excuse(title: Designation, holder: Organization, *, actor: Person, role: Role) -> None:
    """None is asked in the year of a re-check; what was handed in stands."""
    rows = SelfReport.objects.select_for_update().filter(title=title, year=clock.today().year)
    for report in rows.filter(handed_in_at=None, excused_at=None):
        report.excused_at = clock.now()
        report.save(update_fields=["excused_at"])
        due.end(report, due.REPORT)
        announcements.of_report("self_report.excuse", report, holder, actor, role)


def _log(
    action: str, subject: Any, code: str, details: dict[str, Any], *, actor: Person, role: Role
) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=subject,
            jurisdiction_code=code,
            role=role,
            acted_for=seats(actor).in_whose_place(role, code=code),
            details=details,
        )
    )
