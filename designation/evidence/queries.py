"""Finding entries of a library."""

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, ExtractYear

from designation.site import clock

from .models import YEARS_KEPT, LibraryEntry

KEPT, TERM_OVER, TAKEN_OUT = "kept", "term_over", "taken_out"


def called(text: str) -> Q:
    """Entries with ``text`` in their title, their caption or the name of the file."""
    named = Q(title__icontains=text) | Q(caption__icontains=text)
    return named | Q(file_name__icontains=text)


def standing(entries: QuerySet[LibraryEntry], state: str = "") -> QuerySet[LibraryEntry]:
    """Those that stand so; without a ``state`` those that are kept."""
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
