"""Certificates as pages show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, Q, QuerySet

from designation.organizations.models import Jurisdiction, county_code
from designation.register import queries as register
from designation.register.models import Designation, DesignationDecision
from designation.site import clock
from designation.site.prepared import one_of

from . import numbers
from .models import Certificate


def shown() -> QuerySet[Certificate]:
    """Certificates with what their lines say."""
    return Certificate.objects.select_related("jurisdiction", "key", "superseded_by__jurisdiction")


def placed(county: str, year: int, number: int) -> QuerySet[Certificate]:
    """The one of this address."""
    code = county.replace("\0", "").ljust(12, "0")
    rows = shown().select_related("supersedes__jurisdiction")
    return rows.filter(jurisdiction__code=code, year=year, number=number)


def of_title(title: Designation, on: date | None = None) -> QuerySet[Certificate]:
    """All that were issued of it, by that day if one is asked for, the last first."""
    issued = shown().filter(title=title)
    return issued.filter(issued_on__lte=on) if on else issued


def numbered(text: str) -> Q | None:
    """Titles with a certificate of the number that ``text`` says; None where it says none."""
    read = numbers.read(text)
    if read is None:
        return None
    year, number = read
    found = Certificate.objects.filter(year=year, number=number)
    return Q(one_of("pk", ArraySubquery(found.values("title"))))


def issued_last() -> int | None:
    """The key of the certificate that was issued last."""
    return Certificate.objects.aggregate(last=Max("pk"))["last"]


def packed(decision: DesignationDecision) -> QuerySet[Certificate]:
    """Of each title in force that the decision gave, the one that counts, by their numbers."""
    in_force = register.in_force(clock.today()).filter(decision=decision)
    rows = Certificate.objects.filter(superseded_by__isnull=True, title__in=in_force.values("pk"))
    return rows.order_by("jurisdiction__code", "year", "number")


def left_out(decision: DesignationDecision) -> QuerySet[Any]:
    """The keys of the titles that the decision gave, not in force, of which one was issued."""
    known = Certificate.objects.filter(title__decision=decision)
    in_force = register.in_force(clock.today()).filter(decision=decision)
    return known.exclude(title__in=in_force.values("pk")).order_by().values("title")


def latest_of_titles(titles: Iterable[int]) -> dict[int, Certificate]:
    """The certificates that count of these titles, each by the key of its title."""
    rows = Certificate.objects.select_related("jurisdiction", "key")
    rows = rows.filter(title__in=list(titles), superseded_by__isnull=True)
    return {certificate.title_id: certificate for certificate in rows}


def counties(decision: DesignationDecision) -> QuerySet[Jurisdiction]:
    """Those whose certificates tell of the titles that the decision gave."""
    codes = decision.designations.order_by().values_list("jurisdiction__code", flat=True)
    return Jurisdiction.objects.filter(code__in=set(map(county_code, codes.distinct())))
