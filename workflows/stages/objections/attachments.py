"""What comes with an objection: judged as evidence is, stripped of its metadata, sealed apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from designation.evidence import library, portable, several
from designation.evidence.names import JPEG, PDF, PNG
from designation.evidence.refusals import EvidenceRefused
from designation.site.refusal import Finding, Refusal
from designation.site.sealing import seal_file, unseal_file

from .course import refusal
from .models import Objection, ObjectionAttachment

FIELD = "attachments"
# Our defaults. Pictures and PDF alone: what an office program writes names its authors in many
# places, and here nobody may be named.
MOST_FILES = 3
MOST_BYTES = 20 * 1024 * 1024
_TAKEN = (JPEG, PNG, PDF)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it will be sealed: without metadata, and without the name it came with."""

    media_type: str
    content: bytes


def faults(files: Sequence[UploadedFile]) -> Iterable[Finding]:
    """What is wrong with several files before any of them is read."""
    if len(files) > MOST_FILES:
        told = _("附件最多 %(most)s 个，请去掉一些，或者合并成一个 PDF。") % {"most": MOST_FILES}
        yield Finding("too_many_files", "", told, field=FIELD)
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        told = _("附件合计不能超过 %(limit)s MB，请压缩后再选，或者拍得小一些。")
        told %= {"limit": MOST_BYTES // 1024**2}
        yield Finding("files_too_large", "", told, field=FIELD)


def judged(files: Sequence[UploadedFile]) -> list[Attached]:
    """Each as it will be kept. Raises Refusal with a finding for each that is not taken."""
    if findings := list(faults(files)):
        raise Refusal([*findings, several.to_be_chosen_anew(FIELD)])
    return several.judged(files, _judged, field=FIELD)


def _judged(file: UploadedFile) -> Attached:
    received = library.receive(file)
    if received.media_type not in _TAKEN:
        told = _("“%(name)s”不是图片或 PDF。请另存为 PDF，或者拍照、截图后再选。")
        raise EvidenceRefused.because("not_a_picture", told % {"name": received.name})
    if received.media_type == PDF:
        return Attached(PDF, portable.bare(received.content, received.name))
    return Attached(received.media_type, received.content)


def keep(objection: Objection, files: Iterable[Attached]) -> None:
    """Seal what came with it, in the order in which it came."""
    ObjectionAttachment.objects.bulk_create(
        ObjectionAttachment(
            objection=objection,
            number=number,
            media_type=file.media_type,
            size=len(file.content),
            sealed=seal_file(file.content),
        )
        for number, file in enumerate(files, start=1)
    )


def unsealed(attachment: ObjectionAttachment) -> bytes:
    """The file. Raises Refusal when it was sealed under another key."""
    try:
        return unseal_file(bytes(attachment.sealed))
    except InvalidToken as error:
        raise shut() from error


def shut() -> Refusal:
    """What is said where no key opens what was sealed."""
    return refusal(_("密封所用的密钥已更换，无法打开。请系统运维人员恢复原来的密钥。"))
