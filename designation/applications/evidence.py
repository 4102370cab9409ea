"""Evidence: files judged by their content, kept once, cited by several items."""

import hashlib
from collections.abc import Iterable
from typing import Any
from zipfile import BadZipFile, ZipFile

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from designation import clock
from designation.organizations.models import Person
from standards.models import Item

from . import authorship
from .models import Application, Evidence, FormerValue

# What puremagic may call each type, by the type we serve it as.
ALLOWED_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}
_SAME = {".jpeg": ".jpg", ".jfif": ".jpg"}
# Every ZIP begins alike: a Word or Excel file is known by the part that holds its document.
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_PARTS = {
    "word/document.xml": _OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
}
_ZIP_START = b"PK\x03\x04"
_MACROS = "vbaProject.bin"
_MEGABYTE = 1024 * 1024
_LONGEST_TITLE = 120
_LONGEST_NAME = 200


class EvidenceRefused(ValueError):
    """A file that cannot be taken; ``str()`` says why and what to do."""


def media_type(file: UploadedFile) -> str:
    """The type of the content, whatever its name. Raises EvidenceRefused for any not allowed."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    if not content:
        raise EvidenceRefused(_("文件是空的，请重新选择。"))
    kind = _office_type(file) if content.startswith(_ZIP_START) else _plain_type(content)
    if kind is None:
        raise EvidenceRefused(
            _(
                "“%(name)s”的内容不是允许的类型。"
                "请上传 PDF、JPG、PNG、Word（docx）或 Excel（xlsx）文件。"
            )
            % {"name": file.name}
        )
    return kind


def _plain_type(content: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    extensions = (match.extension.lower() for match in matches)
    known = (ALLOWED_TYPES.get(_SAME.get(extension, extension)) for extension in extensions)
    return next(filter(None, known), None)


def _office_type(file: UploadedFile) -> str | None:
    """A Word or Excel document without macros; any other archive is none."""
    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
    except BadZipFile:
        return None
    finally:
        file.seek(0)
    if any(part.endswith(_MACROS) for part in parts):
        return None
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in parts), None)


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
                "title": (title or str(file.name))[:_LONGEST_TITLE],
                "file": file,
                "file_name": str(file.name)[-_LONGEST_NAME:],
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
