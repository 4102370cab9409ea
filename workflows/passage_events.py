"""A passage of an application as an event, and the messages about it.

The bridge between the door, which sends ``passed``, and whoever tells people.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from designation.announcements import composing, said
from designation.announcements.declared import (
    Announcement,
    announce,
    leave_untold,
    name_fields,
    store,
    withdraw,
)
from designation.announcements.happened import Event, Turn, tell
from designation.announcements.receivers import In, Over, Wanted, WhoseTurn
from designation.applications.models import Application
from designation.calendar.models import Term
from designation.organizations.models import Role
from designation.register.bars import Bar, Ground
from designation.site import clock
from standards.language import of_the_record

from . import declared, stage_terms
from .bars import words
from .case.facts import Case
from .case.records import Correction, Decision
from .signals import Passed, passed
from .stages.appeals import told as appeals
from .stages.appeals.against import passages as appealed_against
from .stages.verification.models import VisitMember

RETURN = "return_for_correction"
_APPLICANT = (In(Role.PREPARER, "applicant"), In(Role.HEAD, "applicant"))
_OF_THE_APPLICANT = (Role.PREPARER, Role.HEAD)
_BODY = (_("批次：%(round)s"), _("意见：%(opinion)s"))
_RECEIPT = _("回执编号：%(receipt)s")
_LIST = _("需补正的条目：\n%(corrections)s")
# What is said of a passage that has no sentence of its own.
_ANY = _("%(organization)s：%(what)s。")
_START = _("%(organization)s开始填写申报。")
_GOES_ON = _("%(organization)s接着办理原单位的申报，环节和期限不变。")


@dataclass(frozen=True, slots=True)
class _WhoTypes(WhoseTurn):
    """Whoever types it from paper, for a unit that may have nobody to tell; None once it is over.

    An event stored before there was such a party knows of nobody.
    """

    party: str = "typist"

    def wanted(self, parties: Mapping[str, Any]) -> Iterable[Wanted]:
        return WhoseTurn.wanted(self, {self.party: parties.get(self.party)})

    def __str__(self) -> str:
        return gettext("按签字纸质件代录的人")


def declare() -> None:
    """Whose turn it is is asked to act, the applicant is told; the title speaks for itself."""
    store(
        "application.*",
        said=("organization", "round", "opinion", "corrections", "receipt", "due", *appeals.FIELDS),
        parties=("applicant", "turn", "typist"),
    )
    _announce("*", _ANY)
    _announce("start", _START)
    _announce("go_on", _GOES_ON)
    for passage in declared.passages().values():
        announce_passage(passage)
    name_fields({"corrections": _("补正清单"), "receipt": _("回执编号"), **appeals.WORDS})


def announce_passage(passage: declared.Passage) -> None:
    """Declare the messages about a passage; of one without a sentence nobody is told."""
    if passage.sentence:
        _announce(passage.name, passage.sentence, passage)
    else:
        leave_untold(f"application.{passage.name}")


def withdraw_passage(name: str) -> None:
    """Take back what ``announce_passage`` declared."""
    withdraw(f"application.{name}")


def _announce(name: str, sentence: Any, passage: declared.Passage | None = None) -> None:
    asks = passage.asks if passage else None
    asked = In(asks, "applicant") if asks else WhoseTurn()
    also = map(Over, passage.also_told) if passage else ()
    dotted, body = f"application.{name}", list(_BODY)
    if name == RETURN:
        body.append(_LIST)
    elif passage and passage.gives_receipt:
        body.append(_RECEIPT)
    elif name in appealed_against():
        body.extend(appeals.LINES)
    announce(
        Announcement(dotted, (asked,), sentence, body, asks_to_act=True),
        Announcement(
            dotted, (*_APPLICANT, _WhoTypes(), *also), sentence, body, is_decision=_decides(passage)
        ),
    )


def _decides(passage: declared.Passage | None) -> bool:
    """Whether a passage decides of the application, and is no mere step of its way."""
    return bool(passage and (passage.gives_opinion or passage.cannot_be_undone))


def listen() -> None:
    passed.connect(_tell, dispatch_uid="workflows.passage_events")


def _tell(*, passage: Passed, **_kwargs: Any) -> None:
    tell(event_of(passage))


def event_of(passage: Passed) -> Event:
    """What is told of a passage, as of this moment: its deadline, list and opinion."""
    corrections: Any = ()
    if passage.decision.transition == RETURN:
        listed = Correction.objects.filter(decision=passage.decision).select_related("item")
        with of_the_record():
            corrections = [(one.words, one.reason) for one in listed]
    return _event(passage.application, passage.decision, corrections)


def would_be_told(
    case: Case, decision: Decision, corrections: Iterable[tuple[str, str]]
) -> tuple[str, str]:
    """Subject and body of what the applicant would read, were ``decision`` carried out now.

    Nothing is written; ``case`` stands as before.
    """
    then = copy(case.application)
    then.stage = decision.to_stage
    held_by = declared.holder(then, decision.transition)
    then.holder_role, then.holder_organization_id = held_by.role or "", held_by.organization_id
    then.term = Term(due_at=due) if (due := stage_terms.due_at(case, then.stage)) else None
    with of_the_record():
        return composing.message_to(_event(then, decision, corrections), then.organization_id)


def _event(
    application: Application, decision: Decision, corrections: Iterable[tuple[str, str]]
) -> Event:
    return Event(
        action=f"application.{decision.transition}",
        subject=application,
        jurisdiction_code=application.area_code,
        actor=decision.actor,
        role=decision.actor_role,
        said={
            "organization": said.name(application.organization),
            "round": said.of_round(application.round),
            "opinion": _opinion(application, decision),
            "corrections": said.rows(corrections),
            "receipt": _receipt(application, decision),
            "due": said.deadline(application.due_at),
            **appeals.of(decision),
        },
        parties={
            "applicant": application.organization_id,
            "turn": turn(application),
            "typist": _typist(application),
        },
        at=decision.at,
    )


def _opinion(application: Application, decision: Decision) -> str:
    """As it was written; of a rejection for a fault also until when the unit may not apply."""
    if not decision.fault:
        return decision.opinion
    with of_the_record():
        since = decision.at.astimezone(clock.SHANGHAI).date()
        bar = Bar(application.organization_id, Ground.REJECTED, application.pk, since, decision.at)
        return f"{decision.opinion} {words.sentence(replace(bar, fault=decision.fault))}"


def _receipt(application: Application, decision: Decision) -> str:
    """The number of what was handed in by this very passage; "" of every other."""
    if not declared.gives_receipt(decision.transition) or application.submission is None:
        return ""
    return application.submission.receipt.number


def turn(application: Application) -> Turn | None:
    """Whoever holds the application now: of the verifiers, those who are sent there."""
    if not application.holder_role:
        return None
    people = None
    if application.holder_role == Role.VERIFIER:
        team = VisitMember.objects.filter(
            visit__application=application, visit__closed_at__isnull=True, left_at__isnull=True
        )
        people = tuple(team.order_by("pk").values_list("person", flat=True))
    typist = _typist(application) if application.holder_role in _OF_THE_APPLICANT else None
    return typist or Turn(application.holder_role, application.holder_organization_id, people)


def _typist(application: Application) -> Turn | None:
    """Who types it from paper, until the unit's own people take it over."""
    typist = application.typed_by_id
    if typist is None or application.taken_over_at is not None:
        return None
    return Turn(Role.FIRST_REVIEWER, application.reviewing_body_id, (typist,))
