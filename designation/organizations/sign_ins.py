"""Signing in and out, on record; and what a person is told of their account when they come back."""

from collections.abc import Iterator
from itertools import takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import AuditEvent, WithoutSeat
from designation.site.templatetags.moments import moment

from .models import Person
from .scoping import area_code

_IN = "account.sign_in"
_CHANGES = ("account.password_set", "account.password_change", "account.first_password")
_LINK = "account.password_link"
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
    """What was done to the person's password since they last signed in, the oldest first."""
    recent = (
        AuditEvent.objects.filter(
            subject_type=Person._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(person.pk),
            action__in=(_IN, _LINK, *_CHANGES),
        )
        .select_related("actor")
        .order_by("-sequence")[:_MOST_TOLD]
    )
    since = takewhile(lambda event: event.action != _IN, recent)
    return list(_sentences(since))[::-1]


def _sentences(recent: Iterator[AuditEvent]) -> Iterator[str]:
    for event in recent:
        at = moment(event.at)
        if event.action == _LINK and event.actor is not None:
            yield _("您的密码链接于%(at)s由%(maker)s生成。") % {
                "at": at,
                "maker": event.actor.full_name,
            }
        else:
            yield _("您的密码已于%(at)s更改。") % {"at": at}


@transaction.atomic
def _record(person: Person, action: str, **details: bool) -> None:
    events.append(
        events.Entry(
            actor=person,
            action=action,
            subject=person,
            jurisdiction_code=area_code(person),
            role=WithoutSeat.SELF,
            details=details,
        )
    )
