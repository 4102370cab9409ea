"""What becomes of all that organizations hold, asked before they are reorganized and carried out.

The rooms above know; each registers itself when it starts. Nothing here knows of a case, a title
or a file. What became of the organizations themselves is recorded and read here too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.templatetags.moments import day

from .lineage import Change, Kind, Part, successors
from .models import Organization, Person, Reorganization, ReorganizedUnit

END = "end"
STAY = "stay"


@dataclass(frozen=True, slots=True)
class Document:
    """Who decided on a reorganization, and its number; neither where a slip was put right."""

    number: str = ""
    decided_by: str = ""


NO_DOCUMENT = Document()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be recorded: of ``before`` there will be ``after``, new ones not saved yet.

    ``said`` is its sentence, once the new ones are saved and cannot be told from others.
    """

    kind: Kind
    on: date
    before: tuple[Organization, ...]
    after: tuple[Organization, ...] = ()
    document: Document = NO_DOCUMENT
    said: str = ""

    @property
    def gone(self) -> tuple[Organization, ...]:
        return tuple(one for one in self.before if one not in self.after)

    @property
    def sources(self) -> tuple[Organization, ...]:
        """Those of which something may pass on: what is gone, and what is split."""
        return self.before if self.kind == Kind.SPLIT else self.gone

    @property
    def change(self) -> Change:
        """As ``lineage`` reads it; those not saved yet have no key, and stand below zero."""
        keyed = {-place: one for place, one in enumerate(self.after, start=1) if one.pk is None}
        stays = {one.pk for one in (*self.before, *self.after) if one.pk} - {
            one.pk for one in self.gone
        }
        gone = frozenset(one.pk for one in self.gone)
        return Change(self.kind, self.on, gone, frozenset(stays), frozenset(keyed))

    @property
    def sentence(self) -> str:
        """What happens, in a sentence without its stop."""
        return self.said or in_words(
            self.kind,
            [one.name_zh for one in self.gone or self.before],
            [one.name_zh for one in self.after],
            is_absorbed=any(one.pk for one in self.after),
        )

    @property
    def basis(self) -> str:
        """The sentence with its day and its document, as it stands on record."""
        return _basis(self.sentence, self.on, self.document)


def _basis(sentence: str, on: date, document: Document) -> str:
    said = {
        "what": sentence,
        "on": day(on),
        "by": document.decided_by,
        "number": document.number,
    }
    if not document.number:
        return _("自%(on)s起，%(what)s。") % said
    return _("自%(on)s起，%(what)s（%(by)s %(number)s）。") % said


def in_words(
    kind: str, before: Iterable[str], after: Iterable[str], *, is_absorbed: bool = False
) -> str:
    """What happens to whom: “甲”并入“乙”."""
    said = {"before": _quoted(before), "after": _quoted(after)}
    sentences = {
        Kind.RENAMED: _("%(before)s更名为%(after)s"),
        Kind.SPLIT: _("%(before)s分立为%(after)s"),
        Kind.DISSOLVED: _("%(before)s撤销"),
        Kind.MERGED: _("%(before)s并入%(after)s")
        if is_absorbed
        else _("%(before)s合并为%(after)s"),
    }
    return sentences[Kind(kind)] % said


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"“{name}”" for name in names)


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may become of something: its ``value`` in a form, and a sentence."""

    value: str
    label: str


def to(place: int) -> str:
    """The value of the way that leads to a unit, by its place in ``Proposal.after``."""
    return f"to-{place}"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one thing: by the only way there is, or by one of several.

    The first way is the one proposed. ``waits`` says why nothing can be done for now.
    """

    key: str
    what: str
    ways: tuple[Way, ...] = ()
    waits: str = ""

    @property
    def is_choice(self) -> bool:
        return len(self.ways) > 1


@dataclass(frozen=True, slots=True)
class Done:
    """A reorganization as it is recorded, and what was chosen: ways by the keys of fates."""

    record: Reorganization
    proposal: Proposal
    actor: Person
    role: str
    chosen: Mapping[str, str] = field(default_factory=dict)

    def way(self, key: str) -> str:
        return self.chosen.get(key, "")

    def unit(self, key: str) -> Organization | None:
        """The unit to which something passes; None where it ends or stays as it is."""
        places = {to(place): one for place, one in enumerate(self.proposal.after)}
        return places.get(self.way(key))


Teller = Callable[[Proposal], Iterable[Fate]]
Heir = Callable[[Done], None]
Holder = Callable[[Collection[int]], None]


def _holds_nothing(_keys: Collection[int]) -> None:
    return


@dataclass(frozen=True, slots=True)
class Room:
    """What one room holds of organizations: ``title`` above what ``tell`` says of it.

    ``carry`` writes what was shown, in the transaction of the reorganization. Rooms are asked in
    the order of ``rank``: what is in course first, and seats behind what their holders are told of.
    ``hold`` locks what organizations hold that whoever acts on it holds before its organization;
    ``hold_then`` what is held when its organization is named only then.
    """

    rank: int
    title: Any
    tell: Teller
    carry: Heir
    hold: Holder = _holds_nothing
    hold_then: Holder = _holds_nothing


_ROOMS: dict[str, Room] = {}


def take_part(name: str, room: Room) -> None:
    """Register a room, once."""
    _ROOMS.setdefault(name, room)


def fates(proposal: Proposal) -> list[tuple[str, list[Fate]]]:
    """What becomes of everything, room by room, under the title of each."""
    told = [(str(room.title), list(room.tell(proposal))) for room in _in_order()]
    return [(title, found) for title, found in told if found]


def hold(organizations: Iterable[Organization]) -> None:
    """Lock the organizations and what they hold, in the one order that all who lock both keep.

    Whoever acts on what is in course names its organization last, which a row that is only held
    against another holder lets pass; none is named from when all of it is held.
    """
    keys = [one.pk for one in organizations if one.pk]
    rows = Organization.objects.filter(pk__in=keys).order_by("pk").values_list("pk")
    for room in _in_order():
        room.hold(keys)
    list(rows.select_for_update(no_key=True))
    for room in _in_order():
        room.hold_then(keys)
    list(rows.select_for_update())


def carry(done: Done) -> None:
    """Write what becomes of everything."""
    for room in _in_order():
        room.carry(done)


def _in_order() -> list[Room]:
    return sorted(_ROOMS.values(), key=lambda room: room.rank)


def ways_to_units(
    proposal: Proposal,
    label: str,
    *,
    stays: str,
    fits: Callable[[Organization], bool] = lambda _unit: True,
) -> list[Way]:
    """A way for each unit that ``fits``; ``label`` has its %(unit)s, and ``stays`` may.

    What remains of a split keeps what it has, by ``stays``; that is proposed first.
    """
    units = [(place, one) for place, one in enumerate(proposal.after) if fits(one)]
    units.sort(key=lambda found: found[1] not in proposal.before)
    return [
        Way(to(place), (stays if one in proposal.before else label) % {"unit": one.name_zh})
        for place, one in units
    ]


def record(proposal: Proposal, *, actor: Person, names: Mapping[int, str]) -> Reorganization:
    """Write down a reorganization whose units are all saved; ``names`` are those until then."""
    row = Reorganization.objects.create(
        kind=proposal.kind,
        effective_on=proposal.on,
        document_number=proposal.document.number,
        decided_by=proposal.document.decided_by,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    gone = set(proposal.gone)
    units = {one.pk: one for one in (*proposal.before, *proposal.after)}
    ReorganizedUnit.objects.bulk_create(
        ReorganizedUnit(
            reorganization=row,
            organization=one,
            part=Part.GONE if one in gone else Part.STAYS if one.pk in names else Part.CAME,
            name_zh=names.get(one.pk, one.name_zh),
        )
        for one in units.values()
    )
    return row


def changes_of(keys: Iterable[int]) -> list[Change]:
    """Every change in which one of these organizations had a part, the first first."""
    rows = Reorganization.objects.filter(units__organization__in=set(keys)).distinct()
    return [_change(row) for row in rows.prefetch_related("units")]


def history_of(organization: Organization) -> list[Reorganization]:
    """What it had a part in, the first first, with the units of each."""
    rows = Reorganization.objects.filter(units__organization=organization)
    return list(rows.prefetch_related("units__organization"))


def lineage_of(*organizations: Organization) -> list[Change]:
    """All changes that lead to them or from them, however far; a statement or two for each step."""
    known: dict[Change, None] = {}
    asked = {one.pk for one in organizations}
    while asked:
        found = dict.fromkeys(change for change in changes_of(asked) if change not in known)
        known |= found
        asked = {key for change in found for key in change.before | change.came} - asked
    return list(known)


def heirs_of(organization: Organization) -> list[Organization]:
    """The living units in which one that is no more lives on; none while it lives itself."""
    keys = successors(organization.pk, lineage_of(organization)) - {organization.pk}
    return list(Organization.objects.filter(pk__in=keys).order_by("pk"))


def with_end(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """The same, each with ``end``: how it came to be no more, "" for one that lives."""
    ended = ReorganizedUnit.objects.filter(organization=OuterRef("pk"), part=Part.GONE)
    return rows.annotate(
        end=Coalesce(Subquery(ended.values("reorganization__kind")[:1]), Value(""))
    )


def is_gone(organization: Organization) -> bool:
    """Whether it was merged into another, split up or dissolved."""
    return organization.reorganized.filter(part=Part.GONE).exists()


def end_of(organization: Organization) -> Reorganization | None:
    """What it is no more by; None while it lives."""
    rows = Reorganization.objects.filter(units__organization=organization, units__part=Part.GONE)
    return rows.prefetch_related("units__organization__jurisdiction").first()


def basis_of(row: Reorganization) -> str:
    """As ``Proposal.basis``, of one on record."""
    ((_row, sentence),) = sentences([row])
    return _basis(sentence, row.effective_on, Document(row.document_number, row.decided_by))


def is_gone_by(became: Iterable[Reorganization], organization: Organization) -> bool:
    """The same, by what is read already."""
    units = (one for row in became for one in row.units.all())
    return any(one.part == Part.GONE and one.organization_id == organization.pk for one in units)


def _change(row: Reorganization) -> Change:
    by_part: dict[str, frozenset[int]] = {
        part: frozenset(one.organization_id for one in row.units.all() if one.part == part)
        for part in Part.values
    }
    return Change(
        Kind(row.kind),
        row.effective_on,
        by_part[Part.GONE],
        by_part[Part.STAYS],
        by_part[Part.CAME],
    )


def sentences(rows: Iterable[Reorganization]) -> Iterator[tuple[Reorganization, str]]:
    """Each with what it says."""
    for row in rows:
        units = list(row.units.all())
        gone = [one.name_zh for one in units if one.part == Part.GONE]
        stays = [one.name_zh for one in units if one.part == Part.STAYS]
        came = [one.name_zh for one in units if one.part == Part.CAME]
        yield row, in_words(row.kind, gone or stays, [*stays, *came], is_absorbed=bool(stays))
