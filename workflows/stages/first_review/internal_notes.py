"""Internal notes (内部备注): what reviewers of one step note for each other, released by nothing.

A comment beside a verdict goes to the applicant with the decision (``marks``); this never does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.site import clock, shown
from designation.site.prepared import Prepared
from designation.site.shown import Seen, Told

from ...case import items
from ...case.facts import Case
from ...case.held import lock_for
from ...door import not_permitted
from .marks import may_check, may_mark, may_review
from .models import InternalNote


def field_of(code: str) -> str:
    """The input of an item's note."""
    return f"note-{code}"


def code_of(name: str) -> str:
    """The item whose note the input is."""
    return name.removeprefix("note-")


@dataclass(slots=True)
class Noted:
    """Of one item: one's own words, and what colleagues wrote."""

    own: str = ""
    others: list[InternalNote] = field(default_factory=list)


def _step(case: Case, person: Person) -> Role | None:
    """In which step the person reviews it now."""
    if may_mark(case, person):
        return Role.FIRST_REVIEWER
    return Role.COUNTY_COORDINATOR if may_check(case, person) else None


@Prepared
def _notes(application: Any, step: Any) -> QuerySet[InternalNote]:
    rows = InternalNote.objects.filter(application=application, role=step)
    return rows.select_related("item", "written_by")


def readable(case: Case, person: Person) -> dict[str, Noted]:
    """The notes of the person's own step, by item code; one statement."""
    found: dict[str, Noted] = {}
    for row in _notes(case.application.pk, _step(case, person)):
        noted = found.setdefault(row.item.code, Noted())
        if row.written_by_id == person.pk:
            noted.own = row.text
        else:
            noted.others.append(row)
    return found


def fields(noted: Mapping[str, Noted], codes: Iterable[str]) -> dict[str, str]:
    """What a page over the items ``codes`` shows of the person's own notes, by input."""
    return {field_of(code): noted[code].own if code in noted else "" for code in codes}


@transaction.atomic
def save(
    application: Application, texts: Mapping[str, str], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """As ``save_held``, holding the application. Raises Refusal when it has moved on."""
    locked = lock_for(application, may_review, actor)
    return save_held(Case(locked, actor=actor), texts, actor=actor, seen=seen)


def save_held(
    case: Case, texts: Mapping[str, str], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """Bring the person's own notes, by item code, together with those on whatever page of theirs.

    An empty one is taken away. Call it while the application is held. Returns what another page
    has written meanwhile, by input: that stands until they have chosen. Raises Refusal for whoever
    does not review.
    """
    role = _step(case, actor)
    if role is None:
        raise not_permitted()
    if not texts:
        return {}
    own = InternalNote.objects.filter(application=case.application, role=role, written_by=actor)
    present = {field_of(note.item.code): note for note in own.select_related("item")}
    sent = {field_of(code): text for code, text in texts.items()}
    stands = {name: present[name].text if name in present else "" for name in sent}
    merged = shown.merge(seen or Seen(), stands, sent, is_mine=lambda _name: True)
    changed = {code: text for code, text in texts.items() if field_of(code) in merged.changed}
    _write(case.application, role, changed, actor)
    return {
        name: Told(
            name,
            text,
            actor.full_name,
            present[name].written_at if name in present else None,
            shown.digest(text),
        )
        for name, text in merged.conflicts.items()
    }


def _write(application: Application, role: Role, texts: Mapping[str, str], actor: Person) -> None:
    if not texts:
        return
    rows = {
        code: InternalNote(
            application=application,
            item=items.known(application.standard_id, code),
            role=role,
            text=text,
            written_by=actor,
            written_at=clock.now(),
        )
        for code, text in texts.items()
    }
    emptied = [row.item for row in rows.values() if not row.text]
    if emptied:
        own = InternalNote.objects.filter(application=application, role=role, written_by=actor)
        own.filter(item__in=emptied).delete()
    InternalNote.objects.bulk_create(
        [row for row in rows.values() if row.text],
        update_conflicts=True,
        unique_fields=["application", "item", "role", "written_by"],
        update_fields=["text", "written_at"],
    )
