"""How certificates of a county are issued today, and what of those that there are differs from it.

Nothing is written here: a page counts by it what an act then does by it.
"""

from dataclasses import dataclass

from designation.organizations.models import Jurisdiction
from designation.register.models import Designation
from designation.site.refusal import Finding, Refusal

from . import content, signing
from .content import Content
from .models import Certificate, CertificateDesign


def key_in_use() -> str:
    """The id of the key that would sign; empty where there is none, so that none is another's."""
    try:
        return signing.signer().key_id
    except Refusal:
        return ""


@dataclass(frozen=True, slots=True)
class Manner:
    """``titles`` asked of it are rows of ``register.titles``."""

    county: Jurisdiction
    design: CertificateDesign
    key_id: str

    def stated(self, title: Designation) -> Content:
        return content.stated(title, self.county, self.design)

    def would_differ(self, title: Designation, former: Certificate) -> bool:
        """Whether a new one would state something else, look otherwise or bear another key."""
        return (
            not content.is_the_same(former, self.stated(title))
            or former.design_id != self.design.pk
            or self.key_id not in ("", former.key.key_id)
        )

    def not_printed(self, title: Designation) -> list[Finding]:
        """What of all that is printed no font here holds: asked before a number is taken."""
        return content.not_printed(self.stated(title))
