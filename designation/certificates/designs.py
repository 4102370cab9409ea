"""How the certificates of a county look: what was saved last, else what we propose."""

from designation.organizations.models import Jurisdiction

from .models import CertificateDesign

# Our defaults; no norm for such certificates was found.
PROPOSED = {
    "heading": "示范点证书",
    "wording": "经审定，命名【单位】为【类别】示范点。特发此证。",
    "plaque_text": "【类别】示范点",
}


def latest(county: Jurisdiction) -> CertificateDesign:
    """The one in force; not saved yet where the county has none of its own."""
    saved = CertificateDesign.objects.filter(jurisdiction=county).select_related("crest")
    return saved.first() or CertificateDesign(jurisdiction=county, **PROPOSED)


def makes_plaques(county: Jurisdiction) -> bool:
    return latest(county).makes_plaques
