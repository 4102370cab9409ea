"""Files with an appeal: read by the unit, and by those who handle it; by nobody else, ever."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from designation.evidence.citing import Subjects
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.site import clock

from ... import door
from ...case import cited_evidence
from .case import AppealCase
from .models import ANSWERED, OPEN, Appeal
from .rules import may_attach, to_hear, types_its_papers


def read_with_files(person: Person) -> QuerySet[Appeal]:
    """The appeals whose files the person reads: narrower than ``rules.readable``, also answered.

    Whoever typed what came on paper reads the scan that they attached.
    """
    own = Q(organization__in=seats(person).organizations(Role.PREPARER, Role.HEAD))
    heard = Q(pk__in=to_hear(person).order_by().values("pk"))
    return Appeal.objects.filter(own | heard | Q(entered_by=person))


def _role(appeal: Appeal, person: Person) -> str | None:
    """The unit's head, until it was reported on or answered; who types what came on paper.

    That is the appeal itself, or that the unit leaves it at what was decided.
    """
    of_paper = appeal.status in (Appeal.Status.LODGED, Appeal.Status.WITHDRAWN)
    if of_paper and types_its_papers(AppealCase(appeal, asked=door.Asked(person)), person):
        return Role.COUNTY_COORDINATOR
    return Role.HEAD if may_attach(appeal, person) else None


def _is_open(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Not answered, or about an application that is under way or a title in force."""
    of_a_case = Q(decision__isnull=False) & cited_evidence.in_force("decision__application")
    in_force = register.in_force(clock.today()).order_by().values("pk")
    return rows.filter(Q(status__in=OPEN) | of_a_case | Q(title_step__title__in=in_force))


SUBJECTS = Subjects(
    model=Appeal,
    readable=read_with_files,
    closely=read_with_files,
    role=_role,
    is_open=_is_open,
    address=lambda pk: reverse("appeals:appeal", args=[pk]),
    decided=lambda: Appeal.objects.filter(status__in=ANSWERED),
)
