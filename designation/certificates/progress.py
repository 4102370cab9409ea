"""How far the certificates of each decision have come, for whoever looks after its titles."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Left, RPad

from designation.organizations.models import CODE_DIGITS, Level, Person, Role
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.register.rules import looked_after_by
from designation.site import clock

from . import rules
from .models import Certificate, CertificateDesign


def of_decisions(person: Person) -> QuerySet[Any]:
    """The decisions, each with what became of those of its titles that the person looks after.

    ``given`` are all of them; of ``issued`` there is a certificate, of ``lacking``, which are in
    force, there is none. ``issues``: the person may issue one of those; ``has_plaques``: a county
    of theirs makes plaques.
    """
    theirs = looked_after_by(person)
    titles = _of_the_decision(theirs)
    known = Exists(Certificate.objects.filter(title=OuterRef("pk")))
    in_force = register.in_force(clock.today()).filter(pk__in=theirs.values("pk"))
    lacking = _of_the_decision(in_force).filter(~known)
    mine = seats(person).within("jurisdiction__code", Role.DECIDING_OFFICER)
    return (
        rules.decisions(person)
        .select_related("round")
        .annotate(
            given=_count(titles),
            issued=_count(titles.filter(known)),
            lacking=_count(lacking),
            issues=Exists(lacking.filter(mine)),
            has_plaques=Exists(_where_plaques_are_made(titles)),
        )
    )


def _of_the_decision(titles: QuerySet[Designation]) -> QuerySet[Designation]:
    """Those of the decision in the statement around."""
    return titles.filter(decision=OuterRef("pk")).order_by()


def _count(titles: QuerySet[Designation]) -> Coalesce:
    counted = titles.values("decision").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _where_plaques_are_made(titles: QuerySet[Designation]) -> QuerySet[Any]:
    """By the design that was saved last; a county without one makes none."""
    later = CertificateDesign.objects.filter(
        jurisdiction=OuterRef("jurisdiction"), pk__gt=OuterRef("pk")
    )
    making = CertificateDesign.objects.filter(~Exists(later), makes_plaques=True)
    county = Left("jurisdiction__code", CODE_DIGITS[Level.COUNTY])
    return titles.annotate(county=RPad(county, 12, Value("0"))).filter(
        county__in=making.values("jurisdiction__code")
    )
