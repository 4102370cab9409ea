"""The public register."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.organizations.models import FormerName, Person
from designation.site import clock
from designation.site.lists import listing

from . import notices, queries
from .filters import TitleFilters, day_asked
from .forms import DayForm
from .models import Designation
from .rules import lives_read_by

# On the pages of a list, our default; files and data hold them all.
MOST_LISTED = 1000


@require_safe
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles and the day."""
    day = day_asked(request.GET)
    found = listing(request, TitleFilters, queries.titles(day), most=MOST_LISTED)
    return render(request, "register/list.html", found.context | _as_of(day, found.page))


def _as_of(day: date | None, rows: Collection[Designation]) -> dict[str, Any]:
    """Of which day the page speaks; where nothing is there, from which day on there is anything."""
    if day is None:
        return {}
    began = queries.first_given_on() if not rows else None
    return {
        "day": day,
        "is_ahead": day > clock.today(),
        "began_on": began if began and began > day else None,
    }


@require_safe
def title(request: HttpRequest, number: str) -> HttpResponse:
    """A title and its public life, as of a day; one that came later says from when on it is."""
    form = DayForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    found = get_object_or_404(_of_the_number(max(day, clock.today()) if day else None, number))
    is_given = day is None or found.designated_on <= day
    if day is not None and is_given:
        found = _of_the_number(day, number).get()
    context = {
        "title": found,
        "form": form,
        "day": day,
        "is_given": is_given,
        "is_ahead": day is not None and day > clock.today(),
        "history": queries.with_last_days(found, queries.public_life(found, day)),
        "other_names": _borne_by(day, queries.other_names(found)),
        "today": clock.today(),
        "reads_life": _reads_life(request, found),
        "against": queries.against(found, day or clock.today()) if is_given else None,
        "notice": notices.notice_of(found),
    }
    return render(request, "register/detail.html", context)


def _borne_by(day: date | None, names: QuerySet[FormerName]) -> QuerySet[FormerName]:
    """Those that were former names on that day already; on the day of a renaming the new counts."""
    return names.filter(borne_until__lte=day) if day else names


def _of_the_number(day: date | None, number: str) -> QuerySet[Designation]:
    rows = queries.titles(day).select_related("decision__round")
    return rows.filter(number=number.replace("\0", ""))


def _reads_life(request: HttpRequest, found: Designation) -> bool:
    """Whether this person has a page of their own of it; in public there is none."""
    person = request.user
    return isinstance(person, Person) and lives_read_by(person).filter(pk=found.pk).exists()
