"""The same content handed in elsewhere: by another organization, or in another round.

Said to who reviews, never to applicants: to have the same file tells nobody whose else it is. Named
is only what the reader may see; of all other use it is said that there is some, for a photo that
two townships handed in is seen by neither of their reviewers alone. Drafts say nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONArray, JSONObject

from designation.applications.models import Application, Evidence, Submission
from designation.organizations.models import Person

from .facts import Case
from .scoping import visible_applications

# So many are named; our default.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """``named`` are applications that the reader may see; ``more`` that there is other use."""

    named: tuple[Application, ...]
    more: bool


def mark(case: Case, person: Person) -> None:
    """Set ``elsewhere`` on each file of the case whose content was handed in elsewhere, too.

    One statement; none where the case has no files.
    """
    files = {file.entry.stored_id: file for file in case.evidence}
    found: dict[int, list[Evidence]] = {}
    for row in _used(case, files, person) if files else ():
        found.setdefault(row.entry.stored_id, []).append(row)
    for stored, rows in found.items():
        files[stored].elsewhere = _told(rows)


def _used(case: Case, contents: Iterable[int], person: Person) -> Iterable[Evidence]:
    seen = visible_applications(person).order_by().values("pk")
    named = Submission.objects.filter(
        application=OuterRef("application"),
        content__evidence__contains=JSONArray(JSONObject(id=OuterRef("pk"))),
    )
    rows = Evidence.objects.filter(Exists(named), entry__stored__in=list(contents))
    return (
        rows.exclude(application=case.application)
        .annotate(is_seen=Q(application__in=seen))
        .select_related("entry", "application__organization", "application__round")
        .order_by("-application", "pk")
    )


def _told(rows: Iterable[Evidence]) -> Elsewhere:
    named = {row.application_id: row.application for row in rows if row.is_seen}  # type: ignore[attr-defined]
    hidden = any(not row.is_seen for row in rows)  # type: ignore[attr-defined]
    first = tuple(named.values())[:MOST_NAMED]
    return Elsewhere(first, hidden or len(named) > len(first))
