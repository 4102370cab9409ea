"""The signed and sealed page as the applicant brings it, and who may read it."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications import seals
from designation.applications.models import Application, SignedPage
from designation.evidence import contents, library
from designation.evidence.citing import Kind, Place
from designation.evidence.content import Received
from designation.organizations.models import Person
from standards.language import of_the_record

from ...case import cited_evidence, rules
from ...case.facts import Case
from ...case.handed_in import is_corrected, is_read
from ...case.held import already_moved
from ...case.scoping import closely_seen_applications, visible_applications
from . import editing


def may_bring(case: Case, person: Person) -> bool:
    """The applicant, until the course is at its end: seals are often put on afterwards."""
    return not case.application.is_final and rules.is_applicant(case, person)


def bring(case: Case, received: Received, *, title: str, actor: Person) -> SignedPage:
    """Put a file, judged already, into the applicant's library and let it stand; on record.

    Without a ``title`` it is called what it is.
    Raises EvidenceRefused for one that is not taken, and Refusal when it is too late.
    """
    if not may_bring(case, actor):
        raise already_moved(case.application)
    with (
        contents.written(received) as file,
        editing.held(case.application, may_bring, actor) as application,
    ):
        holder = application.organization
        with of_the_record():
            title = title or _("签章页")
        entry = library.add(file, holder=holder, title=title, actor=actor)
        page = seals.put(application, entry, actor=actor)
        role = str(rules.is_applicant.role(case, actor))
        said = {"cited_by": str(application)}
        library.record(entry, "evidence.cite", actor=actor, role=role, details=said)
    return page


def shown(case: Case, person: Person) -> list[SignedPage]:
    """The applicant sees all that were ever brought; all others what they read."""
    pages = seals.of(case.application)
    if not rules.is_applicant(case, person):
        pages = pages.filter(_is_read(person))
    return list(pages)


def _is_read(person: Person) -> Q:
    """That it stands: for others than the applicant, when a correction was asked for."""
    stood = is_corrected() & Q(replaced_at__gt=F("application__stage_since"))
    return is_read(person, "brought_at") & (Q(replaced_at__isnull=True) | stood)


def _of(person: Person, applications: QuerySet[Application]) -> QuerySet[SignedPage]:
    """Those that the person reads; what was replaced is the applicant's own."""
    keys = applications.order_by().values("pk")
    return SignedPage.objects.filter(_is_read(person), application__in=keys)


def _place(row: Any) -> Place:
    application = row.application
    return Place(str(application), reverse("applications:papers", args=[application.pk]))


def _with_names(rows: QuerySet[SignedPage]) -> QuerySet[SignedPage]:
    return rows.select_related("application__organization", "application__round")


KIND = Kind(
    read_by=lambda person: _with_names(_of(person, visible_applications(person))),
    read_closely_by=lambda person: _of(person, closely_seen_applications(person)),
    in_force=lambda: _with_names(
        SignedPage.objects.filter(cited_evidence.in_force("application"), replaced_at__isnull=True)
    ),
    # Replaced or not, it was shown to whoever saw the case.
    on_record=SignedPage.objects.all,
    place=_place,
    decided=lambda: cited_evidence.decided(SignedPage.objects.all()),
)
