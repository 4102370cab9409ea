"""What the audit pages show."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from designation.organizations import names
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.organizations.scoping import Administered
from designation.site.text import whole_number

from .models import AuditEvent

_APPLICATION = "applications.application"
_PERSON = "organizations.person"
# The subject of what concerns a person without an account.
NO_ACCOUNT = "0"


def visible_to(person: Person) -> QuerySet[AuditEvent]:
    """The events of the areas that the audit administrator serves, and of the whole site.

    What was recorded without an area of a person is read where that person belongs.
    """
    area = seats(person).within("jurisdiction_code", Role.AUDIT_ADMINISTRATOR)
    own = Administered(person, Role.AUDIT_ADMINISTRATOR).own_people()
    of_own_people = Q(subject_id__in=own.values(text=Cast("pk", CharField())))
    of_no_account = Q(subject_id=NO_ACCOUNT)
    whole_site = Q(jurisdiction_code="") & (
        ~Q(subject_type=_PERSON) | of_own_people | of_no_account
    )
    return (
        AuditEvent.objects.filter(area | whole_site)
        .select_related("actor")
        .prefetch_related("actor__former_names")
    )


def matching(
    events: QuerySet[AuditEvent], *, action: str = "", application: str = ""
) -> QuerySet[AuditEvent]:
    """``application`` is its number, or a part of its name, or of one its organization bore.

    The log says what a thing was called when the event was written.
    """
    if action:
        events = events.filter(action=action)
    if (number := whole_number(application)) is not None:
        return events.filter(subject_type=_APPLICATION, subject_id=str(number))
    if application:
        named = Q(subject_label__icontains=application)
        for name in names.also_called(application):
            named |= Q(subject_label__icontains=name)
        events = events.filter(named, subject_type=_APPLICATION)
    return events
