"""Who is told that there is more time to apply, or that a definition was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import InEach, Those
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role

from .models import RoundDefinition, RoundExtension
from .rules import shown_rounds

_APPLICANTS = (InEach(Role.HEAD, "organizations"), InEach(Role.PREPARER, "organizations"))
_CORRECTED = "round.correct_term"
_SENTENCES = {
    "round.extend": _("“%(round)s”的申报截止时间延长至%(closes)s。"),
    "round.extend_for": _("准许贵单位在%(closes)s以前申报“%(round)s”。"),
}


@dataclass(slots=True)
class Concerned:
    """Keys of those whom a correction concerns: who applies, who reviews, who verifies."""

    organizations: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)


def declare() -> None:
    for action, sentence in _SENTENCES.items():
        store(action, said=("round", "closes", "reason"), parties=("organizations",))
        announce(Announcement(action, _APPLICANTS, sentence, (_("原因：%(reason)s"),)))
    store(
        _CORRECTED,
        said=("round", "term", "definition", "reason"),
        parties=("organizations", "bodies", "people"),
    )
    concerned = (
        *_APPLICANTS,
        InEach(Role.FIRST_REVIEWER, "bodies"),
        Those("people", _("在办的核查员"), Role.VERIFIER),
    )
    told = _("“%(round)s”中“%(term)s”的释义已更正。")
    lines = (_("更正后：%(definition)s"), _("原因：%(reason)s"))
    announce(Announcement(_CORRECTED, concerned, told, lines))
    name_fields({"closes": _("截止时间"), "term": _("地方用语"), "definition": _("更正后的释义")})
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
                "round": said.of_round(round_),
                "closes": said.deadline(extension.closes_after),
                "reason": extension.reason,
            },
            parties={"organizations": list(organizations)},
            at=extension.at,
        )
    )


def corrected(definition: RoundDefinition, concerned: Concerned) -> None:
    """Tell who applies, reviews and verifies by the definition that was corrected."""
    round_ = definition.round
    tell(
        Event(
            action=_CORRECTED,
            subject=round_,
            jurisdiction_code=round_.jurisdiction.code,
            actor=definition.actor,
            role=definition.role,
            said={
                "round": said.of_round(round_),
                "term": definition.term,
                "definition": definition.definition,
                "reason": definition.reason,
            },
            parties={
                "organizations": sorted(concerned.organizations),
                "bodies": sorted(concerned.bodies),
                "people": sorted(concerned.people),
            },
            at=definition.at,
        )
    )
