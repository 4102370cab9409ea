"""Typing the application of a unit without a computer from the paper that its head signed.

The paper comes first and is kept with its hash; its signature stands for the head's confirmation,
which the gates ask for. The unit sees all of it, and may go on with it itself.
"""

from collections.abc import Iterable
from datetime import date
from typing import Unpack

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import FINAL_STAGES, Application, SignedPaper, Stage
from designation.applications.rules import left_by_their_typists
from designation.audit import events
from designation.evidence import citations, contents, library
from designation.evidence.content import Received
from designation.evidence.contents import Written
from designation.evidence.models import LibraryEntry, Sensitivity
from designation.organizations.models import BodyKind, Organization, Person, Role, Seat
from designation.organizations.rules import seats
from designation.register.bars import Bar
from designation.rounds.models import Round
from designation.rounds.rules import rounds_to_apply_in
from designation.site import clock
from designation.site.refusal import Finding, Refusal
from standards.characters import line
from standards.language import of_the_record

from ...bars import queries as bars
from ...case import rules
from ...case.facts import Case
from ...case.handed_in import is_read
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
    """Those that take applications now from where the person may type.

    And those in which somebody who left was typing: that is gone on with whenever it waits.
    """
    codes = bodies(person).values_list("jurisdiction__code", flat=True)
    taking, left = rounds_to_apply_in(codes).order_by().values("pk"), _left(person).values("round")
    rows = Round.objects.filter(Q(pk__in=taking) | Q(pk__in=left))
    return rows.select_related("jurisdiction")


def _left(person: Person) -> QuerySet[Application]:
    """What nobody types any more, since who did has left the seat."""
    return Application.objects.filter(left_by_their_typists(person)).order_by()


def alone_in(person: Person) -> QuerySet[Organization]:
    """Those in which nobody else could review what the person types."""
    others = Seat.objects.in_force().filter(
        role=Role.FIRST_REVIEWER, organization=OuterRef("pk"), person__is_active=True
    )
    return bodies(person).exclude(Exists(others.exclude(person=person).order_by()))


def barred_in(round_: Round, person: Person) -> list[tuple[Organization, list[Bar]]]:
    """Units that the person could type for and that are barred until a day, each with its bars.

    They are named before anybody collects a signed paper. Two statements.
    """
    near = bodies(person)
    around = Q(superior__in=near) | Q(jurisdiction__in=near.values("jurisdiction"))
    taken = Q(is_active=True, category__in=round_.categories.values("category"))
    rows = bars.barred(clock.today(), around & taken).order_by("pk")
    return [(unit, bars.bars_on(unit)) for unit in rows]


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

    One that nobody types any more is gone on with: who brings the paper types it from then on.
    Raises Refusal as ``start`` does, and for who is not of the township that reviews the unit;
    EvidenceRefused for a file that is not taken.
    """
    _refuse(signed_by, signed_on)
    with contents.written(received) as file, transaction.atomic():
        application = _gone_on_with(round_, organization, actor) or start(
            round_, organization, actor=actor, from_paper=True, **how
        )
        paper = _keep(application, file, signed_by, signed_on, actor)
        announcements.typed(application, by=actor)
        _record(application, "application.type", paper, actor, Role.FIRST_REVIEWER)
    return application


def _gone_on_with(round_: Round, organization: Organization, actor: Person) -> Application | None:
    """What was left by whoever typed it, now the actor's to type; who typed before stays tied."""
    found = _left(actor).filter(round=round_, organization=organization).first()
    if found is None:
        return None
    application = lock_for(found, _is_left, actor)
    application.typed_by = actor
    application.save(update_fields=["typed_by"])
    return application


def _is_left(case: Case, person: Person) -> bool:
    return _left(person).filter(pk=case.application.pk).exists()


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


def of(application: Application, person: Person) -> list[tuple[SignedPaper, LibraryEntry]]:
    """The papers that the person reads, in the order in which they came, each with its file."""
    read = application.papers.filter(is_read(person, "at"))
    papers = list(read.select_related("brought_by"))
    cited = citations.of_subjects(papers)
    return [(paper, cited[paper.pk]) for paper in papers]


def _refuse(signed_by: str, signed_on: date) -> None:
    if found := list(faults(signed_by, signed_on)):
        raise Refusal(found)


def _keep(
    application: Application, file: Written, signed_by: str, signed_on: date, actor: Person
) -> SignedPaper:
    with of_the_record():
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
