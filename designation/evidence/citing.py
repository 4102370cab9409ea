"""What cites evidence: each room above says so once, of its own kind of subject.

Who may read an entry follows from what cites it: a kind answers with the citations that a person
may read, and one statement asks all that cite an entry (``rules.readable``).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site.prepared import Prepared, one_of

from .models import Citation, LibraryEntry


@dataclass(frozen=True, slots=True)
class Place:
    """Where something cites an entry: words, and the address of its page where it has one."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of subject whose citations are rows with an ``entry``.

    ``read_by`` gives the citations that a person may read, ``read_closely_by`` those of which the
    person may read personal data too. ``in_force`` gives those on which something open or valid
    rests; ``on_record`` those that ever left the hands of whoever made them. ``place`` names where
    a citation stands. ``decided`` gives those whose case is decided, each with the moment as
    ``decided_at``; a kind without it cites for more than one case, and what it cites keeps the
    period of its own also where it holds personal data.
    """

    read_by: Callable[[Person], QuerySet[Any]]
    read_closely_by: Callable[[Person], QuerySet[Any]]
    in_force: Callable[[], QuerySet[Any]]
    on_record: Callable[[], QuerySet[Any]]
    place: Callable[[Any], Place]
    decided: Callable[[], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """A kind of subject that cites through ``Citation``; one call of ``register`` declares it.

    ``readable`` and ``closely`` give the subjects whose evidence a person may read, ordinary and
    personal; ``role`` the role in which a person may cite for one, None for who may not;
    ``is_open`` narrows a queryset of subjects to those still open or valid; ``address`` gives the
    address of a subject's page by its key. ``decided`` as of a ``Kind``, by subject.
    """

    model: type[models.Model]
    readable: Callable[[Person], QuerySet[Any]]
    closely: Callable[[Person], QuerySet[Any]]
    role: Callable[[Any, Person], str | None]
    is_open: Callable[[QuerySet[Any]], QuerySet[Any]]
    address: Callable[[int], str]
    decided: Callable[[], QuerySet[Any]] | None = None

    @property
    def label(self) -> str:
        return self.model._meta.label_lower  # noqa: SLF001 - Django's public name for it

    def citations(self) -> QuerySet[Citation]:
        return Citation.objects.filter(subject_type=self.label)

    def as_kind(self) -> Kind:
        def of(subjects: QuerySet[Any]) -> QuerySet[Citation]:
            keys = subjects.order_by().values("pk")
            return self.citations().filter(removed_at__isnull=True, subject_id__in=keys)

        return Kind(
            read_by=lambda person: of(self.readable(person)),
            read_closely_by=lambda person: of(self.closely(person)),
            in_force=lambda: of(self.is_open(self.model.objects.all())),  # type: ignore[attr-defined]
            on_record=self.citations,
            place=self._place,
            decided=None if self.decided is None else self._decided,
        )

    def _decided(self) -> QuerySet[Citation]:
        assert self.decided is not None  # noqa: S101 - asked where it is
        subjects = self.decided().order_by().filter(pk=OuterRef("subject_id"))
        moment = Subquery(subjects.values("decided_at")[:1])
        cited = self.citations().filter(removed_at__isnull=True)
        return cited.annotate(decided_at=moment).filter(decided_at__isnull=False)

    def _place(self, citation: Citation) -> Place:
        words = force_str(self.model._meta.verbose_name)  # noqa: SLF001 - Django's public name for it
        return Place(words, self.address(citation.subject_id))


_KINDS: dict[str, Kind] = {}
_SUBJECTS: dict[str, Subjects] = {}


def declare(label: str, kind: Kind) -> None:
    """Let rows of ``label``, a table of a room's own, cite entries."""
    _KINDS[label] = kind
    _asked.cache_clear()


def register(subjects: Subjects) -> None:
    """Let ``subjects`` cite entries through ``Citation``."""
    _SUBJECTS[subjects.label] = subjects
    declare(subjects.label, subjects.as_kind())


def kinds() -> Iterable[Kind]:
    return _KINDS.values()


@lru_cache(maxsize=1)
def _asked() -> Prepared[tuple[str]]:
    """The labels under which any of some entries was ever cited, composed once."""

    def compose(entries: Any) -> QuerySet[Any, Any]:
        cited, rows = one_of("entry", entries), Citation.objects.order_by()
        others = [
            apps.get_model(label).objects.filter(cited).order_by().values_list(Value(label))
            for label in _KINDS
            if label not in _SUBJECTS
        ]
        return rows.filter(cited).values_list("subject_type").union(*others)

    return Prepared(compose)


def kinds_citing(entries: Collection[int]) -> list[Kind]:
    """Those that cite any of the entries: one statement, none where there are none.

    Who may read an entry hangs on nothing else, and to compose the question of every kind takes a
    hundred times as long as that of one.
    """
    labels = {label for (label,) in _asked()(list(entries))} if entries else set()
    return [kind for label, kind in _KINDS.items() if label in labels]


def subjects_of(subject: models.Model) -> Subjects:
    """The declaration of the kind to which ``subject`` belongs."""
    return _SUBJECTS[subject._meta.label_lower]  # noqa: SLF001 - Django's public name for it


def places(entry: LibraryEntry, person: Person) -> list[Place]:
    """Where the entry is cited, as far as the person may know of it."""
    return [
        kind.place(citation)
        for kind in kinds_citing([entry.pk])
        for citation in kind.read_by(person).filter(entry=entry)
    ]


def in_force(entry: LibraryEntry, person: Person) -> list[str]:
    """Where something open or valid rests on the entry; what is not the person's, unnamed."""
    told = []
    for kind in kinds_citing([entry.pk]):
        standing = kind.in_force().filter(entry=entry)
        read = standing.filter(pk__in=kind.read_by(person).order_by().values("pk"))
        told += [kind.place(citation).words for citation in read]
        if standing.exclude(pk__in=[citation.pk for citation in read]).exists():
            told.append(_("其他在办事项"))
    return told


def is_on_record(entry: LibraryEntry) -> bool:
    """Whether anything that was ever handed on names the entry."""
    return any(kind.on_record().filter(entry=entry).exists() for kind in kinds_citing([entry.pk]))
