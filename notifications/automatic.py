"""Every message that is sent by itself, as it was declared: for people to read, in one list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import override

from designation.announcements.declared import Announcement, every_announcement, field_word
from designation.audit import wording as log
from standards.language import RECORD

from .channels import channels


@dataclass(frozen=True, slots=True)
class Automatic:
    """One message in one language; in its texts ``‹›`` stands around what is filled in."""

    trigger: str
    receivers: str
    channels: str
    asks_to_act: bool
    subject: str
    body: Sequence[str]


def automatic_messages(language: str) -> list[Automatic]:
    """What is sent without anybody writing it, by trigger; no statement."""
    with override(language):
        return [_shown(one, language) for one in every_announcement()]


def _shown(one: Announcement, language: str) -> Automatic:
    comma = "、" if language == RECORD else ", "
    ways = [
        force_str(channel.label)
        for channel in channels()
        if one.channels is None or channel.name in one.channels
    ]
    return Automatic(
        trigger=_("其他环节") if one.action.endswith("*") else log.action(one.action),
        receivers=comma.join(str(receivers) for receivers in one.receivers),
        channels=comma.join(ways),
        asks_to_act=one.asks_to_act,
        subject=_with_fields(one.subject),
        body=[_with_fields(text) for text in one.body],
    )


class _Named(dict[str, str]):
    """Fills in what each field is called, for a text without an event."""

    def __missing__(self, name: str) -> str:
        return f"‹{field_word(name)}›"


def _with_fields(text: Any) -> str:
    return force_str(text) % _Named()


def document() -> str:
    """The list as a page of the documentation, in both languages."""
    return "\n".join([_HEAD, *_parts()])


_HEAD = """# Automatic messages

Printed by `manage.py automatic_messages` from what the rooms declare; a test holds it.
What stands in ‹› is filled in from the event. Whoever acted is not told of their own act. In the
product: 消息 › 自动消息一览.
"""


def _parts() -> Iterator[str]:
    chinese, english = (automatic_messages(language) for language in (RECORD, "en"))
    action = ""
    for declared, one, other in zip(every_announcement(), chinese, english, strict=True):
        if declared.action != action:
            action = declared.action
            # Its code parts two that are called alike: of a notice, and of a case listed in it.
            yield f"## {one.trigger} · {other.trigger} · `{action}`\n"
        asks = ("请办理", "asked to act") if one.asks_to_act else ("告知", "told")
        yield f"- {one.receivers}（{asks[0]}）· {other.receivers} ({asks[1]})"
        yield f"  - {one.channels} · {other.channels}"
        for text in ([one.subject, *one.body], [other.subject, *other.body]):
            yield f"  - {' / '.join(line.replace(chr(10), ' ') for line in text)}"
        yield ""
