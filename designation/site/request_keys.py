"""One key a form that is sent, used once: a request sent twice does its work once.

The key lives in the form from its first showing until it has done its work, through every
refusal in between. Same key and same content: the same answer. Same key and other content: asked.
A form that creates uses its key up here; one that asks for a passage hands it to the door, and the
passage keeps it.
"""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from designation.site import clock, endings
from standards.characters import line

from .models import RequestKey
from .uploads import sha256_of

INPUT = "request_key"
# What a form carries beside what the person typed.
_BESIDE = ("csrfmiddlewaretoken", INPUT, "shown")
_LONGEST = 64
# Our default: nobody sends a form again after a month.
KEPT = timedelta(days=30)


class SentBefore(Exception):
    """The key has done its work already, for other content; ``str()`` tells what to do."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__(
            _(
                "这张表已经提交过一次，并已生效；这次的内容与上次不同。"
                "如需修改，请打开已建立的记录；确要另建一个，请再按一次。"
            )
        )


def new() -> str:
    """A key for a form about to be shown."""
    return secrets.token_urlsafe(18)


def sent(request: HttpRequest) -> QueryDict:
    """What a request sends, and where to: the same words to another address are another matter.

    So are the same words with other files.
    """
    data = request.POST.copy()
    data["sent_to"] = request.path
    for field, files in request.FILES.lists():
        data.setlist(f"{field}_sha256", [sha256_of(file) for file in files])
    return data


def key_in(data: QueryDict) -> str:
    """The key that a form came with; "" where it bore none."""
    return line(data.get(INPUT, ""))[:_LONGEST]


def digest(data: QueryDict) -> str:
    """A keyed SHA-256 in hex of what the person sent, whatever the order of the fields.

    Keyed, because a form may hold a name that is sealed elsewhere: who reads the table alone
    cannot try out who it was.
    """
    said = {name: data.getlist(name) for name in data if name not in _BESIDE}
    text = json.dumps(said, sort_keys=True)
    return salted_hmac("request-key", text, algorithm="sha256").hexdigest()


def once(data: QueryDict, work: Callable[[], str], *, person: Any) -> str:
    """Do ``work`` once for the key in ``data``; returns the address that ``work`` answered.

    Runs in one transaction: what ``work`` refuses leaves the key unused. A second request with
    the key waits for the first. Raises SentBefore for a key that was used for other content, or
    by somebody else. A request without a key is done as often as it comes.
    """
    key = key_in(data)
    with endings.act():
        if not key:
            return work()
        owner = person if person is not None and person.is_authenticated else None
        used, is_new = RequestKey.objects.get_or_create(
            key=key,
            defaults={"person": owner, "content": digest(data), "used_at": clock.now()},
        )
        if is_new:
            used.answer = work()
            used.save(update_fields=["answer"])
        elif (used.person, used.content) != (owner, digest(data)):
            raise SentBefore(used.answer if used.person == owner else "")
    return used.answer


def forget_old() -> int:
    """Clear keys that nobody will send again; returns how many."""
    cleared, _each = RequestKey.objects.filter(used_at__lt=clock.now() - KEPT).delete()
    return cleared
