"""Saving how the certificates of a county look, and describing its plaques."""

import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from designation.audit import events
from designation.evidence import content as evidence
from designation.evidence import pictures
from designation.organizations.models import Jurisdiction, Person
from designation.site import clock, endings
from designation.site.refusal import Finding, Refusal
from standards.printing import coverage

from . import content, designs, rules
from .models import CertificateDesign, Crest

COLUMNS = (
    "heading",
    "heading_en",
    "wording",
    "wording_en",
    "colour",
    "makes_plaques",
    "plaque_material",
    "plaque_size",
    "plaque_text",
)
_WORDED = ("wording", "wording_en", "plaque_text")
_PRINTED = ("heading", "heading_en", "wording", "wording_en")
# Our default, in pixels: sharp at the size at which a crest is printed.
_SIDE = 700


@endings.act()
def save(
    county: Jurisdiction,
    values: Mapping[str, Any],
    *,
    crest: bytes | None,
    seen: int,
    actor: Person,
) -> CertificateDesign:
    """Save a design; certificates issued from now on bear it, those before keep theirs.

    ``crest`` is a picture as it was sent, empty for none any more, None for the one there is.
    ``seen`` is the key of the design that the actor saw, 0 where there was none. Raises Refusal
    for who does not coordinate there, for a wording that could not be filled in or printed, for
    what is no picture, and when another has saved since.
    """
    role = rules.designing_role(actor, county)
    if role is None:
        raise Refusal.because("not_permitted", _("请由本县的县级经办人设置证书样式。"))
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=county.pk)
    former = designs.latest(county)
    if (former.pk or 0) != seen:
        told = _("样式在您打开页面后已被改动。您填的都还在下面；请先核对最新样式，再保存。")
        raise Refusal.because("overtaken", told)
    _refuse(values)
    design = CertificateDesign(
        **{name: values[name] for name in COLUMNS},
        jurisdiction=county,
        crest=former.crest if crest is None else _kept(county, crest),
        saved_by=actor,
        saved_at=clock.now(),
    )
    design.save()
    events.append(
        events.Entry(
            actor=actor,
            action="certificate.design",
            subject=design,
            jurisdiction_code=county.code,
            role=role,
            details={
                "heading": design.heading,
                "wording": design.wording,
                "makes_plaques": design.makes_plaques,
            },
        )
    )
    return design


def _refuse(values: Mapping[str, Any]) -> None:
    faults = []
    for name in _WORDED:
        if unknown := content.unknown_places(values[name]):
            told = _("没有%(unknown)s这一处。可以用的是：%(known)s。") % {
                "unknown": "、".join(unknown),
                "known": "、".join(content.PLACES),
            }
            faults.append(Finding("unknown_place", "", told, field=name))
    for name in _PRINTED:
        if signs := coverage.not_printed(values[name]):
            told = _("“%(signs)s”（%(codes)s）没有字体可以印，印不成证书，请改用别的字。") % {
                "signs": "".join(signs),
                "codes": coverage.signs_named(signs),
            }
            faults.append(Finding("not_printed", "", told, field=name))
    if "【单位】" not in values["wording"]:
        told = _("正文里要写【单位】，发证时换成单位名称。")
        faults.append(Finding("names_nobody", "", told, field="wording"))
    if values["makes_plaques"] and not values["plaque_material"]:
        told = _("制作牌匾的，请填材质。")
        faults.append(Finding("no_material", "", told, field="plaque_material"))
    if values["makes_plaques"] and not values["plaque_size"]:
        told = _("制作牌匾的，请填尺寸。")
        faults.append(Finding("no_size", "", told, field="plaque_size"))
    if faults:
        raise Refusal(faults)


def _kept(county: Jurisdiction, sent: bytes) -> Crest | None:
    """The picture as it is kept: decoded and written anew, a PNG no larger than it is printed."""
    if not sent:
        return None
    found = pictures.kind(sent)
    if found is None:
        told = _("徽标要用图片（PNG、JPG）。请另存为图片后再传。")
        raise Refusal([Finding("no_picture", "", told, field="crest")])
    try:
        _media_type, rebuilt = pictures.rebuilt(sent, found, str(_("徽标")))
    except Refusal as refused:
        findings = [Finding(one.code, "", one.message, field="crest") for one in refused.findings]
        raise Refusal(findings) from refused
    with Image.open(io.BytesIO(rebuilt)) as picture:
        small = picture.convert("RGBA")
    small.thumbnail((_SIDE, _SIDE))
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    kept = {"picture": written.getvalue()}
    sha256 = evidence.sha256(written.getvalue())
    return Crest.objects.get_or_create(jurisdiction=county, sha256=sha256, defaults=kept)[0]
