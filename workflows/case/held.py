"""Holding an application: its row is locked while something of it is changed."""

from collections.abc import Callable, Iterable

from django.db import OperationalError
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.site.refusal import Refusal

from ..door import busy, locked
from .facts import Case


def lock(application_ids: Iterable[int]) -> list[Application]:
    """The applications, locked.

    The frozen answers stay unread: they are long, and hardly a transition asks for them. Nothing is
    asked along with the rows: who waited for the lock would be told what held before the wait.
    """
    rows = Application.objects.select_related(
        "round__jurisdiction", "organization__jurisdiction", "submission", "term__interrupts"
    )
    return locked(rows.defer("submission__content"), application_ids)


def already_moved(application: Application) -> Refusal:
    """What is said to a person whose page is older than the record."""
    return Refusal.because(
        "already_moved",
        _("此申报已由他人办理，现为“%(stage)s”。请查看最新情况后再办理。")
        % {"stage": application.get_stage_display()},
        rule=_("以最新状态办理"),
    )


def lock_for(
    application: Application,
    may: Callable[[Case, Person], bool],
    actor: Person,
    *,
    instead: Callable[[Case, Person], Refusal | None] = lambda _case, _person: None,
) -> Application:
    """Lock the row for work within a stage (marks, measurements); call inside a transaction.

    Raises Refusal when ``may`` no longer holds under the lock, for the application has moved on
    (or for what ``instead`` says of it), or when the row stayed locked.
    """
    try:
        held = lock([application.pk])[0]
    except OperationalError as error:
        raise busy() from error
    case = Case(held, actor=actor)
    if not may(case, actor):
        raise instead(case, actor) or already_moved(held)
    return held
