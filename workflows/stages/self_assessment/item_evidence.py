"""Evidence of one item: attached, cited, taken away, each counted in the sitting."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from designation.applications import authorship, descriptions, evidence, published, sittings
from designation.applications.models import Application, Evidence, PublishedLink, Room
from designation.evidence import contents, queries
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry
from designation.evidence.rules import readable
from designation.organizations.models import Person
from designation.site.shown import Seen, Told
from standards.models import Item

from ...case import replaced, rules
from ...case.facts import Case
from ...case.held import already_moved
from . import editing


def attach(case: Case, item: Item, received: Received, *, title: str, actor: Person) -> Evidence:
    """Keep a file, judged already, for the item.

    The file is written before the application is held: a slow disk holds nobody up. Raises
    evidence.EvidenceRefused for one that cannot be taken, and Refusal when the item
    is locked.
    """
    may = editing.may_edit_item(item.code)
    if not may(case, actor):
        raise already_moved(case.application)
    with contents.written(received) as file, editing.held(case.application, may, actor) as held:
        kept = evidence.attach(held, file, title=title, items=[item], actor=actor)
        _note(case, held, item, actor)
    return kept


def choices(case: Case, item: Item) -> QuerySet[LibraryEntry]:
    """What the organization's library holds and the item does not cite."""
    cited = Evidence.objects.filter(
        application=case.application, items=item, removed_at__isnull=True
    )
    rows = queries.standing(_library(case)).select_related("stored")
    return rows.exclude(pk__in=cited.values("entry"))


def entry_or_404(case: Case, pk: int) -> LibraryEntry:
    """An entry of the applicant's own library, also one that was taken out meanwhile."""
    return get_object_or_404(_library(case), pk=pk)


def _library(case: Case) -> QuerySet[LibraryEntry]:
    """The organization's; of it, whoever types from paper sees what they may read anyway."""
    rows = LibraryEntry.objects.filter(organization=case.application.organization_id)
    if case.actor is None or rules.is_of_the_applicant(case, case.actor):
        return rows
    keys = list(rows.order_by().values_list("pk", flat=True))
    return readable(case.actor, keys)


def choose(case: Case, item: Item, entry: LibraryEntry, *, actor: Person) -> None:
    """Let a file of the organization's library support the item.

    Raises evidence.EvidenceRefused for one that cannot be cited, and Refusal when the
    item is locked.
    """
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        evidence.choose(application, entry, items=[item], actor=actor)
        _note(case, application, item, actor)


def cite(case: Case, item: Item, file: Evidence, *, actor: Person) -> None:
    """Let a file support this item too.

    Raises evidence.EvidenceRefused for one that was taken away, and Refusal when the
    item is locked.
    """
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        evidence.cite(file, item)
        _note(case, application, item, actor)


def remove(case: Case, item: Item, file: Evidence, *, actor: Person) -> None:
    """Take a file away from the item; on record where another had brought it.

    Raises Refusal when the item is locked.
    """
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        gave_way = evidence.remove(file, item, actor=actor)
        _note(case, application, item, actor)
        role = rules.is_applicant.role(case, actor)
        replaced.record(application, gave_way, actor=actor, role=role)


def describe(
    case: Case, item: Item, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """Keep what is said of the item's files, by ``descriptions.name_of``.

    Returns what others changed meanwhile, which stands until the person has chosen. Raises Refusal
    when the item is locked, and for a day to come.
    """
    role = rules.is_applicant.role(case, actor)
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        before = descriptions.sheet(application, descriptions.of_item(application, item))
        merged, gave_way = descriptions.save(application, item, sent, actor=actor, seen=seen)
        told = authorship.told(before, merged.conflicts, lambda _name, value: str(value))
        if merged.changed:
            _note(case, application, item, actor)
        replaced.record(application, gave_way, actor=actor, role=role)
    return told


def move(case: Case, item: Item, file: Evidence, *, to: int, actor: Person) -> None:
    """Show a file of the item at the place ``to``, from 0. Raises Refusal when it is locked."""
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        descriptions.move(application, file, item, to=to, actor=actor)
        _note(case, application, item, actor)


def link(case: Case, item: Item, values: Mapping[str, Any], *, actor: Person) -> PublishedLink:
    """Let a published page (``published.FIELDS``) support the item.

    Raises PageRefused for what cannot be, at its field, and Refusal when the item is locked.
    """
    with editing.held(case.application, editing.may_edit_item(item.code), actor) as application:
        added = published.add(application, item, values, actor=actor)
        _note(case, application, item, actor)
    return added


def unlink(case: Case, page: PublishedLink, *, actor: Person) -> None:
    """Let a published page support its item no more; on record where another had entered it.

    Raises Refusal when the item is locked.
    """
    may = editing.may_edit_item(page.item.code)
    with editing.held(case.application, may, actor) as application:
        gave_way = published.remove(page, actor=actor)
        _note(case, application, page.item, actor)
        role = rules.is_applicant.role(case, actor)
        replaced.record(application, gave_way, actor=actor, role=role)


def _note(case: Case, application: Application, item: Item, actor: Person) -> None:
    role = str(rules.is_applicant.role(case, actor))
    sittings.note(
        application, [f"{item.code} file"], room=Room.SELF_ASSESSMENT, actor=actor, role=role
    )
