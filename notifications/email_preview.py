"""An e-mail as its receivers would get it, with examples in the place of what each will say.

The name of the round and its last day are its own, and so is the organization where the reader may
see one that applies; what has no example stands between ‹›.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import override

from designation.announcements import happened, said
from designation.announcements.declared import field_word, fields_of
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person
from designation.rounds.models import Round
from designation.site import clock
from standards.language import RECORD
from workflows.case.scoping import visible_applications

from .channels import email
from .email_wordings import PARTS, as_typed
from .models import EmailWording
from .round_messages import ROUND, RoundMessage
from .worded import filled
from .wording import compose, filled_in

_INVENTED = {"zh": "红旗村党支部", "en": "Party branch of Hongqi Village"}
_WHOSE = ("organization", "about")
# Our default: as far off as an example of a deadline lies.
_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Preview:
    """Subject and text of one e-mail in one language."""

    language: str
    receivers: str
    subject: str
    text: str


def previews(
    round_: Round, message: RoundMessage, typed: Mapping[str, str], *, reader: Person
) -> list[Preview]:
    """Each e-mail that the message goes out as, in Chinese and English; one statement."""
    wording = EmailWording(round=round_, action=message.action, asks_to_act=message.asks_to_act)
    for part, text in as_typed({part: typed[part] for part in PARTS}, message).items():
        setattr(wording, part, text)
    organization = _organization(round_, reader)
    return [
        _preview(wording, number, message, organization, language)
        for language in (RECORD, "en")
        for number in range(len(message.announcements))
    ]


def _preview(
    wording: EmailWording, number: int, message: RoundMessage, organization: Any, language: str
) -> Preview:
    announcement = message.announcements[number]
    with override(language):
        event = _example(wording.round, message, organization)
        subject, body = compose(event, announcement)
        words = filled(wording, filled_in(event))
        comma = "、" if language == RECORD else ", "
        return Preview(
            language,
            comma.join(map(str, announcement.receivers)),
            words.subject or subject,
            email.text(body, "/…", words),
        )


def _organization(round_: Round, reader: Person) -> Any:
    """Of the round's own applications one that the reader may see; without any, an invented one."""
    rows = visible_applications(reader).filter(round=round_).select_related("organization")
    found = rows.order_by("-pk").first()
    return said.name(found.organization) if found else _INVENTED


def _example(round_: Round, message: RoundMessage, organization: Any) -> happened.Event:
    """In the active language."""
    stored = fields_of(message.action)
    examples = {name: f"‹{field_word(name)}›" for name in (stored.said if stored else ())}
    known = {
        ROUND: said.of_round(round_),
        "due": said.deadline(clock.now() + _AHEAD),
        "closes": said.deadline(round_.closes_at),
        **dict.fromkeys(_WHOSE, organization),
    }
    return happened.Event(
        action=message.action,
        subject=round_,
        jurisdiction_code=round_.jurisdiction.code,
        actor=None,
        role=WithoutSeat.SYSTEM,
        said=examples | {name: value for name, value in known.items() if name in examples},
        at=clock.now(),
    )
