"""What the register shows to everybody."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from designation.organizations import names
from designation.organizations.models import FormerName, Jurisdiction, Organization
from designation.site import clock
from designation.site.text import searched, whole_number
from standards.categories import Category
from standards.characters import plain

from .models import Designation


def titles() -> QuerySet[Designation]:
    """Every title, with what its lines say of it."""
    return Designation.objects.select_related("organization", "jurisdiction", "decision")


def other_names(title: Designation) -> QuerySet[FormerName]:
    """Former names of the organization, beside the one that the title was given under."""
    return title.organization.former_names.exclude(name_zh=title.name_zh)


def areas_with_titles() -> QuerySet[Jurisdiction]:
    given = Designation.objects.values("jurisdiction")
    return Jurisdiction.objects.filter(pk__in=given).order_by("code")


def matching(rows: QuerySet[Designation], chosen: Mapping[str, Any]) -> QuerySet[Designation]:
    """What the filters leave; a filter that names nothing known leaves all."""
    condition = Q()
    if text := searched(chosen):
        condition &= (
            names.called(text, Organization, "organization")
            | Q(name_zh__icontains=text)
            | Q(name_en__icontains=text)
            | Q(number__icontains=text)
        )
    if chosen.get("category") in Category.values:
        condition &= Q(category=chosen["category"])
    if chosen.get("status") in Designation.Status.values:
        condition &= _stands_as(Designation.Status(chosen["status"]))
    if whole_number(chosen.get("area")) is not None:
        condition &= Q(jurisdiction__code=plain(chosen["area"]))
    if (decision := whole_number(chosen.get("decision"))) is not None:
        condition &= Q(decision_id=decision)
    return rows.filter(condition)


def _stands_as(status: Designation.Status) -> Q:
    """The status as of today: a title past its term has expired, whatever the row says."""
    today = clock.today()
    if status == Designation.Status.VALID:
        return Q(status=status, valid_until__gte=today)
    if status == Designation.Status.EXPIRED:
        return Q(status=status) | Q(status=Designation.Status.VALID, valid_until__lt=today)
    return Q(status=status)
