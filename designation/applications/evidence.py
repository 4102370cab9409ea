"""Evidence of an application: what it cites of its organization's library, for which items."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONArray, JSONObject
from django.utils.translation import gettext as _

from designation.evidence import contents, library
from designation.evidence.content import Received
from designation.evidence.contents import Written
from designation.evidence.models import LONGEST_TITLE, LibraryEntry
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Person
from designation.site import clock
from standards.models import Item

from . import authorship
from .models import Application, Evidence, FormerValue, Submission
from .rules import refuse_unless_applicant

__all__ = [
    "EvidenceRefused",
    "attach",
    "choose",
    "cite",
    "hashes_handed_in",
    "is_handed_in",
    "outcome",
    "remove",
]

_MEGABYTE = 1024 * 1024


def attach(
    application: Application,
    file: UploadedFile | Received | Written,
    *,
    title: str,
    items: Iterable[Item],
    actor: Person,
) -> Evidence:
    """Put a file into the organization's library and cite it for ``items``.

    The same content again only gains the new items: what was there already comes back with
    ``found_again`` set and the title it has; ``outcome`` says so. A file that is not written yet
    is written before its rows: rows that fail leave a stray, never a row without its file. Who
    holds the application comes with a file that is written. Raises EvidenceRefused when the file
    is not taken, is one too many, or cannot be written, and Refusal for who is not of the
    applicant, as all that fills in.
    """
    refuse_unless_applicant(application, actor)
    if not isinstance(file, Written):
        new = file if isinstance(file, Received) else library.receive(file)
        with contents.written(new) as kept:
            return attach(application, kept, title=title, items=items, actor=actor)
    with transaction.atomic():
        evidence = _known(application, file.received) or _keep(application, file, title, actor)
        evidence.items.add(*items)
    return evidence


def outcome(evidence: Evidence, title: str) -> str:
    """What became of an upload that was to be called ``title``, in words for the person."""
    if not evidence.found_again:
        return _("材料已上传。")
    told = _("这个文件与已有材料“%(title)s”内容相同，没有重复保存；本条已引用这份材料。") % {
        "title": evidence.title
    }
    if title and title != evidence.title:
        told += _(
            "您填的名称“%(typed)s”没有采用；要换名称，请先从引用它的条目中移除，再重新上传。"
        ) % {"typed": title}
    return told


def _known(application: Application, new: Received) -> Evidence | None:
    """The same file, as it was sent or as it is kept."""
    same = Q(entry__stored__sha256=new.sha256) | Q(entry__sha256_as_uploaded=new.sha256_as_uploaded)
    evidence = _present(application).filter(same).order_by("pk").first()
    if evidence is not None:
        evidence.found_again = True
    return evidence


def _present(application: Application) -> QuerySet[Evidence]:
    present = Evidence.objects.filter(application=application, removed_at__isnull=True)
    return present.select_related("entry__stored")


def _keep(application: Application, new: Written, title: str, actor: Person) -> Evidence:
    _check_room(application, len(new.received.content))
    entry = library.add(new, holder=application.organization, title=title, actor=actor)
    return _cited(application, entry, title, actor)


def _cited(application: Application, entry: LibraryEntry, title: str, actor: Person) -> Evidence:
    return Evidence.objects.create(
        application=application,
        entry=entry,
        title=(title or entry.title)[:LONGEST_TITLE],
        caption=entry.caption,
        dated_on=entry.dated_on,
        sha256=entry.stored.sha256,
        uploaded_at=clock.now(),
        uploaded_by=actor,
    )


def choose(
    application: Application, entry: LibraryEntry, *, items: Iterable[Item], actor: Person
) -> Evidence:
    """Cite what the organization's library holds already, instead of bringing it again.

    Call it while the application is held. Raises EvidenceRefused for an entry that is not in this
    library any more, and for one too many, and Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    held = LibraryEntry.objects.select_for_update(of=("self",), no_key=True)
    present = held.filter(organization=application.organization_id, taken_out_at__isnull=True)
    found = present.select_related("stored").filter(pk=entry.pk).first()
    if found is None:
        raise EvidenceRefused.because(
            "taken_out",
            _("材料“%(title)s”已移出资料库，不能引用；需要时请重新上传。") % {"title": entry.title},
        )
    evidence = _present(application).filter(entry=found).first()
    if evidence is None:
        _check_room(application, found.stored.size)
        evidence = _cited(application, found, "", actor)
    evidence.items.add(*items)
    return evidence


def _check_room(application: Application, size: int) -> None:
    present = _present(application)
    if present.count() >= settings.EVIDENCE_COUNT_LIMIT:
        raise EvidenceRefused.because(
            "too_many",
            _("每份申报最多 %(count)s 个文件，请先删除不需要的。")
            % {"count": settings.EVIDENCE_COUNT_LIMIT},
        )
    total: Any = present.aggregate(total=Sum("entry__stored__size"))["total"] or 0
    if total + size > settings.EVIDENCE_TOTAL_LIMIT:
        raise EvidenceRefused.because(
            "application_full",
            _("全部材料合计不能超过 %(limit)s MB，请先删除不需要的。")
            % {"limit": settings.EVIDENCE_TOTAL_LIMIT // _MEGABYTE},
        )


def cite(evidence: Evidence, item: Item) -> None:
    """Let one upload support another item too.

    Call it while the application is held. Raises EvidenceRefused when the file was taken away.
    """
    if not Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).exists():
        raise EvidenceRefused.because(
            "removed",
            _("材料“%(title)s”已被移除，不能引用；需要时请重新上传。") % {"title": evidence.title},
        )
    evidence.items.add(item)


def is_handed_in() -> Q:
    """That a row is in force, or named by a submission; a discarded file is not shown on."""
    named = Submission.objects.filter(
        application=OuterRef("application"),
        content__evidence__contains=JSONArray(JSONObject(id=OuterRef("pk"))),
    )
    return Q(removed_at__isnull=True) | Q(Exists(named))


def hashes_handed_in() -> Iterator[str]:
    """The hashes that submissions name, whatever became of the rows."""
    for content in Submission.objects.values_list("content__evidence", flat=True).iterator():
        yield from (file["sha256"] for file in content or ())


def remove(evidence: Evidence, item: Item, *, actor: Person) -> list[FormerValue]:
    """Take the file away from ``item``; from the draft altogether when no item cites it.

    The stored file stays, for an earlier submission may name it, and so does who had brought it.
    Returns what of another person was taken away. Raises Refusal for who is not of the applicant.
    """
    refuse_unless_applicant(evidence.application, actor)
    if not evidence.items.filter(pk=item.pk).exists():
        return []
    evidence.items.remove(item)
    now = clock.now()
    if not evidence.items.exists():
        evidence.removed_at, evidence.removed_by = now, actor
        evidence.save(update_fields=["removed_at", "removed_by"])
    former = FormerValue(
        field="file",
        value=evidence.title,
        written_by_id=evidence.uploaded_by_id,
        first_at=evidence.uploaded_at,
        last_at=evidence.uploaded_at,
        replaced_by=actor,
        replaced_at=now,
    )
    place = {"item": item, "subject_id": evidence.pk}
    kept = authorship.keep([former], evidence.application, FormerValue.Subject.EVIDENCE, **place)
    return authorship.of_others(kept)
