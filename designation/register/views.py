"""The public register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from designation.organizations.models import Person
from designation.site import clock
from designation.site.lists import listing

from . import queries
from .filters import TitleFilters
from .models import Designation
from .rules import lives_read_by
from .standing import Status


@require_safe
def title_list(request: HttpRequest) -> HttpResponse:
    """Three statements for the public, whatever the number of titles."""
    found = listing(request, TitleFilters, queries.titles())
    return render(request, "register/list.html", found.context)


@require_safe
def title(request: HttpRequest, number: str) -> HttpResponse:
    rows = queries.titles().select_related("decision__round")
    found = get_object_or_404(rows, number=number.replace("\0", ""))
    context = {
        "title": found,
        "history": queries.public_life(found),
        "other_names": queries.other_names(found),
        "today": clock.today(),
        "reads_life": _reads_life(request, found),
        "is_valid": found.public_status == Status.VALID,
    }
    return render(request, "register/detail.html", context)


def _reads_life(request: HttpRequest, found: Designation) -> bool:
    """Whether this person has a page of their own of it; in public there is none."""
    person = request.user
    return isinstance(person, Person) and lives_read_by(person).filter(pk=found.pk).exists()
