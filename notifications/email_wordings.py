"""What a county says in the e-mails of one of its rounds, beside what the system says in them.

Subject, opening and closing, for one kind of message, in Chinese and, where it likes, in English.
The lines of the system stay between: what, until when and where cannot be taken out. An e-mail
keeps the words that stood when its message was written. Each act raises Refusal, with a finding
at the part that cannot be.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.rounds.configuring import hold
from designation.rounds.models import Round
from designation.rounds.rules import managing_role
from designation.site import endings, filling, seen_whole
from designation.site.personal_data import personal_data
from designation.site.refusal import Finding, Refusal
from designation.site.text import excess_told
from standards.characters import kept, line
from standards.language import of_the_record

from . import placeholders
from .models import EmailWording
from .round_messages import RoundMessage

SUBJECT, OPENING, CLOSING = "subject", "opening", "closing"
KINDS = (SUBJECT, OPENING, CLOSING)
CHINESE = tuple(f"{kind}_zh" for kind in KINDS)
PARTS = (*CHINESE, *(f"{kind}_en" for kind in KINDS))
# Our default.
LONGEST: Mapping[str, int] = {SUBJECT: 100, OPENING: 1000, CLOSING: 500}


def longest(part: str) -> int:
    return LONGEST[part.partition("_")[0]]


def of(round_: Round, message: RoundMessage) -> EmailWording:
    """What stands on record, or a row that says nothing."""
    rows = EmailWording.objects.filter(round=round_)
    found = rows.filter(action=message.action, asks_to_act=message.asks_to_act).first()
    return found or _empty(round_, message)


def _empty(round_: Round, message: RoundMessage) -> EmailWording:
    return EmailWording(round=round_, action=message.action, asks_to_act=message.asks_to_act)


def said(round_: Round) -> set[tuple[str, bool]]:
    """The messages of the round of which the county says anything, by action and kind."""
    rows = EmailWording.objects.filter(round=round_)
    return {(one.action, one.asks_to_act) for one in rows if one.says_anything}


def stored(wording: EmailWording) -> dict[str, str]:
    """By part its text, with the codes of its fields."""
    return {part: getattr(wording, part) for part in PARTS}


def as_edited(wording: EmailWording) -> dict[str, str]:
    """By part its text, with its fields in words of the active language."""
    return {part: placeholders.shown(text) for part, text in stored(wording).items()}


def as_typed(typed: Mapping[str, str], message: RoundMessage) -> dict[str, str]:
    """By part its text as it is stored."""
    return {part: placeholders.read(_clean(part, typed[part]), message.fields) for part in typed}


def _clean(part: str, text: str) -> str:
    """A subject is one line: a header of an e-mail has no second."""
    return line(text) if part.startswith(SUBJECT) else kept(text)


def obstacles(round_: Round, actor: Person) -> Iterator[Finding]:
    """Why the actor cannot change what the round says; none when they can."""
    if managing_role(actor, round_) is None:
        yield Finding("not_allowed", "", _("只有本辖区的县级经办人可以修改邮件措辞。"))
    if round_.status == Round.Status.CLOSED:
        yield Finding("closed", "", _("批次已经结束，邮件措辞不能再改。您填的内容还在下面。"))


def faults(typed: Mapping[str, str], message: RoundMessage) -> Iterator[Finding]:
    """What a person typed and cannot be sent, each at its part."""
    for part, raw in typed.items():
        text = _clean(part, raw)
        for told in _faults_of(part, text, message):
            yield Finding("not_sendable", "", told, field=part)
    is_english = any(kept(typed.get(part, "")) for part in PARTS if part not in CHINESE)
    if is_english and not any(kept(typed.get(part, "")) for part in CHINESE):
        told = _("请先填写中文。英文不填的，用系统的英文。")
        yield Finding("no_chinese", "", told, field=CHINESE[0])


def _faults_of(part: str, text: str, message: RoundMessage) -> Iterator[str]:
    yield from placeholders.faults(text, message.fields)
    if len(text) > longest(part):
        yield excess_told(longest(part), len(text))
    if found := personal_data([text]):
        told = _("含有身份证号或手机号（%(numbers)s），不能发出，请改用单位的固定电话。")
        yield told % {"numbers": "、".join(found)}


@endings.act()
def keep(
    round_: Round,
    message: RoundMessage,
    typed: Mapping[str, str],
    *,
    actor: Person,
    before: Mapping[str, str] | None = None,
) -> EmailWording:
    """Say these parts of the e-mail in the county's words; one that is empty is the system's.

    ``before`` is what the actor read of them: what another has changed since is refused.
    """
    held, wording, role = _held(round_, message, actor)
    now = as_edited(wording)
    filling.refuse(
        filling.changed_meanwhile(part)
        for part, text in (before or {}).items()
        if now[part] != text
    )
    filling.refuse(faults(now | dict(typed), message))
    _put(held, wording, as_typed(typed, message), "email_wording.edit", actor=actor, role=role)
    return wording


@endings.act()
def restore(
    round_: Round, message: RoundMessage, *, actor: Person, seen: Mapping[str, Any]
) -> None:
    """Leave the e-mail to the system again; ``seen`` says which words the actor takes back."""
    held, wording, role = _held(round_, message, actor)
    if not seen_whole.is_as_seen(seen, stored(wording)):
        told = _("您打开页面后有人改了这里的措辞，请看最新内容后再办理。")
        raise Refusal.because("overtaken", told)
    system = dict.fromkeys(PARTS, "")
    _put(held, wording, system, "email_wording.restore", actor=actor, role=role)


def copy(former: Round, made: Round) -> None:
    """Say in a round that was made after another what that one says, where it is still told."""
    EmailWording.objects.bulk_create(
        EmailWording(
            round=made,
            action=one.action,
            asks_to_act=one.asks_to_act,
            **stored(one),
        )
        for one in EmailWording.objects.filter(round=former)
        if one.says_anything
    )


def _held(round_: Round, message: RoundMessage, actor: Person) -> tuple[Round, EmailWording, Role]:
    """Under the lock of the round, for who may change it."""
    held = hold(round_)
    role = managing_role(actor, held)
    found = list(obstacles(held, actor))
    if found or role is None:
        raise Refusal(found)
    return held, of(held, message), role


def _put(
    round_: Round,
    wording: EmailWording,
    parts: Mapping[str, str],
    action: str,
    *,
    actor: Person,
    role: Role,
) -> None:
    with of_the_record():
        before = as_edited(wording)
        for part, text in parts.items():
            setattr(wording, part, text)
        now = as_edited(wording)
    changed = {part: [before[part], now[part]] for part in PARTS if before[part] != now[part]}
    if not changed:
        return
    wording.save()
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=wording,
            jurisdiction_code=round_.jurisdiction.code,
            role=role,
            details={"round": round_.name_zh, "changed": changed},
        )
    )
