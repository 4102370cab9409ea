"""The case that a page opens: one that the person may see, and the version that they saw."""

from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404

from designation.applications import published
from designation.applications.models import Application, FormerValue
from designation.applications.submissions import said_before
from designation.organizations.requests import PersonRequest
from designation.site import clock
from designation.site.composed import composed
from designation.site.prepared import Prepared, within
from designation.site.text import whole_number

from .facts import Case
from .records import Reminder
from .scoping import visible_applications
from .vacancies import with_vacancies

_NO_VERSION = -1


def case_in_scope(request: PersonRequest, pk: int, *, says_vacancy: bool = False) -> Case:
    """The case of an application that the person may see; all others are 404.

    ``says_vacancy`` asks in the same statement whether nobody can take its next step: the page of
    the case says so, and no other pays for it.
    """
    ask = _with_its_vacancy(clock.today()) if says_vacancy else _alone
    for application in ask(pk, visible_applications(request.user)):
        return Case(application, actor=request.user)
    raise Http404


def _one(key: Any, visible: Any) -> QuerySet[Application]:
    columns = (
        "round__jurisdiction",
        "organization__jurisdiction",
        "standard",
        "submission",
        "reviewing_body",
        "holder_organization",
        "term",
        "typed_by",
    )
    rows = Application.objects.filter(within("pk", visible), pk=key)
    return rows.annotate(**_said_along()).select_related(*columns)


_alone = Prepared(_one)


@lru_cache(maxsize=2)
def _with_its_vacancy(_day: date) -> Prepared[Application]:
    """Composed once a day: which seats are in force hangs on the day."""
    return Prepared(lambda key, visible: with_vacancies(_one(key, visible)))


@cache
def _said_along() -> dict[str, RawSQL]:
    """What pages ask in the statement that reads the application."""
    former = FormerValue.objects.filter(application=OuterRef("pk"))
    wanted = {
        "has_former_values": Exists(former),
        "has_links": published.any_of_it(),
        "has_reminders": Exists(Reminder.objects.filter(application=OuterRef("pk"))),
        "said_before": said_before(),
    }
    return {name: composed(Application.objects.all(), one) for name, one in wanted.items()}


def page_version(request: PersonRequest, name: str = "version") -> int | None:
    """The version of the application for which the form was shown; one unreadable fits none."""
    if not request.POST.get(name):
        return None
    number = whole_number(request.POST[name])
    return _NO_VERSION if number is None else number
