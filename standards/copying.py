"""A new version begins as a copy; what it then changes can be shown beside the old one."""

from django.db import transaction
from django.db.models import Max

from .categories import Category
from .exporting import as_data
from .loading import write_sections
from .models import StandardVersion


def next_number(category: str) -> int:
    """The next free number of a category; two who ask at once wait for each other."""
    versions = StandardVersion.objects.filter(category=category)
    list(versions.select_for_update().values_list("pk"))
    highest = versions.aggregate(Max("number"))
    return int(highest["number__max"] or 0) + 1


@transaction.atomic
def copy(version: StandardVersion, *, area_code: str) -> StandardVersion:
    """A draft for ``area_code`` that says what ``version`` says: same codes, same texts.

    A copy of a sample is no sample: it is the county's own from here on, still marked as drafted.
    """
    made = StandardVersion.objects.create(
        category=version.category,
        number=next_number(version.category),
        title_zh=version.title_zh,
        title_en=version.title_en,
        heading_printed=version.heading_printed,
        provenance=version.provenance,
        source=version.source,
        area_code=area_code,
    )
    write_sections(made, as_data(version)["sections"])
    return made


@transaction.atomic
def blank(category: str, *, area_code: str, title_zh: str) -> StandardVersion:
    """An empty draft. Raises ValueError for an unknown category."""
    return StandardVersion.objects.create(
        category=Category(category),
        number=next_number(category),
        title_zh=title_zh,
        heading_printed=title_zh,
        provenance=StandardVersion.Provenance.VERBATIM,
        area_code=area_code,
    )
