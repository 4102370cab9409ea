"""Pictures of the pages of one paper, bound into one PDF in the order in which they came.

A telephone takes a page at a time, and one paper comes back as one file. Each picture was judged
as evidence is and has nothing left of its camera; what is bound is judged again, as any PDF.
"""

from collections.abc import Sequence
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from pypdf import PdfWriter

from designation.evidence import content, pictures
from designation.evidence.content import Received
from designation.evidence.names import JPEG, PNG
from designation.site.refusal import Refusal

# Our default: of one paper; more pages go through a scanner.
MOST = 10


def bound(pages: Sequence[Received]) -> Received:
    """The one file that they are. Raises Refusal for several that are not pictures alone."""
    if len(pages) == 1:
        return pages[0]
    if any(page.media_type not in (JPEG, PNG) for page in pages):
        told = _("一次选几个的，只能都是照片，一张一页，按页序合成一个 PDF；PDF 请只选一个。")
        raise Refusal.because("not_pictures_alone", told)
    made = _pdf(pages)
    if len(made) > settings.EVIDENCE_FILE_LIMIT:
        told = _("几张照片合成以后超过 %(limit)s MB，请扫描成一个 PDF，或者缩小照片后再传。")
        limit = settings.EVIDENCE_FILE_LIMIT // (1024 * 1024)
        raise Refusal.because("too_large", told % {"limit": limit})
    return content.received(made, "pages.pdf")


def refuse_too_many(count: int) -> None:
    """Before they are judged: each is decoded, and a page waits."""
    if count > MOST:
        told = _("一次最多选 %(most)s 张照片；页数更多的，请扫描成一个 PDF。") % {"most": MOST}
        raise Refusal.because("too_many_pages", told)


def _pdf(pages: Sequence[Received]) -> bytes:
    """A page each; it says nothing of itself nor when, so that the same pictures give the same."""
    writer = PdfWriter()
    for page in pages:
        writer.append(BytesIO(pictures.page(page.content)))
    writer.metadata = None
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
