"""Citing an entry for a subject of ours: a visit, an objection, a notice."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import clock
from designation.site.refusal import Refusal

from . import library, rules
from .citing import subjects_of
from .models import Citation, LibraryEntry


class NotCited(Refusal):
    """The entry is not cited, or its citation stays."""


def cite(entry: LibraryEntry, subject: models.Model, *, actor: Person) -> Citation:
    """Let ``subject`` rest on ``entry``, once; on record with the role.

    Raises NotCited for an entry that the actor may not read or that was taken out, and for a
    subject that is not theirs to add to.
    """
    kind = subjects_of(subject)
    with transaction.atomic():
        held = LibraryEntry.objects.select_for_update(of=("self",), no_key=True)
        entry = held.select_related("stored").get(pk=entry.pk)
        role = kind.role(subject, actor)
        if role is None or not rules.may_cite(entry, actor):
            raise NotCited.because("not_allowed", _("您不能在这里引用这份材料。"))
        if entry.taken_out_at is not None:
            told = _("材料“%(title)s”已移出资料库，不能引用；需要时请重新上传。")
            raise NotCited.because("taken_out", told % {"title": entry.title})
        citation, is_new = Citation.objects.get_or_create(
            entry=entry,
            subject_type=kind.label,
            subject_id=subject.pk,
            removed_at=None,
            defaults={"cited_at": clock.now(), "cited_by": actor},
        )
        if is_new:
            details = {"cited_by": str(subject)}
            library.record(entry, "evidence.cite", actor=actor, role=role, details=details)
    return citation


def uncite(entry: LibraryEntry, subject: models.Model, *, actor: Person) -> None:
    """End a citation; that it stood stays on record. Raises NotCited for who may not."""
    kind = subjects_of(subject)
    with transaction.atomic():
        role = kind.role(subject, actor)
        if role is None:
            raise NotCited.because("not_allowed", _("您不能在这里引用这份材料。"))
        citation = (
            kind.citations()
            .select_for_update(of=("self",))
            .select_related("entry__stored")
            .filter(entry=entry, subject_id=subject.pk, removed_at__isnull=True)
            .first()
        )
        if citation is None:
            return
        citation.removed_at, citation.removed_by = clock.now(), actor
        citation.save(update_fields=["removed_at", "removed_by"])
        details = {"cited_by": str(subject)}
        library.record(citation.entry, "evidence.uncite", actor=actor, role=role, details=details)


def of_subjects(subjects: Sequence[models.Model]) -> dict[int, LibraryEntry]:
    """By key of each of ``subjects``, all of one kind, the entry that it rests on."""
    if not subjects:
        return {}
    rows = subjects_of(subjects[0]).citations().filter(removed_at__isnull=True)
    rows = rows.filter(subject_id__in=[one.pk for one in subjects])
    return {row.subject_id: row.entry for row in rows.select_related("entry__stored")}


def choices(subject: models.Model, holder: library.Holder) -> QuerySet[LibraryEntry]:
    """What lies in the library of ``holder`` and is not cited by ``subject``, the newest first."""
    standing = subjects_of(subject).citations().filter(removed_at__isnull=True)
    cited = standing.filter(subject_id=subject.pk).values("entry")
    there = LibraryEntry.objects.filter(library.of(holder), taken_out_at__isnull=True)
    return there.exclude(pk__in=cited).select_related("stored").order_by("-pk")


def cited_by(subject: models.Model, person: Person) -> QuerySet[LibraryEntry]:
    """The entries that ``subject`` rests on, of those that the person may read."""
    standing = (
        subjects_of(subject).citations().filter(subject_id=subject.pk, removed_at__isnull=True)
    )
    entries = list(standing.order_by().values_list("entry", flat=True))
    return rules.readable(person, entries).select_related("stored")
