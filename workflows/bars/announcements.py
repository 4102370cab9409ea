"""Who is told that a bar is lifted: the unit, those that went on with it, and the coordinators."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.announcements.declared import Announcement, announce, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import InEach, Over
from designation.organizations.models import Role
from designation.organizations.succession import lineage_of
from designation.register.bars import offspring
from designation.register.models import BarLifting

LIFTED = "bar.lift"
_SENTENCE = _("%(organization)s的限制申报已经解除，可以申报；申报未通过的批次除外。")
_BODY = (_("依据文件：%(document)s（%(dated)s）"), _("理由：%(reason)s"))
_UNITS = (InEach(Role.HEAD, "units"), InEach(Role.PREPARER, "units"))


def declare() -> None:
    store(
        LIFTED,
        said=("organization", "document", "dated", "reason"),
        parties=("units",),
    )
    announce(
        Announcement(LIFTED, _UNITS, _SENTENCE, _BODY, is_decision=True),
        Announcement(LIFTED, (Over(Role.COUNTY_COORDINATOR),), _SENTENCE, _BODY),
    )


def lifted(lifting: BarLifting, since: date) -> None:
    """Tell them, within the transaction of the act; ``since`` is the day of the bar."""
    organization = lifting.organization
    tell(
        Event(
            action=LIFTED,
            subject=organization,
            jurisdiction_code=organization.jurisdiction.code,
            actor=lifting.actor,
            role=lifting.role,
            said={
                "organization": said.name(organization),
                "document": f"{lifting.deciding_body} {lifting.document_number}",
                "dated": said.day(lifting.decided_on),
                "reason": lifting.reason,
            },
            parties={"units": [*offspring(organization.pk, since, lineage_of(organization))]},
            at=lifting.at,
        )
    )
