"""What a certificate states: flat texts, of the day of issue, as they are signed and printed."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from designation.organizations.models import Jurisdiction, Level, head_of
from designation.register.models import Designation
from designation.site import clock
from designation.site.refusal import Finding
from standards.categories import Category
from standards.language import of_the_record
from standards.printing import coverage

from .models import Certificate, CertificateDesign

FORMAT = "designation-certificate/1"
# What a wording may leave open, with the field of the content that fills it in.
PLACES: Mapping[str, str] = {
    "【单位】": "organization",
    "【类别】": "category",
    "【审定机关】": "deciding_body",
    "【发文字号】": "decision_number",
    "【辖区】": "area",
}
_PLACE = re.compile(r"【[^【】]*】")
# What is another on each certificate, though it tells of the same.
OWN = ("number", "issued_on", "replaces", "address")
Content = dict[str, str]
# What is printed of it that people wrote, as pages name it: first what the sentence is made of.
_WRITTEN = {
    "organization": gettext_lazy("单位"),
    "organization_as_named": gettext_lazy("命名时名称"),
    "deciding_body": gettext_lazy("审定机关"),
    "decision_number": gettext_lazy("发文字号"),
    "area": gettext_lazy("辖区"),
}
_DESIGNED = {
    "heading": gettext_lazy("证书名称"),
    "heading_en": gettext_lazy("证书英文名称"),
    "text": gettext_lazy("证书正文"),
    "text_en": gettext_lazy("证书英文正文"),
}
_PRINTED = ("organization_as_named", "deciding_body", "decision_number", *_DESIGNED)


def unknown_places(wording: str) -> list[str]:
    """What stands in brackets and is none of ``PLACES``."""
    return [place for place in _PLACE.findall(wording) if place not in PLACES]


def filled_in(wording: str, stated: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: stated[PLACES[found.group()]], wording)


@of_the_record()
def stated(title: Designation, county: Jurisdiction, design: CertificateDesign) -> Content:
    """What a certificate of the title states as of today; what is its own stands empty.

    ``title`` is a row of ``register.titles``: under the name that its holder bears today, until
    the day on which it ends as known today.
    """
    name, name_en = title.organization.name_zh, title.organization.name_en
    if title.holder_zh:
        name, name_en = title.holder_zh, title.holder_en or ""
    content = {
        "format": FORMAT,
        **dict.fromkeys(OWN, ""),
        "heading": design.heading,
        "organization": name,
        "organization_en": name_en,
        "organization_as_named": "" if title.name_zh == name else title.name_zh,
        "area_code": head_of(county.code, Level.COUNTY),
        "area": county.name_zh,
        "category": str(Category(title.category).label),
        "title_number": title.number,
        "deciding_body": title.decision.deciding_body,
        "decision_number": title.decision.document_number,
        "decided_on": title.decision.decided_on.isoformat(),
        "valid_from": title.designated_on.isoformat(),
        "valid_until": title.until.isoformat(),
    }
    english = _english(title, county, design, content)
    return content | {"text": filled_in(design.wording, content)} | english


def _english(
    title: Designation, county: Jurisdiction, design: CertificateDesign, content: Content
) -> Content:
    """Where the county words it in English, and the holder has an English name."""
    name = content["organization_en"]
    if not (design.heading_en and design.wording_en and name):
        return {"heading_en": "", "text_en": ""}
    with override("en"):
        category = str(Category(title.category).label)
    area = county.name_en or content["area"]
    names = {"organization": name, "category": category, "area": area}
    return {
        "heading_en": design.heading_en,
        "text_en": filled_in(design.wording_en, content | names),
    }


def not_printed(content: Content) -> list[Finding]:
    """What of it no font here holds, by field and sign, with what to do; each sign at one field.

    A box on a certificate would be a fault, and the script for strangers takes it for forged.
    """
    findings: list[Finding] = []
    left = coverage.not_printed("\n".join(content[field] for field in _PRINTED))
    for field, label in (_WRITTEN | _DESIGNED).items() if left else ():
        signs = [sign for sign in coverage.not_printed(content[field]) if sign in left]
        left = [sign for sign in left if sign not in signs]
        if signs:
            findings.append(_finding(field, str(label), signs))
    return findings


def _finding(field: str, label: str, signs: list[str]) -> Finding:
    if field in _DESIGNED:
        said = _(
            "“%(field)s”中的“%(signs)s”（%(codes)s）没有字体可以印，印不成证书。"
            "请县级经办人在证书样式里改用别的字。"
        )
    else:
        said = _(
            "“%(field)s”中的“%(signs)s”（%(codes)s）没有字体可以印，印不成证书。"
            "请联系负责运行本系统的技术人员加装字体。"
        )
    shown = {"field": label, "signs": "".join(signs), "codes": coverage.signs_named(signs)}
    return Finding("not_printed", _("证书上每个字都要印得出来"), said % shown)


def is_the_same(certificate: Certificate, content: Content) -> bool:
    """Whether a certificate states all that ``content`` does, but for what is its own.

    Its address must be that of its check page still: a site that moved leaves codes to nowhere.
    """
    held = {name: text for name, text in certificate.content.items() if name not in OWN}
    said = {name: text for name, text in content.items() if name not in OWN}
    return held == said and certificate.content["address"] == _address(certificate.check_page)


def numbered(
    content: Content, *, number: str, check_page: str, replaces: Certificate | None
) -> Content:
    """The content with what is this certificate's own."""
    return content | {
        "number": number,
        "issued_on": clock.today().isoformat(),
        "replaces": replaces.number_said if replaces else "",
        "address": _address(check_page),
    }


def _address(check_page: str) -> str:
    return f"{settings.SITE_ADDRESS}{check_page}"
