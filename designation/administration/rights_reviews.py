"""The quarterly review of rights (权限复核): every seat of an area, kept or withdrawn by hand.

GB/T 22239 asks that rights are gone through from time to time; once a quarter is assessors'
practice. It opens by itself with the quarter, and is finished when every line has its verdict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.site import clock, endings, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from designation.site.templatetags.moments import day
from designation.site.text import whole_number
from standards.language import of_the_record

from ..organizations.models import Jurisdiction, Person, Role, Seat
from ..organizations.rules import seats
from ..organizations.scoping import Administered
from ..organizations.tenure import in_force, not_over
from . import announcements, seating
from .models import ReviewedSeat, RightsReview, Verdict

READERS = (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
# Our defaults: who was down opens late, but not for a quarter that is well under way; and after
# how many working days whoever has not finished is reminded.
_OPENS_FOR = timedelta(days=14)
REMINDED_AFTER = 10
_SEAT = ("seat__person", "seat__organization__jurisdiction", "seat__jurisdiction")


# Which ones, and what stands on a line


def read_by(person: Person) -> QuerySet[RightsReview]:
    """Those of the areas that the person looks after. Raises Http404 for who reads none."""
    areas = Administered(person, *READERS).jurisdictions()
    rows = RightsReview.objects.filter(jurisdiction__in=areas)
    return rows.select_related("jurisdiction", "finished_by")


def chosen(person: Person, asked: Mapping[str, Any]) -> RightsReview | None:
    """The review that an address asks for, the latest where it asks for none that is theirs."""
    mine = read_by(person)
    number = whole_number(asked.get("review"))
    found = mine.filter(pk=number).first() if number is not None else None
    return found or mine.first()


def lines_of(review: RightsReview | None) -> QuerySet[ReviewedSeat]:
    """Of none, none."""
    return _lines().filter(review=review)


def lines_read_by(person: Person) -> QuerySet[ReviewedSeat]:
    """Those of all reviews that the person reads. Raises Http404 for who reads none."""
    return _lines().filter(review__in=read_by(person))


def _lines() -> QuerySet[ReviewedSeat]:
    """With all that ``said_of`` asks; the deputies in a statement of their own."""
    standing_in = Seat.objects.filter(not_over()).select_related("person")
    deputies = Prefetch("seat__deputies", standing_in.order_by("starts_on", "pk"), "standing_in")
    rows = ReviewedSeat.objects.select_related("by", "review__jurisdiction", *_SEAT)
    return rows.prefetch_related(deputies)


def is_open(review: RightsReview) -> bool:
    """Whether its lines may be ticked: it is not finished, and no later one has begun."""
    later = RightsReview.objects.filter(
        jurisdiction=review.jurisdiction_id, begins_on__gt=review.begins_on
    )
    return review.finished_at is None and not later.exists()


def may_tick(person: Person, review: RightsReview) -> bool:
    """Whether it is the person's to review: to read is the audit administrator's, too."""
    return seats(person).holds_over(review.jurisdiction.code, Role.SECURITY_ADMINISTRATOR)


def waiting(review: RightsReview | None) -> QuerySet[ReviewedSeat]:
    """The lines without a verdict whose seats are held yet."""
    return lines_of(review).filter(not_over("seat__"), verdict="")


@of_the_record()
def said_of(lines: Iterable[ReviewedSeat]) -> dict[int, dict[str, Any]]:
    """By key what stands on each line: as it was, where it has its verdict."""
    return {line.pk: line.shown or _said(line.seat) for line in lines}


def _said(seat: Any) -> dict[str, Any]:
    """``seat`` has its deputies read (``_lines``)."""
    person, begun = seat.person, seat.starts_on
    if begun is None and seat.begun_at is not None:
        begun = seat.begun_at.astimezone(clock.SHANGHAI).date()
    last = person.last_login and person.last_login.astimezone(clock.SHANGHAI).date()
    return {
        "person": person.full_name,
        "username": person.username,
        "is_active": person.is_active,
        "role": str(seat.get_role_display()),
        "place": seat.place.name_zh,
        "since": day(begun) if begun else "",
        "until": day(seat.ends_on) if seat.ends_on else "",
        "last_sign_in": day(last) if last else "",
        "deputies": [
            f"{one.person.full_name}（{day(one.starts_on)}—{day(one.ends_on)}）"
            for one in seat.standing_in
        ],
    }


def compared(said: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """What a tick rests on, by line: that somebody signed in meanwhile changes nothing of it."""
    return {
        str(pk): {name: value for name, value in line.items() if name != "last_sign_in"}
        for pk, line in said.items()
    }


# By time


def quarter_of(on: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)


def look() -> None:
    """Once a day: open what begins, and remind of what is not finished."""
    open_due()
    remind()


def open_due() -> None:
    """Open the review of a quarter that has just begun, for each area with somebody to do it.

    A transaction for each area: it may run twice, or be killed.
    """
    begins_on = quarter_of(clock.today())
    if clock.today() - begins_on >= _OPENS_FOR:
        return
    areas = _reviewed_areas()
    for area in areas:
        narrower = [one.prefix for one in areas if one != area and _lies_in(one, area)]
        with endings.act():
            rows = Jurisdiction.objects.select_for_update(of=("self",), skip_locked=True)
            for held in rows.filter(pk=area.pk):
                if not RightsReview.objects.filter(jurisdiction=held, begins_on=begins_on).exists():
                    open_review(held, begins_on, narrower)


def _lies_in(one: Jurisdiction, area: Jurisdiction) -> bool:
    return one.prefix.startswith(area.prefix)


def _reviewed_areas() -> list[Jurisdiction]:
    held = Q(
        in_force("seats__"),
        seats__role=Role.SECURITY_ADMINISTRATOR,
        seats__person__is_active=True,
    )
    return list(Jurisdiction.objects.filter(held).distinct().order_by("code"))


def open_review(area: Jurisdiction, begins_on: date, elsewhere: Iterable[str] = ()) -> RightsReview:
    """Open the review of a quarter with a line for each seat that is held in the area.

    ``elsewhere`` begin the codes of areas within that have a review of their own.
    """
    review = RightsReview.objects.create(
        jurisdiction=area, begins_on=begins_on, opened_at=clock.now()
    )
    held = _within(area.prefix)
    for prefix in elsewhere:
        held &= ~_within(prefix)
    rows = Seat.objects.own().filter(not_over()).filter(held).order_by("person__username", "pk")
    ReviewedSeat.objects.bulk_create(
        [ReviewedSeat(review=review, seat=seat) for seat in rows], batch_size=500
    )
    announcements.reviewed(review, "rights_review.open", count=len(rows))
    _record(review, "rights_review.open", {"count": len(rows)})
    return review


def _within(prefix: str) -> Q:
    return Q(jurisdiction__code__startswith=prefix) | Q(
        organization__jurisdiction__code__startswith=prefix
    )


def remind() -> None:
    """Remind once of each that is not finished ten working days after it began."""
    due = RightsReview.objects.filter(finished_at__isnull=True, reminded_at__isnull=True)
    for pk in [review.pk for review in due if _is_late(review)]:
        with endings.act():
            rows = due.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
            for review in rows.select_related("jurisdiction"):
                review.reminded_at = clock.now()
                review.save(update_fields=["reminded_at"])
                count = waiting(review).count()
                announcements.reviewed(review, "rights_review.remind", count=count)
                _record(review, "rights_review.remind", {"count": count})


def _is_late(review: RightsReview) -> bool:
    """Where the calendar ends nobody is late: its year is awaited."""
    begun = review.opened_at.astimezone(clock.SHANGHAI).date()
    try:
        return calendar().between(begun, clock.today()) >= REMINDED_AFTER and is_open(review)
    except CalendarUnknown:
        return False


# By hand


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the lines that were ticked: how many are kept, and which were not, and why."""

    count: int
    changed: list[ReviewedSeat]
    settled: list[ReviewedSeat]


@endings.act()
def keep(review: RightsReview, keys: Iterable[int], *, seen: Seen, actor: Person) -> Kept:
    """Keep the seats of these lines, as the page showed them (``seen``).

    What stands otherwise since then is left for another look, and what somebody settled meanwhile
    stays as it is. Raises Refusal for who does not review the area, and for a review that is over.
    """
    role = _reviewing(review, actor)
    rows = lines_of(review).filter(pk__in=list(keys)).select_for_update(of=("self",))
    ticked = list(rows.order_by("pk"))
    still = {line.pk for line in waiting(review).filter(pk__in=[line.pk for line in ticked])}
    said = said_of(ticked)
    digests = shown.digests(compared(said))
    open_ones = [line for line in ticked if line.pk in still]
    kept = [line for line in open_ones if seen.digests.get(str(line.pk)) == digests[str(line.pk)]]
    for line in kept:
        _settle(line, Verdict.KEPT, said[line.pk], actor)
    ReviewedSeat.objects.bulk_update(kept, ["verdict", "shown", "by", "at"], batch_size=500)
    if kept:
        _record(review, "rights_review.keep", {"count": len(kept)}, actor=actor, role=role)
    return Kept(
        len(kept),
        [line for line in open_ones if line not in kept],
        [line for line in ticked if line.pk not in still],
    )


@endings.act()
def withdraw(line: ReviewedSeat, *, actor: Person) -> None:
    """Withdraw the seat of a line: ended as any other is (``seating``), and on the line.

    Raises Refusal as ``keep`` and ``seating.end_seat`` do.
    """
    role = _reviewing(line.review, actor)
    held = lines_of(line.review).select_for_update(of=("self",)).get(pk=line.pk)
    if held.verdict:
        told = _("这一行已经核对过：%(verdict)s。") % {"verdict": held.get_verdict_display()}
        raise Refusal.because("settled_already", told)
    said = said_of([held])[held.pk]
    seating.end_seat(held.seat, actor=actor)
    _settle(held, Verdict.WITHDRAWN, said, actor)
    held.save(update_fields=["verdict", "shown", "by", "at"])
    details = {"person": said["person"], "role": held.seat.role, "place": held.seat.place}
    _record(line.review, "rights_review.withdraw", details, actor=actor, role=role)


@endings.act()
def finish(review: RightsReview, *, actor: Person) -> None:
    """Finish it; what ended otherwise meanwhile is written on its line.

    Raises Refusal as ``keep``, and while a line waits.
    """
    role = _reviewing(review, actor)
    left = waiting(review).count()
    if left:
        told = _("还有 %(count)d 行没有核对，请逐行选“保留”或者“收回”。") % {"count": left}
        raise Refusal.because("lines_wait", told)
    _write_what_ended(review)
    held = RightsReview.objects.get(pk=review.pk)
    held.finished_at, held.finished_by = clock.now(), actor
    held.save(update_fields=["finished_at", "finished_by"])
    counts = counted(held)
    announcements.review_finished(held, counts, actor=actor, role=role)
    _record(held, "rights_review.finish", counts, actor=actor, role=role)


def _write_what_ended(review: RightsReview) -> None:
    ended = list(lines_of(review).filter(verdict="").order_by("pk"))
    said = said_of(ended)
    for line in ended:
        line.verdict, line.shown = Verdict.ENDED, said[line.pk]
        line.at = line.seat.ended_at or clock.now()
    ReviewedSeat.objects.bulk_update(ended, ["verdict", "shown", "at"], batch_size=500)


def counted(review: RightsReview) -> dict[str, int]:
    """How many lines have each verdict."""
    rows = review.lines.order_by().values("verdict").annotate(count=Count("pk"))
    found = {row["verdict"]: row["count"] for row in rows}
    return {verdict.value: found.get(verdict.value, 0) for verdict in Verdict}


def _reviewing(review: RightsReview, actor: Person) -> Role:
    """The role in which the actor reviews; holds the review to the end of the transaction."""
    held = RightsReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not may_tick(actor, review):
        raise Refusal.because("not_allowed", _("权限复核由本辖区的安全管理员办理。"))
    if not is_open(held):
        raise Refusal.because("over", _("这次复核已经结束，不能再改。"))
    return Role.SECURITY_ADMINISTRATOR


def _settle(line: ReviewedSeat, verdict: Verdict, said: dict[str, Any], actor: Person) -> None:
    line.verdict, line.shown, line.by, line.at = verdict, said, actor, clock.now()


def _record(
    review: RightsReview,
    action: str,
    details: Mapping[str, Any],
    *,
    actor: Person | None = None,
    role: str = WithoutSeat.SYSTEM,
) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=review,
            jurisdiction_code=review.jurisdiction.code,
            role=role,
            details=details,
        )
    )
