"""A certificate of nobody, to see a design by."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from designation.organizations.models import Jurisdiction
from designation.site import clock
from designation.site.years import years_after
from standards.language import of_the_record

from . import content, numbers
from .models import CertificateDesign


@of_the_record()
def specimen(county: Jurisdiction, design: CertificateDesign) -> content.Content:
    today = clock.today()
    stated = {
        "heading": design.heading,
        "organization": _("某镇某村党支部"),
        "organization_as_named": "",
        "area": county.name_zh,
        "category": _("农村"),
        "title_number": f"{county.prefix}-{today.year}-NC-00001",
        "deciding_body": _("中共某县委员会"),
        "decision_number": _("某发〔2026〕1号"),
        "valid_from": today.isoformat(),
        "valid_until": years_after(today, 3).isoformat(),
        "number": numbers.said(today.year, 1),
        "issued_on": today.isoformat(),
        "replaces": "",
        "address": settings.SITE_ADDRESS,
    }
    stated["text"] = content.filled_in(design.wording, stated)
    with override("en"):
        english = stated | {"organization": _("某镇某村党支部"), "category": _("农村")}
    english["area"] = county.name_en or county.name_zh
    stated["heading_en"] = design.heading_en
    stated["text_en"] = content.filled_in(design.wording_en, english)
    return stated
