"""Papers of a list: what a fact rests on, or the letter as it came; read by whoever reads the list.

They lie in the library of the round's area, where what cites them alone says who reads them: in
the department's own its people would, who may be applicants.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.evidence import citations, contents, library
from designation.evidence.citing import Subjects
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Person, Role
from designation.site import endings
from designation.site.refusal import Refusal
from workflows.case.cited_evidence import in_force

from .answering import held
from .models import OpinionLine, OpinionList
from .rules import answering_role, coordinating_role
from .scoping import lists_read


def bringing_role(opinions: OpinionList, person: Person) -> Role | None:
    """The role in which the person adds a paper: of the department, or for it at the county."""
    return answering_role(opinions, person) or coordinating_role(opinions.round, person)


def bring(opinions: OpinionList, received: Received, *, actor: Person) -> LibraryEntry:
    """Add a file, judged already, to a list; on record. It stays there.

    Raises Refusal for who neither answers for the department nor coordinates the round, and
    EvidenceRefused for a file that is not taken.
    """
    if bringing_role(opinions, actor) is None:
        raise Refusal.because("not_permitted", _("请由该部门的承办人或者县级经办人上传。"))
    with contents.written(received) as file, endings.act():
        locked = held(opinions)
        area = locked.round.jurisdiction
        entry = library.add(file, holder=area, title="", actor=actor)
        citations.cite(entry, locked, actor=actor)
    return entry


def of(opinions: OpinionList, person: Person) -> QuerySet[LibraryEntry]:
    """The papers of a list, of those that the person may read."""
    return citations.cited_by(opinions, person).order_by("pk")


def _is_open(rows: QuerySet[OpinionList]) -> QuerySet[OpinionList]:
    going_on = OpinionLine.objects.filter(list=OuterRef("pk"))
    return rows.filter(Exists(going_on.filter(in_force("application"))))


SUBJECTS = Subjects(
    model=OpinionList,
    readable=lists_read,
    closely=lists_read,
    role=bringing_role,
    is_open=_is_open,
    address=lambda pk: reverse("opinions:sheet", args=[pk]),
)
