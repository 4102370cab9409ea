"""Which notices a person handles, and which everybody may object to."""

from django.db.models import QuerySet

from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.site import clock

from .models import Notice


def running_notices() -> QuerySet[Notice]:
    """Notices on which objections may be raised today, for everybody."""
    return Notice.objects.filter(clock.running("ends_at"), status=Notice.Status.PUBLISHED)


def handled_notices(person: Person) -> QuerySet[Notice]:
    """Notices of the rounds of one's own area, for those who handle notices."""
    return Notice.objects.filter(seats(person).within("round__jurisdiction__code", *NOTICE_ROLES))
