"""Renaming: the former name is kept with its dates, and goes on finding what bore it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.prepared import Prepared, one_of
from designation.site.sameness import key_of

from .initials import letters
from .models import FormerName, Jurisdiction, Organization, Person
from .pairs import paired

Renamable = Organization | Jurisdiction | Person

_MOST_RENAMED = 20
_NOUNS: dict[type[models.Model], str] = {
    Organization: "organization",
    Jurisdiction: "jurisdiction",
    Person: "person",
}


def borne(thing: Renamable) -> tuple[str, str]:
    """The names now, in Chinese and in English; people have the one."""
    return thing.name_borne, getattr(thing, "name_en", "")


def keep(thing: Renamable, former: tuple[str, str], *, on: date, actor: Person) -> FormerName:
    """Keep ``former``, the names of ``thing`` until it was renamed ``on`` that day."""
    last = thing.former_names.first()
    name_zh, name_en = former
    return FormerName.objects.create(
        **{_NOUNS[type(thing)]: thing},
        name_zh=name_zh,
        name_en=name_en,
        borne_from=last.borne_until if last else None,
        borne_until=on,
        renamed_by=actor,
        recorded_at=clock.now(),
    )


def borne_with_the_area(organization: Organization, day: date) -> dict[str, str]:
    """The names that the organization and its area bore on ``day``, in both languages.

    In one statement; keys are those of a title: name_zh, name_en, area_name_zh, area_name_en.
    """
    area = organization.jurisdiction
    (name_zh, name_en), (area_zh, area_en) = borne(organization), borne(area)
    later = FormerName.objects.filter(
        Q(organization=organization) | Q(jurisdiction=area), borne_until__gt=day
    )
    # The oldest of those given up after the day comes last, and stands.
    for former in later.order_by("-borne_until", "-pk"):
        if former.organization_id is not None:
            name_zh, name_en = former.name_zh, former.name_en
        else:
            area_zh, area_en = former.name_zh, former.name_en
    return {
        "name_zh": name_zh,
        "name_en": name_en,
        "area_name_zh": area_zh,
        "area_name_en": area_en,
    }


def called(text: str, kind: type[Renamable], path: str = "") -> Q:
    """That the ``kind`` at ``path`` (itself where empty) bears or bore a name with ``text`` in it.

    In whatever spelling: width, blanks and code points make no difference to a Chinese name. Of
    organizations letters are also asked as initials of any of their names.
    A condition of one statement without a join: nothing is found twice. Of an organization's own
    names an index answers, whatever the number of them.
    """
    noun, prefix = _NOUNS[kind], f"{path}__" if path else ""
    former = FormerName.objects.filter(_bears(text, kind), **{f"{noun}__isnull": False})
    bears = _bears(text, kind, prefix)
    if kind is Organization:
        bears &= paired(key_of(text), prefix) | paired(text, prefix)
    return Q(one_of(path or "pk", ArraySubquery(former.order_by().values(noun)))) | bears


def _bears(text: str, kind: type[Renamable], prefix: str = "") -> Q:
    bears = Q(**{f"{prefix}name_key__contains": key_of(text)})
    if kind is Organization:
        bears |= in_letters(text, prefix)
    elif kind is not Person:
        bears |= Q(**{f"{prefix}name_en__icontains": text})
    return bears


def in_letters(text: str, prefix: str = "") -> Q:
    """That ``text`` is in the English name, or is initials of the Chinese one."""
    bears = Q(**{f"{prefix}name_en__icontains": text})
    if typed := letters(text):
        bears |= Q(**{f"{prefix}name_initials__contains": typed})
    return bears


def also_called(text: str) -> set[str]:
    """Every name, present or former, of the renamed organizations that ``text`` finds.

    At most the first 20 of them, our default: a text that finds more finds enough by itself.
    """
    renamed = FormerName.objects.filter(organization__isnull=False).values("organization")
    found = Organization.objects.filter(called(text, Organization), pk__in=renamed)
    return {
        name
        for one in found.prefetch_related("former_names")[:_MOST_RENAMED]
        for name in (one.name_zh, *(former.name_zh for former in one.former_names.all()))
    }


@Prepared
def _kept(*keys: Any) -> QuerySet[FormerName]:
    """By the keys of each kind that can be renamed, in the order of ``_NOUNS``."""
    condition = Q(pk__in=())
    for noun, among in zip(_NOUNS.values(), keys, strict=True):
        condition |= Q(one_of(noun, among))
    return FormerName.objects.filter(condition).order_by("borne_until", "pk")


def read(things: Iterable[Renamable | None]) -> None:
    """Read the former names of all of ``things``, of whatever kinds, in one statement."""
    asked = [thing for thing in things if thing is not None]
    kept = _kept(*([one.pk for one in asked if isinstance(one, kind)] for kind in _NOUNS))
    for thing in asked:
        noun = _NOUNS[type(thing)]
        thing.names_kept = [name for name in kept if getattr(name, f"{noun}_id") == thing.pk]


def who_acted(records: Iterable[Any]) -> Iterator[Person | None]:
    """Whoever is named beside what ``records`` keep (``actor``, ``acted_for``), to be ``read``."""
    return (person for one in records for person in (one.actor, one.acted_for))


def by_whom(record: Any, day: date) -> str:
    """Who did what ``record`` keeps (``actor``), and in whose place (``acted_for``).

    By the names that they bore on ``day``; "" where nobody did it.
    """
    if record.actor is None:
        return ""
    name: str = record.actor.name_on(day)
    if record.acted_for is None:
        return name
    return _("%(deputy)s代%(name)s") % {"deputy": name, "name": record.acted_for.name_on(day)}


def last_former_name(noun: str, path: str) -> Subquery:
    """The name that the ``noun`` at ``path`` bore last before its present one, or NULL."""
    bore = FormerName.objects.filter(**{noun: OuterRef(path)}).order_by("-borne_until", "-pk")
    return Subquery(bore.values("name_zh")[:1])


def areas_beside(area: Jurisdiction) -> QuerySet[Jurisdiction]:
    """Those of the same superior, itself included, among which a name stands once."""
    return Jurisdiction.objects.filter(parent=area.parent_id)


def organizations_in(area: Jurisdiction | None) -> QuerySet[Organization]:
    """Those of the area, among which a name stands once; of one not saved yet, none."""
    return Organization.objects.filter(jurisdiction=area.pk if area else None)
