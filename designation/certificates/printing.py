"""A certificate as PDF: drawn of what was signed, and bearing that as a file attached to it.

It is drawn when it is asked for: what it states and the design it was issued in are kept, so the
same certificate gives the same bytes. Every word on it is signed, or one that the documented
script knows and expects in its place (``check_certificate.txt``): another is forged.
"""

import base64
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
from django.utils.translation import gettext as _

from designation.site.templatetags.qr import drawn
from standards.language import of_the_record
from standards.printing import pdf

from .content import Content
from .models import RED, Certificate, CertificateDesign

# The name of the file within the PDF, and of that beside the check page.
SIGNED = "certificate.json"
_LAYOUT = Path(__file__).with_name("certificate.typ")
_PREVIEW_SCALE = 1.4


@dataclass(frozen=True, slots=True)
class _Printed:
    title: str
    heading: str
    heading_en: str
    number: str
    text: str
    text_en: str
    facts: tuple[tuple[str, str], ...]
    body: str
    day: str
    told: str
    code: str
    colour: str
    key: str
    specimen: str
    remarks: tuple[str, ...] = ()


def signed(certificate: Certificate) -> str:
    """What a stranger checks: the content, its signature, and by which key, as JSON."""
    said = {
        "content": certificate.content,
        "key_id": certificate.key.key_id,
        "signature": certificate.signature,
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)


@of_the_record()
def certificate_pdf(certificate: Certificate) -> bytes:
    design = certificate.design
    return pdf.laid_out_pdf(
        _LAYOUT,
        _printed(certificate.content, design, certificate.key.key_id),
        dated=certificate.issued_at,
        beside={"crest": _as_svg(design), SIGNED: signed(certificate)},
    )


@of_the_record()
def preview(content: Content, design: CertificateDesign) -> bytes:
    """The first page of a specimen in this design, as PNG."""
    beside = {"crest": _as_svg(design), SIGNED: "{}"}
    file = pdf.laid_out_pdf(_LAYOUT, _printed(content, design, ""), beside=beside)
    page = pypdfium2.PdfDocument(file)[0]
    picture = io.BytesIO()
    page.render(scale=_PREVIEW_SCALE).to_pil().save(picture, "PNG")
    return picture.getvalue()


def _printed(content: Content, design: CertificateDesign | None, key: str) -> _Printed:
    return _Printed(
        title=f"{content['heading']} {content['number']}",
        heading=content["heading"],
        heading_en=content["heading_en"],
        number=content["number"],
        text=content["text"],
        text_en=content["text_en"],
        facts=_facts(content),
        body=content["deciding_body"],
        day=_day(content["issued_on"]),
        told=_("扫码查验：称号现在是否有效"),
        code=drawn(content["address"]),
        colour=design.colour if design else RED,
        key=_("电子签名 Ed25519，密钥 %(key)s") % {"key": key} if key else "",
        specimen="" if key else _("样张"),
    )


def _facts(content: Content) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("证书编号"), content["number"]),
        (_("名册编号"), content["title_number"]),
        (_("命名决定"), content["decision_number"]),
        (_("命名日期"), _day(content["valid_from"])),
        (_("有效期至"), _day(content["valid_until"])),
    ]
    if content["organization_as_named"]:
        facts.append((_("命名时名称"), content["organization_as_named"]))
    if content["replaces"]:
        facts.append((_("代替原证书"), content["replaces"]))
    return tuple(facts)


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.year}年{day.month}月{day.day}日"


def _as_svg(design: CertificateDesign | None) -> str:
    """The crest in the one form that a layout takes as text; empty where there is none."""
    if design is None or design.crest is None:
        return ""
    picture = base64.b64encode(bytes(design.crest.picture)).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        '<image width="100" height="100" preserveAspectRatio="xMidYMid meet" '
        f'href="data:image/png;base64,{picture}"/></svg>'
    )
