"""What the register shows to everybody."""

from django.db.models import Q, QuerySet

from designation.organizations import names
from designation.organizations.models import FormerName, Jurisdiction, Organization
from designation.site import clock

from .models import Designation


def titles() -> QuerySet[Designation]:
    """Every title, with what its lines say of it."""
    return Designation.objects.select_related("organization", "jurisdiction", "decision")


def other_names(title: Designation) -> QuerySet[FormerName]:
    """Former names of the organization, beside the one that the title was given under."""
    return title.organization.former_names.exclude(name_zh=title.name_zh)


def latest_titles(most: int) -> QuerySet[Designation]:
    """The last that were given."""
    return Designation.objects.select_related("organization")[:most]


def areas_with_titles() -> QuerySet[Jurisdiction]:
    given = Designation.objects.values("jurisdiction")
    return Jurisdiction.objects.filter(pk__in=given).order_by("code")


def called(text: str) -> Q:
    """Titles with ``text`` in their number, their name as given, or a name of the organization."""
    named = Q(name_zh__icontains=text) | Q(name_en__icontains=text)
    return names.called(text, Organization, "organization") | named | Q(number__icontains=text)


def stands_as(status: Designation.Status) -> Q:
    """The status as of today: a title past its term has expired, whatever the row says."""
    today = clock.today()
    if status == Designation.Status.VALID:
        return Q(status=status, valid_until__gte=today)
    if status == Designation.Status.EXPIRED:
        return Q(status=status) | Q(status=Designation.Status.VALID, valid_until__lt=today)
    return Q(status=status)
