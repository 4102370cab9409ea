"""The words of messages, in the reader's language, composed from what the event stored."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from designation.announcements import happened
from designation.announcements.declared import WHAT, Announcement, fields_in
from designation.audit import wording as log
from designation.calendar.templatetags.deadlines import deadline
from designation.site.templatetags.moments import day
from standards.language import in_language

from .models import Event

# As long as the subject's column.
LONGEST = 300


def compose(event: Event | happened.Event, announcement: Announcement) -> tuple[str, str]:
    """Subject and body of the message, in the active language.

    The event may be one that has not happened. The subject is one line: a header of an e-mail
    has no second. Of the body, lines of which a field is empty are left out.
    """
    fields = filled_in(event)
    subject = " ".join((force_str(announcement.subject) % fields).split())[:LONGEST]
    texts = [force_str(text) for text in announcement.body]
    # An event of before a line was added to what is told stores no such field.
    said = [text % fields for text in texts if all(map(fields.get, fields_in(text)))]
    if announcement.asks_to_act:
        said.append(_("请您办理下一步。"))
        if fields.get("due"):
            said.append(_("办理期限：%(due)s") % fields)
    return subject, "\n".join([subject, *said])


def filled_in(event: Event | happened.Event) -> dict[str, str]:
    """What stands for each field in a message about the event, in the active language."""
    said = {name: shown(value) for name, value in event.said.items()}
    return said | {WHAT: what_happened(event.action)}


def what_happened(action: str) -> str:
    """The words of an action; of one that nobody worded, its name without the noun."""
    said = log.action(action)
    return said if said != action else action.partition(".")[2]


def shown(value: Any) -> str:
    """What was said (see ``designation.announcements.said``), for the reader."""
    if not isinstance(value, Mapping):
        return force_str(value)
    if "deadline" in value:
        return deadline(datetime.fromisoformat(value["deadline"]))
    if "day" in value:
        return day(date.fromisoformat(value["day"]))
    if "rows" in value:
        return "\n".join(f"{what}：{said}" for what, said in value["rows"])
    return in_language(value["zh"], value["en"])
