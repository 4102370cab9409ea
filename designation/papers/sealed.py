"""Sealed copies: put back by whoever issues the paper, judged as evidence is, never overwritten."""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.evidence import contents, library
from designation.evidence.citing import Kind, Place
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry, Retention
from designation.evidence.names import JPEG, PDF, PNG
from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.rules import seats
from designation.site import clock
from designation.site.refusal import Refusal
from standards.language import of_the_record

from . import numbers, slots
from .fields import Paper
from .models import SealedCopy

_TAKEN = (PDF, JPEG, PNG)


def of(kind: str, subject_id: int) -> QuerySet[SealedCopy]:
    """All that were ever put there, the one that stands first."""
    rows = SealedCopy.objects.filter(kind=kind, subject_id=subject_id)
    return rows.select_related("entry__stored", "jurisdiction", "actor", "acted_for")


def standing(kind: str, subject_id: int) -> SealedCopy | None:
    return of(kind, subject_id).filter(replaced_at__isnull=True).first()


def put(
    kind: str, subject: Any, received: Received, *, seen: int | None, actor: Person
) -> SealedCopy:
    """Let a file, judged as evidence already, be the sealed copy of a paper; on record.

    ``seen`` is the key of the one that stood by the page that was sent. The same file again
    changes nothing. Raises Refusal for who does not issue the paper, for what is neither picture
    nor PDF, for the file that is another paper's, and where another stands by now;
    EvidenceRefused where the file finds no room.
    """
    slot = slots.of(kind)
    role = slot.role(subject, actor) if slot else None
    paper = slot.paper(subject) if slot else None
    if slot is None or role is None or paper is None:
        raise Refusal.because("not_permitted", _("盖章件请由制发这份文书的人上传。"))
    if received.media_type not in _TAKEN:
        raise Refusal.because("not_a_scan", _("请上传盖章后的扫描件（PDF）或者照片。"))
    area = slot.area(subject)
    # The name that it came under goes no further: people name a letter after whom it is written to.
    received = replace(received, name=title(paper))
    try:
        with contents.written(received) as file, transaction.atomic():
            stands = _held(kind, subject.pk)
            if stands is not None and stands.sha256 == received.sha256:
                return stands
            _refuse_that_of_another(kind, subject, paper, received.sha256, actor)
            _replace(stands, seen)
            entry = library.add(
                file,
                holder=area,
                title=title(paper),
                actor=actor,
                details={"retention": Retention.PERMANENT},
            )
            return _put(kind, subject.pk, entry, area=area, role=role, actor=actor)
    except IntegrityError as error:
        raise _changed() from error


@of_the_record()
def title(paper: Paper) -> str:
    """By what a sealed copy is called among the files of its area."""
    return f"{paper.document_number}{paper.NAME}（{_('盖章件')}）"


def _refuse_that_of_another(
    kind: str, subject: Any, paper: Paper, sha256: str, actor: Person
) -> None:
    """One file is one document: in two slots only where those are of the same document."""
    rows = SealedCopy.objects.filter(sha256=sha256, replaced_at__isnull=True)
    for copy in rows.exclude(kind=kind, subject_id=subject.pk):
        other, may_read = _paper_of(copy, actor)
        if other is not None and _are_one(paper, other):
            continue
        if other is None or not may_read:
            told = _("这个文件已是另一份文书的盖章件，请核对是否选错了文件。")
            raise Refusal.because("of_another_paper", told)
        told = _("这个文件已是另一份文书的盖章件：%(paper)s。请核对是否选错了文件。")
        raise Refusal.because("of_another_paper", told % {"paper": _said(other)})


def _paper_of(copy: SealedCopy, person: Person) -> tuple[Paper | None, bool]:
    """What it is the copy of, and whether the person may read that."""
    slot = slots.of(copy.kind)
    if slot is None:
        return None, False
    read = slot.read_by(person)
    subject = read.model._default_manager.filter(pk=copy.subject_id).first()  # noqa: SLF001
    return slot.paper(subject) if subject else None, read.filter(pk=copy.subject_id).exists()


def _are_one(paper: Paper, other: Paper) -> bool:
    """A document that speaks of several titles comes back once, and lies with each of them.

    Whatever it does to each: a number is given to one document of a body and a day.
    """
    one, two = (
        (numbers.normal(it.document_number), it.dated, it.issuing_body) for it in (paper, other)
    )
    return bool(paper.document_number) and one == two


def _said(paper: Paper) -> str:
    """By what a reader finds it: number and name, day, and whom it is about."""
    parts = (f"{paper.document_number}{paper.NAME}", paper.dated, paper.unit)
    return " · ".join(filter(None, parts))


def _held(kind: str, subject_id: int) -> SealedCopy | None:
    rows = SealedCopy.objects.select_for_update(of=("self",))
    return rows.filter(kind=kind, subject_id=subject_id, replaced_at__isnull=True).first()


def _replace(stands: SealedCopy | None, seen: int | None) -> None:
    if seen != (stands.pk if stands else None):
        raise _changed()
    if stands is not None:
        stands.replaced_at = clock.now()
        stands.save(update_fields=["replaced_at"])


def _put(
    kind: str,
    subject_id: int,
    entry: LibraryEntry,
    *,
    area: Jurisdiction,
    role: Role,
    actor: Person,
) -> SealedCopy:
    acted_for = seats(actor).acted_for(role, area.code)
    row = SealedCopy.objects.create(
        jurisdiction=area,
        kind=kind,
        subject_id=subject_id,
        entry=entry,
        sha256=entry.stored.sha256,
        at=clock.now(),
        actor=actor,
        acted_for=acted_for,
        role=role,
    )
    events.append(
        events.Entry(
            actor=actor,
            action="sealed_copy.put",
            subject=row,
            jurisdiction_code=area.code,
            role=role,
            acted_for=acted_for,
            details={"paper": kind, "file": entry.title, "sha256": row.sha256},
        )
    )
    return row


def _changed() -> Refusal:
    return Refusal.because(
        "changed_meanwhile", _("您打开页面后，他人已换过盖章件，请核对现在的再办理。")
    )


def shown(kind: str, subject: Any, person: Person) -> list[SealedCopy]:
    """Whoever may put one there sees all; whoever reads the paper, the one that stands."""
    rows = of(kind, subject.pk)
    slot = slots.of(kind)
    if slot is None or slot.role(subject, person) is None:
        rows = rows.filter(replaced_at__isnull=True)
    return list(rows)


def read(pk: int, person: Person) -> SealedCopy | None:
    """The copy with this key, where the person may read it."""
    copy = SealedCopy.objects.select_related("entry__stored").filter(pk=pk).first()
    slot = slots.of(copy.kind) if copy else None
    if copy is None or slot is None:
        return None
    subject = slot.read_by(person).filter(pk=copy.subject_id).first()
    return copy if subject and copy in shown(copy.kind, subject, person) else None


# Read by the door of the paper alone, which asks who may; the library keeps it for good.
CITED = Kind(
    read_by=lambda _person: SealedCopy.objects.none(),
    read_closely_by=lambda _person: SealedCopy.objects.none(),
    in_force=SealedCopy.objects.all,
    on_record=SealedCopy.objects.all,
    place=lambda copy: Place(copy.entry.title),
)
