"""Evidence of an application: kept once by its content, cited by several items."""

import logging
from collections.abc import Iterable
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from designation.evidence import refusals
from designation.evidence.content import Received, received
from designation.evidence.names import served_name
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Person
from designation.site import clock
from designation.site.uploads import too_large
from standards.characters import line
from standards.models import Item

from . import authorship
from .models import Application, Evidence, FormerValue, Submission

__all__ = [
    "EvidenceRefused",
    "attach",
    "cite",
    "is_handed_in",
    "opened",
    "outcome",
    "receive",
    "remove",
]

log = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
_LONGEST_TITLE = 120


def receive(file: UploadedFile) -> Received:
    """Judge an upload before anything is locked or written. Raises EvidenceRefused."""
    name = line(str(file.name))
    if (file.size or 0) > settings.EVIDENCE_FILE_LIMIT:
        raise EvidenceRefused(too_large(name, file.size or 0))
    file.seek(0)
    return received(file.read(), name)


def attach(
    application: Application,
    file: UploadedFile | Received,
    *,
    title: str,
    items: Iterable[Item],
    actor: Person,
) -> Evidence:
    """Keep a file for ``items``; the same content again only gains the new items.

    What was there already comes back with ``found_again`` set and the title it has; ``outcome``
    says so. The file is on the disk before its row is written: a transaction rolled back leaves
    a file without a row (``strays``), never a row without its file. Raises EvidenceRefused when
    the file is not taken, is one too many, or cannot be written.
    """
    new = file if isinstance(file, Received) else receive(file)
    with transaction.atomic():
        evidence = _known(application, new) or _keep(application, new, title, actor)
        evidence.items.add(*items)
    return evidence


def opened(evidence: Evidence) -> IO[bytes]:
    """The stored file. Raises EvidenceRefused when it is missing or cut off on the disk."""
    storage, name = evidence.file.storage, str(evidence.file.name)
    try:
        if storage.size(name) == evidence.size:
            file: IO[bytes] = storage.open(name)
            return file
    except OSError:
        pass
    log.error("Stored evidence is missing or incomplete: %s", name)
    raise refusals.lost(evidence.title)


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
    same = Q(sha256=new.sha256) | Q(sha256_as_uploaded=new.sha256_as_uploaded)
    present = Evidence.objects.filter(same, application=application, removed_at=None)
    evidence = present.order_by("pk").first()
    if evidence is not None:
        evidence.found_again = True
        if evidence.sha256 == new.sha256:
            # Written again: the copy on the disk may have been cut off.
            evidence.file.storage.save(evidence.file.name, ContentFile(new.content))
    return evidence


def _keep(application: Application, new: Received, title: str, actor: Person) -> Evidence:
    _check_room(application, len(new.content))
    name = served_name(new.name, new.media_type)
    return Evidence.objects.create(
        application=application,
        sha256=new.sha256,
        sha256_as_uploaded=new.sha256_as_uploaded,
        title=(title or new.name)[:_LONGEST_TITLE],
        file=ContentFile(new.content, name),
        file_name=name,
        media_type=new.media_type,
        size=len(new.content),
        uploaded_at=clock.now(),
        uploaded_by=actor,
    )


def _check_room(application: Application, size: int) -> None:
    present = Evidence.objects.filter(application=application, removed_at__isnull=True)
    if present.count() >= settings.EVIDENCE_COUNT_LIMIT:
        raise EvidenceRefused(
            _("每份申报最多 %(count)s 个文件，请先删除不需要的。")
            % {"count": settings.EVIDENCE_COUNT_LIMIT}
        )
    total: Any = present.aggregate(total=Sum("size"))["total"] or 0
    if total + size > settings.EVIDENCE_TOTAL_LIMIT:
        raise EvidenceRefused(
            _("全部材料合计不能超过 %(limit)s MB，请先删除不需要的。")
            % {"limit": settings.EVIDENCE_TOTAL_LIMIT // _MEGABYTE}
        )


def cite(evidence: Evidence, item: Item) -> None:
    """Let one upload support another item too.

    Call it while the application is held. Raises EvidenceRefused when the file was taken away.
    """
    if not Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).exists():
        raise EvidenceRefused(
            _("材料“%(title)s”已被移除，不能引用；需要时请重新上传。") % {"title": evidence.title}
        )
    evidence.items.add(item)


def is_handed_in(evidence: Evidence) -> bool:
    """Whether the file is in force or a submission names it; a discarded one is not shown on."""
    named = Submission.objects.filter(
        application=evidence.application_id, content__evidence__contains=[{"id": evidence.pk}]
    )
    return evidence.removed_at is None or named.exists()


def remove(evidence: Evidence, item: Item, *, actor: Person) -> list[FormerValue]:
    """Take the file away from ``item``; from the draft altogether when no item cites it.

    The stored file stays, for an earlier submission may name it, and so does who had brought it.
    Returns what of another person was taken away.
    """
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
