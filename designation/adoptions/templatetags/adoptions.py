"""Which counties adopted a drafted standard, and who may still, for the page that prints it."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from designation.adoptions.adopting import areas_left
from designation.adoptions.models import Adoption
from designation.organizations.models import Person
from standards.models import StandardVersion

register = template.Library()


@register.simple_tag
def adoptions_of(version: StandardVersion) -> QuerySet[Adoption]:
    """One statement."""
    adopted = Adoption.objects.filter(version=version).select_related("jurisdiction")
    return adopted.prefetch_related("jurisdiction__former_names")


@register.simple_tag
def may_still_adopt(person: Person | AnonymousUser, version: StandardVersion) -> bool:
    """One statement for a coordinator beside the seats, none for anyone else."""
    return areas_left(person, version).exists()
