"""The first reviewer's marks, and the moment a submission is first opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from designation.applications import authorship, sittings
from designation.applications.models import Application, FormerValue, Room, Stage, Submission
from designation.organizations.models import Person
from designation.site import clock, shown
from designation.site.shown import Seen
from designation.site.tallies import PRESSED, Way
from standards.models import Item

from ...case import replaced, rules
from ...case.facts import Case
from ...case.held import lock_for
from ...door import not_permitted
from .models import ItemMark

_FOLDED = ("verdict", "comment", "marked_at", "saves")


def may_mark(case: Case, person: Person) -> bool:
    return case.application.stage == Stage.SUBMITTED and rules.is_first_reviewer(case, person)


def may_check(case: Case, person: Person) -> bool:
    """The county's paper check of what was recommended, before a visit."""
    return case.application.stage == Stage.RECOMMENDED and rules.is_county_coordinator(case, person)


def may_review(case: Case, person: Person) -> bool:
    """Whether the person decides on it now, after a first review or a check of the papers."""
    return may_mark(case, person) or may_check(case, person)


def open_submission(case: Case, person: Person) -> None:
    """The reviewer has seen it: from now on it cannot be recalled."""
    submission = case.application.submission
    if submission is not None and submission.opened_at is None and may_mark(case, person):
        Submission.objects.filter(pk=submission.pk, opened_at__isnull=True).update(
            opened_at=clock.now()
        )


# What a mark says: verdict and comment are one statement; "" where there is none.
Words = tuple[str, str]
MARK = "mark"


def field_of(code: str) -> str:
    """The name under which the mark of an item is shown and asked about."""
    return f"{MARK}-{code}"


def fields(marks: Mapping[str, ItemMark], codes: Iterable[str]) -> dict[str, Any]:
    """What a page over the items ``codes`` shows of the marks in force, by field."""
    return {field_of(code): mark.words if (mark := marks.get(code)) else "" for code in codes}


@dataclass(slots=True)
class _Work:
    """What a save comes to: marks voided, folded and new, and what is asked about."""

    application: Application
    actor: Person
    seen: Seen
    at: datetime
    voided: list[ItemMark] = field(default_factory=list)
    folded: list[ItemMark] = field(default_factory=list)
    new: list[ItemMark] = field(default_factory=list)
    conflicts: dict[str, ItemMark] = field(default_factory=dict)

    def take(self, item: Item, mark: ItemMark | None, verdict: str, comment: str) -> None:
        """Enter one item: nothing where nothing changed, nor while the verdict is missing."""
        name = field_of(item.code)
        typed = [verdict, comment] if verdict or comment else ""
        merged = shown.merge(
            self.seen,
            {name: mark.words if mark else ""},
            {name: typed},
            is_mine=lambda _name: mark is not None and mark.marked_by_id == self.actor.pk,
        )
        if mark is not None and merged.conflicts:
            self.conflicts[item.code] = mark
        elif merged.changed and verdict:
            self._enter(item, mark, verdict, comment)

    def _enter(self, item: Item, mark: ItemMark | None, verdict: str, comment: str) -> None:
        if mark is not None and mark.marked_by_id == self.actor.pk and mark.released_at is None:
            mark.verdict, mark.comment = verdict, comment
            mark.marked_at, mark.saves = max(self.at, mark.marked_at), mark.saves + 1
            self.folded.append(mark)
            return
        if mark is not None:
            mark.voided_at, mark.voided_by = self.at, self.actor
            self.voided.append(mark)
        self.new.append(self._mark(item, verdict, comment))

    def _mark(self, item: Item, verdict: str, comment: str) -> ItemMark:
        return ItemMark(
            application=self.application,
            # What is under review has been handed in: the database holds it to that.
            submission=cast("Submission", self.application.submission),
            item=item,
            verdict=verdict,
            comment=comment,
            marked_by=self.actor,
            first_marked_at=self.at,
            marked_at=self.at,
        )

    @property
    def codes(self) -> list[str]:
        """The items whose mark changed."""
        return sorted(mark.item.code for mark in (*self.folded, *self.new))

    @property
    def replaced(self) -> list[str]:
        """The items where another person's mark gave way."""
        others = {m.item_id for m in self.voided if m.marked_by_id != self.actor.pk}
        return sorted(mark.item.code for mark in self.new if mark.item_id in others)

    def write(self) -> None:
        """Former marks are kept twice: as they were, and where all that gave way is looked up."""
        ItemMark.objects.bulk_update(self.voided, ["voided_at", "voided_by"])
        ItemMark.objects.bulk_update(self.folded, _FOLDED)
        ItemMark.objects.bulk_create(self.new)
        former = [self._former(mark) for mark in self.voided]
        authorship.keep(former, self.application, FormerValue.Subject.MARK)

    def _former(self, mark: ItemMark) -> FormerValue:
        return FormerValue(
            subject_id=mark.pk,
            item_id=mark.item_id,
            field=MARK,
            value=mark.words,
            written_by_id=mark.marked_by_id,
            first_at=mark.first_marked_at,
            last_at=mark.marked_at,
            saves=mark.saves,
            replaced_by=self.actor,
            replaced_at=self.at,
        )


@transaction.atomic
def mark_all(
    application: Application,
    verdicts: Mapping[Item, Words],
    *,
    actor: Person,
    seen: Seen | None = None,
    rest: str = "",
    way: Way = PRESSED,
) -> dict[str, ItemMark]:
    """Bring verdict and comment sent for each item together with the marks that stand.

    An empty verdict was not chosen, and takes none away; ``rest`` is that of every item sent
    without one that has no mark in the record, asked under the lock. A mark of somebody else, or
    one that was released, is voided and kept beside the new one; one's own is folded into.
    Returns, by item code, the mark of another who changed it meanwhile: it stands until this
    person has chosen.

    Raises Refusal when the application has moved on, or the person may not.
    """
    locked = lock_for(application, may_mark, actor)
    return mark_held(
        Case(locked, actor=actor), verdicts, actor=actor, seen=seen, rest=rest, way=way
    )


def mark_held(
    case: Case,
    verdicts: Mapping[Item, Words],
    *,
    actor: Person,
    seen: Seen | None = None,
    rest: str = "",
    way: Way = PRESSED,
) -> dict[str, ItemMark]:
    """As ``mark_all``, while the caller holds the application of ``case``."""
    role = rules.is_first_reviewer.role(case, actor)
    if role is None:
        raise not_permitted()
    locked = case.application
    standing = locked.marks.filter(voided_at__isnull=True).select_related("marked_by")
    in_force = {mark.item_id: mark for mark in standing}
    work = _Work(locked, actor, seen or Seen(), clock.now())
    for item, (verdict, comment) in verdicts.items():
        mark = in_force.get(item.pk)
        if mark is not None:
            if not (verdict or comment):
                # Given while the page stood open, on which nothing was given to it.
                continue
            mark.item = item
        given = verdict or (mark.verdict if mark is not None else rest)
        work.take(item, mark, given, comment)
    work.write()
    sittings.note(
        locked,
        work.codes,
        room=Room.FIRST_REVIEW,
        actor=actor,
        role=role,
        way=way,
    )
    replaced.append(locked, work.replaced, actor=actor, role=role)
    return work.conflicts
