"""How many each body has recommended, beside the places that it was given."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from designation.applications.models import Application
from designation.organizations.models import Organization
from workflows.case.kept_places import keeps_its_place


@dataclass(frozen=True, slots=True)
class Body:
    """``places`` is None where none were given: it may recommend without limit."""

    organization: Organization
    recommended: int
    places: int | None


def by_body(rows: QuerySet[Application], quotas: QuerySet[Any]) -> list[Body]:
    """In the order of the codes of their areas. Three statements."""
    counted = rows.filter(keeps_its_place()).order_by().values_list("reviewing_body")
    recommended = dict(counted.annotate(count=Count("pk")))
    given = dict(quotas.order_by().values_list("reviewing_body").annotate(places=Sum("places")))
    bodies = Organization.objects.filter(pk__in={*recommended, *given})
    return [
        Body(one, recommended.get(one.pk, 0), given.get(one.pk))
        for one in bodies.order_by("jurisdiction__code", "pk")
    ]
