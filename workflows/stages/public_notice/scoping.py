"""Which notices a person handles."""

from django.db.models import QuerySet

from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats

from .models import Notice


def handled_notices(person: Person) -> QuerySet[Notice]:
    """Notices of the rounds of one's own area, for those who handle notices."""
    return Notice.objects.filter(seats(person).within("round__jurisdiction__code", *NOTICE_ROLES))
