"""Evidence: files judged by their content, kept once, cited by several items."""

import hashlib
from collections.abc import Iterable
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from designation import clock
from designation.organizations.models import Person
from standards.models import Item

from .models import Application, Evidence

# What puremagic may call each type, by the type we serve it as.
_OFFICE = "application/vnd.openxmlformats-officedocument."
ALLOWED_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
}
_SAME = {".jpeg": ".jpg", ".jfif": ".jpg"}
_MEGABYTE = 1024 * 1024


class EvidenceRefused(ValueError):
    """A file that cannot be taken; ``str()`` says why and what to do."""


def media_type(file: UploadedFile) -> str:
    """The type of the content, whatever its name. Raises EvidenceRefused for any not allowed."""
    file.seek(0)
    head = file.read()
    file.seek(0)
    if not head:
        raise EvidenceRefused(_("文件是空的，请重新选择。"))
    for extension in _extensions(head):
        if extension in ALLOWED_TYPES:
            return ALLOWED_TYPES[extension]
    raise EvidenceRefused(
        _(
            "“%(name)s”的内容不是允许的类型。"
            "请上传 PDF、JPG、PNG、Word（docx）或 Excel（xlsx）文件。"
        )
        % {"name": file.name}
    )


def _extensions(content: bytes) -> list[str]:
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return []
    best = [match.extension.lower() for match in matches]
    return [_SAME.get(extension, extension) for extension in best]


def attach(
    application: Application,
    file: UploadedFile,
    *,
    title: str,
    items: Iterable[Item],
    actor: Person,
) -> Evidence:
    """Keep an uploaded file for ``items``; the same content again only gains the new items.

    Raises EvidenceRefused when the file is too large, of a forbidden type, or one too many.
    """
    _check_size(application, file)
    kind = media_type(file)
    sha256 = _sha256(file)
    with transaction.atomic():
        evidence, _created = Evidence.objects.get_or_create(
            application=application,
            sha256=sha256,
            removed_at=None,
            defaults={
                "title": title or str(file.name),
                "file": file,
                "file_name": str(file.name)[-200:],
                "media_type": kind,
                "size": file.size or 0,
                "uploaded_at": clock.now(),
                "uploaded_by": actor,
            },
        )
        evidence.items.add(*items)
    return evidence


def _check_size(application: Application, file: UploadedFile) -> None:
    size = file.size or 0
    if size > settings.EVIDENCE_FILE_LIMIT:
        raise EvidenceRefused(
            _("“%(name)s”有 %(size)s MB，超过单个文件 %(limit)s MB 的上限。请压缩后再传。")
            % {
                "name": file.name,
                "size": round(size / _MEGABYTE, 1),
                "limit": settings.EVIDENCE_FILE_LIMIT // _MEGABYTE,
            }
        )
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


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def cite(evidence: Evidence, item: Item) -> None:
    """Let one upload support another item too."""
    evidence.items.add(item)


def remove(evidence: Evidence, item: Item) -> None:
    """Take the file away from ``item``; from the draft altogether when no item cites it.

    The stored file stays: an earlier submission may name it.
    """
    evidence.items.remove(item)
    if not evidence.items.exists():
        evidence.removed_at = clock.now()
        evidence.save(update_fields=["removed_at"])
