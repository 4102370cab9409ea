"""Finding entries of a library."""

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, ExtractYear

from designation.organizations.models import Organization
from designation.site import clock

from .models import YEARS_KEPT, LibraryEntry

KEPT, TERM_OVER, TAKEN_OUT = "kept", "term_over", "taken_out"


def matching(
    entries: QuerySet[LibraryEntry],
    *,
    text: str = "",
    sensitivity: str = "",
    retention: str = "",
    state: str = "",
    organization: Organization | None = None,
) -> QuerySet[LibraryEntry]:
    """Narrow ``entries``; an empty wish narrows nothing, an empty ``state`` means what is kept."""
    if text:
        named = Q(title__icontains=text) | Q(caption__icontains=text)
        entries = entries.filter(named | Q(file_name__icontains=text))
    if sensitivity:
        entries = entries.filter(sensitivity=sensitivity)
    if retention:
        entries = entries.filter(retention=retention)
    if organization:
        entries = entries.filter(organization=organization)
    entries = entries.filter(taken_out_at__isnull=state != TAKEN_OUT)
    return entries.filter(_term_is_over()) if state == TERM_OVER else entries


def _term_is_over() -> Q:
    """As ``LibraryEntry.retained_until`` counts: whole years after that of the material."""
    began = Coalesce("dated_on", Cast("uploaded_at", DateField()))
    over = Q(pk__in=())
    for retention, years in YEARS_KEPT.items():
        last = clock.today().year - years - 1
        rows = LibraryEntry.objects.alias(began_in=ExtractYear(began)).order_by()
        over |= Q(retention=retention, pk__in=rows.filter(began_in__lte=last).values("pk"))
    return over
