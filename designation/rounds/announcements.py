"""Who is told that there is more time to apply: the applicants whom it concerns."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import InEach
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role

from .models import RoundExtension
from .rules import shown_rounds

_APPLICANTS = (InEach(Role.HEAD, "organizations"), InEach(Role.PREPARER, "organizations"))
_SENTENCES = {
    "round.extend": _("“%(round)s”的申报截止时间延长至%(closes)s。"),
    "round.extend_for": _("准许贵单位在%(closes)s以前申报“%(round)s”。"),
}


def declare() -> None:
    for action, sentence in _SENTENCES.items():
        store(action, said=("round", "closes", "reason"), parties=("organizations",))
        announce(Announcement(action, _APPLICANTS, sentence, (_("原因：%(reason)s"),)))
    name_fields({"closes": _("截止时间")})
    subjects.register(
        "rounds.round",
        SubjectKind(
            opens=_("查看批次"),
            page=lambda round_: ("rounds:detail", [round_.pk]),
            may_see=_may_see,
        ),
    )


def _may_see(person: Person, round_: str) -> bool:
    return shown_rounds(person).filter(pk=round_).exists()


def extended(extension: RoundExtension, action: str, organizations: Sequence[int]) -> None:
    """Tell the applicants of these organizations."""
    round_ = extension.round
    tell(
        Event(
            action=action,
            subject=round_,
            jurisdiction_code=round_.jurisdiction.code,
            actor=extension.actor,
            role=extension.role,
            said={
                "round": said.name(round_),
                "closes": said.deadline(extension.closes_after),
                "reason": extension.reason,
            },
            parties={"organizations": list(organizations)},
            at=extension.at,
        )
    )
