"""Reading a county's document, keeping what was read, and taking a standard from it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Person
from designation.site import clock
from designation.site.text import cleaned_data
from standards import copying
from standards.importing import acceptance, drafts
from standards.importing.archives import Unreadable
from standards.language import of_the_record
from standards.loading import write_sections
from standards.models import Check, StandardVersion

from . import questions
from .drafts import acting_role, held, record, role_in
from .models import Question, Reading


@transaction.atomic
def keep(file: UploadedFile, jurisdiction: Jurisdiction, *, actor: Person) -> Reading:
    """Read ``file`` and keep what was read; one audit event.

    The file itself is not kept: its hash says which one it was. Raises Unreadable, and
    DraftRefused for who makes no standards for the area.
    """
    role = role_in(jurisdiction, actor)
    content = file.read()
    draft = _read(file.name or "", content)
    reading = Reading.objects.create(
        jurisdiction=jurisdiction,
        file_name=(file.name or "")[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=cleaned_data(acceptance.content(draft)),
        read_at=clock.now(),
        read_by=actor,
    )
    events.append(
        events.Entry(
            actor=actor,
            action="standard.read",
            subject=reading,
            jurisdiction_code=jurisdiction.code,
            role=role,
            details={"file_name": reading.file_name, "sha256": reading.sha256},
        )
    )
    return reading


def _read(name: str, content: bytes) -> drafts.Draft:
    """What was understood, in the words of the record; why nothing was, in those of the page."""
    try:
        with of_the_record():
            return drafts.read(name, content)
    except Unreadable:
        return drafts.read(name, content)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a person decided on one standard of a reading; places as in ``acceptance``."""

    category: str
    title: str
    document: str
    issuer: str = ""
    document_number: str = ""
    left_out: Collection[str] = ()
    checked: Collection[str] = field(default_factory=frozenset)


@transaction.atomic
def accept(reading: Reading, place: int, taken: Taken, *, actor: Person) -> StandardVersion:
    """A draft from the standard at ``place`` of the reading; one audit event.

    Each proposed check that was not ticked as checked becomes a question, and so does each
    passage that was not understood: nothing is published before a person has looked at it. Raises
    DraftRefused for who makes no standards for the area of the reading.
    """
    role_in(reading.jurisdiction, actor)
    kept = reading.content["standards"][place]
    standard = acceptance.draft_standard(kept)
    version = _version(reading, kept.get("data") or {}, taken)
    sections = acceptance.as_sections(
        standard, acceptance.Choice(taken.category, frozenset(taken.left_out))
    )
    write_sections(version, sections)
    _ask(version, reading, place, sections, taken)
    record(
        version,
        actor,
        "standard.draft",
        {"file_name": reading.file_name, "sha256": reading.sha256},
    )
    return version


def _version(reading: Reading, data: Mapping[str, Any], taken: Taken) -> StandardVersion:
    # A data file tells of the document that it once came from; the reading tells of the file.
    read = {"file_name": reading.file_name, "sha256": reading.sha256}
    source = read | dict(data.get("source") or {}) | {"document": taken.document}
    for name in ("issuer", "document_number"):
        if value := getattr(taken, name):
            source[name] = value
    drafted = data.get("provenance") == StandardVersion.Provenance.DRAFTED
    provenance = StandardVersion.Provenance
    return StandardVersion.objects.create(
        category=taken.category,
        number=copying.next_number(taken.category),
        title_zh=taken.title,
        title_en=str(data.get("title_en") or ""),
        heading_printed=str(data.get("heading_printed") or taken.title),
        provenance=provenance.DRAFTED if drafted else provenance.VERBATIM,
        source=source,
        area_code=reading.jurisdiction.code,
    )


@of_the_record()
def _ask(
    version: StandardVersion,
    reading: Reading,
    place: int,
    sections: list[dict[str, Any]],
    taken: Taken,
) -> None:
    rows = Check.objects.filter(item__version=version).select_related("item")
    stored = {check.code: check for check in rows}
    from_ours = bool(reading.content["standards"][place].get("data"))
    proposed = [
        Question(
            version=version,
            reading=reading,
            item=stored[check["code"]].item,
            check_proposed=stored[check["code"]],
            line=item.get("source_line") or 0,
            text=check["phrase"],
            reason=_("由系统建议的检查点，请对照原文核对"),
        )
        for item, check in acceptance.checks_of(sections)
        if not from_ours and check["at"] not in taken.checked
    ]
    unread = [
        Question(
            version=version,
            reading=reading,
            line=passage["line"],
            text=passage["text"],
            reason=passage["reason"][:200],
        )
        for passage in of_standard(reading, place)
    ]
    Question.objects.bulk_create(proposed + unread)
    questions.write(version, asked_before(reading, place), reading)


def asked_before(reading: Reading, place: int) -> list[Mapping[str, Any]]:
    """The questions that a data file of ours brought with it."""
    data = reading.content["standards"][place].get("data") or {}
    return list(data.get("questions", []))


def open_before(reading: Reading, place: int) -> list[Mapping[str, Any]]:
    """Those among them that nobody had settled."""
    return [row for row in asked_before(reading, place) if not row.get("settled_at")]


def of_standard(reading: Reading, place: int) -> list[Mapping[str, Any]]:
    """The passages not understood that stand with one standard of several in a file.

    A passage belongs to the last standard that begins at or before its line; those before the
    first standard belong to it too, and those of no line (headers, notes, pictures) to each.
    """
    first = [_first_line(standard) for standard in reading.content["standards"]]
    mine = []
    for passage in reading.content["unread"]:
        begun = [at for at, line in enumerate(first) if line <= passage["line"]]
        if not passage["line"] or (begun[-1] if begun else 0) == place:
            mine.append(passage)
    return mine


def _first_line(standard: Mapping[str, Any]) -> int:
    """Where its title stands; a reading kept before that was told knows its items only."""
    if standard.get("line"):
        return int(standard["line"])
    lines = [item["line"] for section in standard["sections"] for item in section["items"]]
    return min(lines, default=0)


@transaction.atomic
def settle(version: StandardVersion, questions: Collection[int], *, actor: Person) -> int:
    """Mark open questions of a draft as looked at; returns how many. The caller holds it.

    Raises DraftRefused for who does not manage it.
    """
    acting_role(version, actor)
    return Question.objects.filter(
        version=version, pk__in=questions, settled_at__isnull=True
    ).update(settled_at=clock.now(), settled_by=actor)


def settle_chosen(version: StandardVersion, chosen: Collection[int], *, actor: Person) -> int:
    """As ``settle``, with its event; holds the draft. Raises DraftRefused when it is none."""
    with held(version, actor) as locked:
        settled = settle(locked, chosen, actor=actor)
        if settled:
            record(locked, actor, "standard.settle", {"settled": settled})
    return settled
