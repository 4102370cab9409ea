"""The same content handed in elsewhere: by another organization, or in another round.

Said to who reviews, never to applicants: to have the same file tells nobody whose else it is. Named
is only what the reader may see; of all other use within the area of the round it is said that there
is some, for a photo that two townships handed in is seen by neither of their reviewers alone. What
another county holds is not asked, and drafts say nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONArray, JSONObject

from designation.applications.models import Evidence, Submission
from designation.organizations.models import Person
from designation.site.prepared import Prepared, within
from standards.language import in_language

from .facts import Case, in_force
from .scoping import visible_applications

# So many are named; our default.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Named:
    """An application that the reader may see, by its key and in words."""

    pk: int
    said: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """``more``: there is other use beside what is ``named``."""

    named: tuple[Named, ...]
    more: bool


def read(case: Case, person: Person) -> None:
    """Read the evidence of the case, with ``elsewhere`` where its content was handed in elsewhere.

    In the statement that reads the evidence anyway.
    """
    prefix = case.application.round.jurisdiction.prefix
    case.evidence = _read(case.application.pk, prefix, visible_applications(person))
    for file in case.evidence:
        if file.used_by:
            file.elsewhere = _told(file.used_by)


@Prepared
def _read(application: Any, prefix: Any, visible: Any) -> QuerySet[Any]:
    return in_force(application).annotate(used_by=ArraySubquery(_used(prefix, visible)))


def _used(prefix: Any, visible: Any) -> QuerySet[Evidence, Any]:
    """Of an outer file: who else handed its content in within the area of a division code."""
    named = Submission.objects.filter(
        application=OuterRef("application"),
        content__evidence__contains=JSONArray(JSONObject(id=OuterRef("pk"))),
    )
    same = Evidence.objects.filter(
        Exists(named),
        entry__stored=OuterRef("entry__stored"),
        application__area_code__startswith=prefix,
    )
    others = same.exclude(application=OuterRef("application")).order_by("-application", "pk")
    organization, round_ = "application__organization", "application__round"
    told = JSONObject(
        pk="application",
        organization=JSONArray(f"{organization}__name_zh", f"{organization}__name_en"),
        round=JSONArray(f"{round_}__name_zh", f"{round_}__name_en"),
        is_seen=within("application", visible),
    )
    return others.values(told=told)


def _told(rows: Iterable[Mapping[str, Any]]) -> Elsewhere:
    named, hidden = {}, False
    for row in rows:
        if row["is_seen"]:
            said = " · ".join(in_language(*row[name]) for name in ("organization", "round"))
            named[row["pk"]] = Named(row["pk"], said)
        hidden = hidden or not row["is_seen"]
    first = tuple(named.values())[:MOST_NAMED]
    return Elsewhere(first, hidden or len(named) > len(first))
