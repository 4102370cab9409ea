"""Typing the application of a unit without a computer from the paper that its head signed.

The paper comes first and is kept with its hash; its signature stands for the head's confirmation,
which the gates ask for. The unit sees all of it, and may go on with it itself.
"""

from collections.abc import Iterable
from datetime import date
from typing import Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import FINAL_STAGES, Application, SignedPaper, Stage
from designation.audit import events
from designation.evidence import citations, contents, library
from designation.evidence.content import Received
from designation.evidence.contents import Written
from designation.evidence.models import LibraryEntry, Sensitivity
from designation.organizations.models import BodyKind, Organization, Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.rounds.rules import rounds_to_apply_in
from designation.site import clock
from designation.site.refusal import Finding, Refusal
from standards.characters import line

from ...case import rules
from ...case.facts import Case
from ...case.held import lock_for
from ...door import How
from . import announcements
from .starting import start

# Wherever something is still to be confirmed.
_STAGES = frozenset((Stage.DRAFT, Stage.RETURNED))


def bodies(person: Person) -> QuerySet[Organization]:
    """The townships for whose units the person may type."""
    held = seats(person).organizations(Role.FIRST_REVIEWER)
    return Organization.objects.filter(
        pk__in=held, is_active=True, body_kind=BodyKind.TOWNSHIP_COMMITTEE
    )


def rounds(person: Person) -> QuerySet[Round]:
    """Those that take applications now from where the person may type."""
    codes = bodies(person).values_list("jurisdiction__code", flat=True)
    return rounds_to_apply_in(codes).select_related("jurisdiction")


def faults(signed_by: str, signed_on: date) -> Iterable[Finding]:
    """Why a paper cannot have been signed so."""
    if not line(signed_by).strip():
        yield Finding("no_signer", "", _("请填写签字的单位负责人姓名。"), field="signed_by")
    if signed_on > clock.today():
        yield Finding("in_future", "", _("签字日期不能晚于今天，请核对。"), field="signed_on")


def begin(
    round_: Round,
    organization: Organization,
    received: Received,
    *,
    signed_by: str,
    signed_on: date,
    actor: Person,
    **how: Unpack[How],
) -> Application:
    """Begin the application of a unit that has signed, with its paper as the first thing.

    Raises Refusal as ``start`` does, and for who is not of the township that reviews the unit;
    EvidenceRefused for a file that is not taken.
    """
    _refuse(signed_by, signed_on)
    with contents.written(received) as file, transaction.atomic():
        application = start(round_, organization, actor=actor, from_paper=True, **how)
        paper = _keep(application, file, signed_by, signed_on, actor)
        announcements.typed(application, by=actor)
        _record(application, "application.type", paper, actor, Role.FIRST_REVIEWER)
    return application


def may_bring(case: Case, person: Person) -> bool:
    return case.application.stage in _STAGES and rules.is_typist(case, person)


def bring(
    case: Case, received: Received, *, signed_by: str, signed_on: date, actor: Person
) -> SignedPaper:
    """Keep another paper: of a correction, or in place of one that cannot be read.

    Raises Refusal for who does not type it, or once it has moved on.
    """
    _refuse(signed_by, signed_on)
    with contents.written(received) as file, transaction.atomic():
        application = lock_for(case.application, may_bring, actor)
        paper = _keep(application, file, signed_by, signed_on, actor)
        _record(application, "application.paper", paper, actor, Role.FIRST_REVIEWER)
    return paper


def may_take_over(case: Case, person: Person) -> bool:
    application = case.application
    is_typed = application.typed_by_id is not None and application.taken_over_at is None
    is_open = application.stage not in FINAL_STAGES
    return is_typed and is_open and rules.is_of_the_applicant(case, person)


def take_over(case: Case, *, actor: Person) -> Application:
    """The unit goes on with it itself; from then on the township only reviews.

    Raises Refusal for who is not of the unit, and where nobody types for it.
    """
    role = rules.is_of_the_applicant.role(case, actor)
    with transaction.atomic():
        application = lock_for(case.application, may_take_over, actor)
        application.taken_over_at = clock.now()
        application.save(update_fields=["taken_over_at"])
        announcements.taken_over(application, by=actor, role=str(role))
        _record(application, "application.take_over", None, actor, str(role))
    return application


def of(application: Application) -> list[tuple[SignedPaper, LibraryEntry]]:
    """The papers in the order in which they came, each with its file."""
    papers = list(application.papers.select_related("brought_by"))
    cited = citations.of_subjects(papers)
    return [(paper, cited[paper.pk]) for paper in papers]


def _refuse(signed_by: str, signed_on: date) -> None:
    if found := list(faults(signed_by, signed_on)):
        raise Refusal(found)


def _keep(
    application: Application, file: Written, signed_by: str, signed_on: date, actor: Person
) -> SignedPaper:
    title = _("签字纸质件 %(on)s") % {"on": signed_on}
    entry = library.add(
        file,
        holder=application.organization,
        title=title,
        details={"sensitivity": Sensitivity.PERSONAL, "dated_on": signed_on},
        actor=actor,
    )
    paper = SignedPaper.objects.create(
        application=application,
        signed_by=line(signed_by).strip(),
        signed_on=signed_on,
        sha256=entry.stored.sha256,
        brought_by=actor,
        at=clock.now(),
    )
    citations.cite(entry, paper, actor=actor)
    return paper


def _record(
    application: Application, action: str, paper: SignedPaper | None, actor: Person, role: str
) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=application,
            jurisdiction_code=application.area_code,
            role=role,
            details={"sha256": paper.sha256} if paper else {},
        )
    )
