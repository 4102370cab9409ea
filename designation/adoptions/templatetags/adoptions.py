"""Which counties adopted a drafted standard, for the page that prints it."""

from django import template
from django.db.models import QuerySet

from designation.adoptions.models import Adoption
from standards.models import StandardVersion

register = template.Library()


@register.simple_tag
def adoptions_of(version: StandardVersion) -> QuerySet[Adoption]:
    """One statement."""
    return Adoption.objects.filter(version=version).select_related("jurisdiction")
