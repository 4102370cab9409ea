"""Evidence of a notice: what its proposal rests on, minutes of the meeting for one."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from designation.evidence.citing import Subjects
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from workflows.case.cited_evidence import in_force

from .models import Notice, NoticeEntry
from .scoping import handled_notices


def _role(notice: Notice, person: Person) -> str | None:
    """The coordinator, who proposes it, while it is a draft."""
    if notice.status != Notice.Status.DRAFT:
        return None
    return seats(person).role_over(notice.round.jurisdiction.code, Role.COUNTY_COORDINATOR)


def _closely(person: Person) -> QuerySet[Notice]:
    """Personal data in it: who proposes it and who reads it for secrecy."""
    roles = (Role.COUNTY_COORDINATOR, Role.SECRECY_REVIEWER)
    return Notice.objects.filter(seats(person).within("round__jurisdiction__code", *roles))


def is_open(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Until it has ended, and while a title rests on it; then it is kept to the end of its term."""
    standing = NoticeEntry.objects.filter(in_force("application"), notice=OuterRef("pk"))
    return notices.filter(~Q(status=Notice.Status.ENDED) | Exists(standing))


SUBJECTS = Subjects(
    model=Notice,
    readable=handled_notices,
    closely=_closely,
    role=_role,
    is_open=is_open,
    address=lambda pk: reverse("notices:manage", args=[pk]),
)
