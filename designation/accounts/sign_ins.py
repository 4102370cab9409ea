"""Signing in and out, on record; and what a person is told of their account when they come back."""

from itertools import dropwhile, takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from designation.audit.models import AuditEvent
from designation.site.templatetags.moments import moment

from ..organizations.models import Person
from .record import record

_IN = "account.sign_in"
_CHANGES = ("account.password_set", "account.password_change", "account.first_password")
_LINK, _FORGOTTEN = "account.password_link", "account.password_forgotten"
# More than this since the last sign-in is told no more.
_MOST_TOLD = 10


def signed_in(person: Person, *, known_browser: bool) -> None:
    _record(person, _IN, known_browser=known_browser)


def signed_out(person: Person) -> None:
    _record(person, "account.sign_out")


def session_ended(person: Person) -> None:
    """Idle too long, or signed in too long."""
    _record(person, "account.session_end")


def news(person: Person) -> list[str]:
    """What was done to the person's password, and who then came in, the oldest first.

    Since they last signed in with a browser of their own: whoever used a link in their stead came
    with another, and cannot read the news away.
    """
    recent = (
        AuditEvent.objects.filter(
            subject_type=Person._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(person.pk),
            action__in=(_IN, _LINK, _FORGOTTEN, *_CHANGES),
        )
        .select_related("actor")
        .order_by("-sequence")[:_MOST_TOLD]
    )
    since = takewhile(lambda event: not event.details.get("known_browser"), recent)
    told = dropwhile(lambda event: event.action == _IN, list(since)[::-1])
    return [_sentence(event) for event in told]


def _sentence(event: AuditEvent) -> str:
    said = {"at": moment(event.at), "origin": event.origin or "—"}
    if event.action == _IN:
        return _("您的账号于%(at)s在未用过的浏览器上登录，来自 %(origin)s。") % said
    if event.action == _FORGOTTEN:
        return _("有人于%(at)s为您的账号索取过密码链接，已发到您的邮箱，来自 %(origin)s。") % said
    if event.action == _LINK and event.actor is not None:
        return _("您的密码链接于%(at)s由%(maker)s生成。") % (
            said | {"maker": event.actor.full_name}
        )
    if event.action == _LINK:
        return _("您的密码链接于%(at)s在开通本县时生成。") % said
    return _("您的密码已于%(at)s更改。") % said


@transaction.atomic
def _record(person: Person, action: str, **details: bool) -> None:
    record(person, action, actor=person, details=details)
