"""What a message about a decision says of an appeal against it: until when, and where.

An event stores it as of its day; of a decision against which there is no appeal it stores nothing,
and the lines are left out.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said
from designation.calendar.working_days import last_day
from designation.organizations.models import Jurisdiction, county_code
from designation.papers.dates import in_words
from designation.register.models import TitleStep

from ...case.records import Decision
from .against import against, area_of, until, whose

FIELDS = ("appeal_until", "appeal_to")
WORDS = {"appeal_until": _("申请复核的期限"), "appeal_to": _("受理复核的县")}
LINES = (
    _("对这个决定不服的，单位负责人可以在%(appeal_until)s前申请复核一次。"),
    _(
        "申请复核：在本系统中提交，或者把书面申请交%(appeal_to)s的县级经办人；"
        "由没有参与过这件事的人办理。"
    ),
)


def of(ground: Decision | TitleStep) -> dict[str, Any]:
    """By the names of ``FIELDS``."""
    if against(ground) is None:
        return dict.fromkeys(FIELDS, "")
    return {"appeal_until": said.deadline(until(ground)), "appeal_to": said.name(_county(ground))}


def in_a_paper(ground: Decision | TitleStep) -> dict[str, str]:
    """By the same names, as the paper of a decision says it; of a unit that is gone, nothing."""
    if against(ground) is None or not whose(ground).is_active:
        return {}
    last = until(ground)
    return {
        "appeal_until": in_words(last_day(last)) if last else "",
        "appeal_to": _county(ground).name_zh,
    }


def _county(ground: Decision | TitleStep) -> Jurisdiction:
    """Whose coordinators take in what comes on paper: a title may lie in a township."""
    area = area_of(ground)
    code = county_code(area.code)
    if area.code == code:
        return area
    return Jurisdiction.objects.filter(code=code).first() or area
