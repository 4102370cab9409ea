"""Who looks after what is due: the county coordinator and the system administrator of the place."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404

from designation.organizations.models import Person, Role
from designation.organizations.rules import holds, seats

from .models import Disposal

LOOKING_AFTER = (Role.COUNTY_COORDINATOR, Role.SYSTEM_ADMINISTRATOR)
# Our default: days between the notice and the first day on which a thing may go.
NOTICE = timedelta(days=30)


def theirs(person: Person) -> QuerySet[Disposal]:
    """What is due, held or gone where the person looks after it."""
    return Disposal.objects.filter(seats(person).within("jurisdiction_code", *LOOKING_AFTER))


def seen_by(person: Person) -> QuerySet[Disposal]:
    """The same with its holds; Http404 for who looks after nothing."""
    if not holds(person, *LOOKING_AFTER):
        raise Http404
    return theirs(person).prefetch_related("holds__by", "holds__lifted_by")
