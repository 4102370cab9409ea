"""The names of the areas that standards are for."""

from collections.abc import Iterable

from django import template

from designation.organizations.models import Jurisdiction
from standards.models import StandardVersion

register = template.Library()


@register.simple_tag
def with_areas(versions: Iterable[StandardVersion]) -> list[tuple[StandardVersion, str]]:
    """Each version with the name of its area; empty for what came with the system.

    One statement beside that of the versions, whatever their number. An area that nobody entered
    is named by its code.
    """
    rows = list(versions)
    codes = {version.area_code for version in rows if version.area_code}
    names = {area.code: area.name for area in Jurisdiction.objects.filter(code__in=codes)}
    return [(row, names.get(row.area_code, row.area_code)) for row in rows]
