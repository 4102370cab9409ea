"""Who wrote which field of a row, and what stood there before.

A row keeps beside its values, by field, who wrote the present one: ``written`` in JSON. One
person's own saves fold into one until somebody else changes the field, or it is settled (handed
in, decided); a value that is not folded is superseded: kept as a FormerValue with its author.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from designation.organizations.models import Person
from designation.site import shown
from designation.site.shown import Merged, Seen, Told

from .models import Application, FormerValue


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote a value, when first and last, in how many saves."""

    person_id: int
    first_at: datetime
    last_at: datetime
    saves: int = 1

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["by"],
            datetime.fromisoformat(stored["first"]),
            datetime.fromisoformat(stored["last"]),
            stored["saves"],
        )

    def stored(self) -> dict[str, Any]:
        return {
            "by": self.person_id,
            "first": self.first_at.isoformat(),
            "last": self.last_at.isoformat(),
            "saves": self.saves,
        }


@dataclass(slots=True)
class Sheet:
    """The fields of one row as one person rewrites them.

    ``values`` are those now in the record; ``written`` is the row's own JSON, changed in place;
    ``known`` stands for fields of rows that are older than ``written``. What was written up to
    ``settled_at`` was handed in or decided upon: it is superseded, never folded into.
    """

    values: Mapping[str, Any]
    written: dict[str, Any]
    known: Authorship | None
    settled_at: datetime | None = None

    def author(self, name: str) -> Authorship | None:
        """Who wrote the present value; None where there never was one."""
        if name in self.written:
            return Authorship.read(self.written[name])
        return self.known if shown.digest(self.values.get(name)) else None

    def is_by(self, name: str, person: Person) -> bool:
        author = self.author(name)
        return author is not None and author.person_id == person.pk

    def merge(self, seen: Seen, sent: Mapping[str, Any], *, actor: Person) -> Merged:
        """Bring what ``actor`` sent together with the record: one's own words one may replace."""
        return shown.merge(seen, self.values, sent, is_mine=lambda name: self.is_by(name, actor))

    def rewrite(self, names: Iterable[str], *, actor: Person, at: datetime) -> list[FormerValue]:
        """Enter ``actor`` as author of ``names``; returns what is superseded, not yet saved."""
        superseded = []
        for name in sorted(names):
            before = self.author(name)
            if before is not None and self._folds(before, actor):
                last_at = max(at, before.last_at)
                after = Authorship(actor.pk, before.first_at, last_at, before.saves + 1)
            else:
                after = Authorship(actor.pk, at, at)
                if before is not None:
                    superseded.append(self._former(name, before, actor, at))
            self.written[name] = after.stored()
        return superseded

    def _folds(self, before: Authorship, actor: Person) -> bool:
        is_settled = self.settled_at is not None and before.last_at <= self.settled_at
        return before.person_id == actor.pk and not is_settled

    def _former(self, name: str, before: Authorship, actor: Person, at: datetime) -> FormerValue:
        return FormerValue(
            field=name,
            value=self.values.get(name),
            written_by_id=before.person_id,
            first_at=before.first_at,
            last_at=before.last_at,
            saves=before.saves,
            replaced_by=actor,
            replaced_at=at,
        )


def keep(
    superseded: Sequence[FormerValue], application: Application | None, subject: str, **place: Any
) -> list[FormerValue]:
    """Save what was superseded of ``subject``; ``place`` is its ``item`` and ``subject_id``.

    ``application`` is None of a visit that stands apart from any.

    Two servers' clocks differ: what was replaced was so at its last moment at the earliest.
    """
    for former in superseded:
        former.replaced_at = max(former.replaced_at, former.last_at)
        former.application, former.subject = application, subject
        for name, value in place.items():
            setattr(former, name, value)
    return FormerValue.objects.bulk_create(superseded)


def written_since(written: Mapping[str, Any], moment: datetime) -> bool:
    """Whether any field of a row was saved after ``moment``; ``written`` is the row's own JSON."""
    return any(Authorship.read(stored).last_at > moment for stored in written.values())


def of_others(superseded: Iterable[FormerValue]) -> list[FormerValue]:
    """Those that somebody else had written."""
    return [former for former in superseded if former.written_by_id != former.replaced_by_id]


def told(
    sheet: Sheet, conflicts: Mapping[str, Any], show: Callable[[str, Any], str]
) -> dict[str, Told]:
    """The conflicts as a page tells them, by field; ``show`` says a field's value in words."""
    authors = {name: sheet.author(name) for name in conflicts}
    wanted = {author.person_id for author in authors.values() if author is not None}
    names = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "full_name"))
    return {
        name: Told(
            name=name,
            theirs=show(name, stands),
            by=names[author.person_id] if author else "",
            at=author.last_at if author else None,
            digest=shown.digest(stands),
        )
        for (name, stands), author in zip(conflicts.items(), authors.values(), strict=True)
    }
