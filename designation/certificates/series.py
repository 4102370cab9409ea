"""Taking the next number of a county and year: with its certificate, or not at all."""

from designation.organizations.models import Jurisdiction

from .models import CertificateSeries


def take(county: Jurisdiction, year: int) -> int:
    """The next number, for a certificate written in the transaction under way.

    The row stays locked until it ends: whoever comes next waits, and counts on from what was
    committed. A transaction that is taken back, or whose process dies, has taken no number.
    """
    series = CertificateSeries.objects.filter(jurisdiction=county, year=year)
    if not series.exists():
        new = CertificateSeries(jurisdiction=county, year=year)
        CertificateSeries.objects.bulk_create([new], ignore_conflicts=True)
    held = series.select_for_update().get()
    held.last += 1
    held.save(update_fields=["last"])
    return held.last
