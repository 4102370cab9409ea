"""A paper as a file: PDF/A by the official layout, or Word by its template."""

import logging
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from designation.evidence import contents
from designation.evidence import names as media
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Jurisdiction, Level
from designation.site import text
from standards.language import of_the_record
from standards.printing import pdf

from . import composed, sealed, templates, word
from .fields import Paper
from .filling import Fault
from .models import WordTemplate

log = logging.getLogger(__name__)

SUFFIXES = {"pdf": media.PDF, "docx": media.DOCX}
_SYSTEM_S = "（系统版式）"
_LAYOUT = Path(__file__).with_name("official.typ")


@of_the_record()
def paper_pdf(paper: Paper, *, dated: datetime | None = None) -> bytes:
    """PDF/A-2u as Typst writes it, which refuses what the profile forbids.

    Validated are the clauses of ``tests/archival.py``; by no conformance checker of others.
    """
    return pdf.laid_out_pdf(_LAYOUT, composed.official(paper), dated=dated)


def paper_docx(paper: Paper, *, area: Jurisdiction) -> tuple[bytes, str]:
    """By the template of the narrowest area around, else by the system's.

    One that was taken when the fields were others, and fits no more, holds nobody's paper up:
    then with what to tell whoever takes the paper, who waits for the county's own.
    """
    own = templates.standing(area, paper.KIND)
    if own is None:
        return word.paper_docx(paper), ""
    made = word.filled(paper, bytes(own.content))
    if not isinstance(made, Fault):
        return made, ""
    log.warning("The Word template %s fits no more: %s", own, made)
    return word.paper_docx(paper), _not_by(own) % {"why": templates.said(made)}


def _not_by(own: WordTemplate) -> str:
    """What to tell of it, to be said with ``why``."""
    if own.jurisdiction.level == Level.COUNTY:
        return _(
            "刚下载的文书是按系统版式生成的，本县的 Word 模板用不了：%(why)s请告知县级经办人。"
        )
    return _("刚下载的文书是按系统版式生成的，上级的 Word 模板用不了：%(why)s请告知其经办人。")


def answer(
    request: HttpRequest,
    paper: Paper,
    suffix: str,
    *,
    area: Jurisdiction,
    dated: datetime | None = None,
    of: int | None = None,
) -> FileResponse:
    """The file of a page; 404 for a suffix that there is none of.

    ``of`` is the key of what the paper is of: where it came back sealed, that is its PDF. Where
    the county's own template did not do, the name of the file says so, and the next page why.
    """
    if suffix not in SUFFIXES:
        raise Http404
    if suffix == "pdf" and of is not None and (copy := _sealed(paper, of)):
        return copy
    made, told = (
        (paper_pdf(paper, dated=dated), "") if suffix == "pdf" else paper_docx(paper, area=area)
    )
    if told:
        messages.warning(request, told)
    return FileResponse(
        BytesIO(made),
        as_attachment=suffix != "pdf",
        filename=file_name(paper, suffix, mark=_SYSTEM_S if told else ""),
        content_type=SUFFIXES[suffix],
    )


def _sealed(paper: Paper, of: int) -> FileResponse | None:
    """The sealed copy as it was put there, a photo as a photo: its hash is on record.

    One that the storage lost, of which the log tells, holds nobody's paper up.
    """
    copy = sealed.standing(paper.KIND, of)
    if copy is None:
        return None
    try:
        content = contents.opened(copy.entry.stored, copy.entry.title)
    except EvidenceRefused:
        return None
    kept_as = copy.entry.stored.media_type
    return media.as_attachment(content, copy.entry.title, kept_as, plain=str(copy.pk))


@of_the_record()
def file_name(paper: Paper, suffix: str, *, mark: str = "") -> str:
    """Its title, its number where it has one, and what else is to be seen of it at once."""
    title = composed.official(paper).title
    return f"{text.file_name(f'{paper.document_number}{title}{mark}')}.{suffix}"
