"""What proves an internal posting, and the papers that a head signed."""

from django.db.models import QuerySet
from django.urls import reverse

from designation.applications.models import Application, Posting, SignedPaper
from designation.applications.rules import typing_role
from designation.evidence.citing import Subjects
from designation.organizations.models import Person

from ...case import cited_evidence, rules
from ...case.facts import Case
from ...case.handed_in import is_read
from ...case.scoping import closely_seen_applications, visible_applications
from .posting import may_register


def _of(applications: QuerySet[Application]) -> QuerySet[Posting]:
    return Posting.objects.filter(application__in=applications.order_by().values("pk"))


def _role(posting: Posting, person: Person) -> str | None:
    """The applicant, while the posting may be registered."""
    case = Case(posting.application, actor=person)
    return rules.is_applicant.role(case, person) if may_register(case, person) else None


def _address(pk: int) -> str:
    application = Posting.objects.values_list("application", flat=True).get(pk=pk)
    return reverse("applications:posting", args=[application])


POSTINGS = Subjects(
    model=Posting,
    readable=lambda person: _of(visible_applications(person)),
    closely=lambda person: _of(closely_seen_applications(person)),
    role=_role,
    is_open=lambda postings: postings.filter(cited_evidence.in_force("application")),
    address=_address,
    decided=lambda: cited_evidence.decided(Posting.objects.all()),
)


def _papers_of(person: Person, applications: QuerySet[Application]) -> QuerySet[SignedPaper]:
    keys = applications.order_by().values("pk")
    return SignedPaper.objects.filter(is_read(person, "at"), application__in=keys)


def _page_of_papers(pk: int) -> str:
    application = SignedPaper.objects.values_list("application", flat=True).get(pk=pk)
    return reverse("applications:signed_papers", args=[application])


PAPERS = Subjects(
    model=SignedPaper,
    readable=lambda person: _papers_of(person, visible_applications(person)),
    closely=lambda person: _papers_of(person, closely_seen_applications(person)),
    role=lambda paper, person: typing_role(paper.application, person),
    is_open=lambda papers: papers.filter(cited_evidence.in_force("application")),
    address=_page_of_papers,
    decided=lambda: cited_evidence.decided(SignedPaper.objects.all()),
)
