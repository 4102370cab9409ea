"""The decision as a paper, and what a unit is sent that is not named."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from designation.applications.models import Application
from designation.organizations.models import Jurisdiction, Person
from designation.organizations.rules import seats
from designation.papers.dates import in_words, span
from designation.papers.fields import DesignationDecision as Paper
from designation.papers.fields import Listed, NotNamed
from designation.papers.slots import Slot
from designation.register.models import DesignationDecision
from designation.register.rules import LOOKING_AFTER, giving_role
from designation.rounds.models import Round
from designation.site import clock
from standards.language import of_the_record

from ...case.applicants import name_at
from ...case.facts import Case
from ...case.records import Decision
from ..appeals import told as appeals
from ..public_notice.models import Notice

# Whom a decision on titles speaks to; our default, for the record does not say it.
_TO = "各有关单位"


def decisions_read_by(person: Person, round_: Round | None = None) -> QuerySet[DesignationDecision]:
    """The decisions of rounds, or of one, of the areas whose titles the person looks after."""
    mine = seats(person).within("round__jurisdiction__code", *LOOKING_AFTER)
    rows = DesignationDecision.objects.filter(mine).select_related("round__jurisdiction")
    return rows if round_ is None else rows.filter(round=round_)


def area_of(decision: DesignationDecision) -> Jurisdiction:
    """That of its round, which those that are read here have."""
    assert decision.round is not None  # noqa: S101 - see ``decisions_read_by``
    return decision.round.jurisdiction


@of_the_record()
def decided(decision: DesignationDecision) -> Paper:
    """As it was given: names, numbers and terms as they stand in the register."""
    titles = decision.designations.order_by("category", "number")
    names = tuple(
        Listed(
            place=str(place),
            name=title.name_zh,
            area=title.area_name_zh,
            category=title.get_category_display(),
            number=title.number,
            valid_until=in_words(title.valid_until),
        )
        for place, title in enumerate(titles, start=1)
    )
    notices = Notice.objects.filter(
        entries__application__designation__decision=decision, entries__dropped_at__isnull=True
    )
    return _paper(
        decision.round,
        names,
        notices,
        issuing_body=decision.deciding_body,
        document_number=decision.document_number,
        dated=in_words(decision.decided_on),
    )


@of_the_record()
def drafted(round_: Round, applications: Iterable[Application]) -> Paper:
    """Before its number is known: of those that wait for it."""
    rows = list(applications)
    names = tuple(
        Listed(
            place=str(place),
            name=row.organization.name_zh,
            area=row.organization.jurisdiction.name_zh,
            category=row.get_category_display(),
        )
        for place, row in enumerate(rows, start=1)
    )
    notices = Notice.objects.filter(entries__application__in=rows, entries__dropped_at__isnull=True)
    today = in_words(clock.today())
    return _paper(round_, names, notices, issuing_body=round_.organizer, dated=today, is_draft=True)


def _paper(
    round_: Round | None,
    names: tuple[Listed, ...],
    notices: QuerySet[Notice],
    **said: str | bool,
) -> Paper:
    """What the notices say of basis, course and period is said again, of each that says another."""
    said_before = list(notices.exclude(first_day=None).order_by("published_at", "pk").distinct())
    own = {
        "round_name": round_.name_zh if round_ else "",
        "issued_by": round_.managing_office if round_ else "",
        "valid_years": str(round_.valid_years) if round_ else "",
        "basis": _each(one.basis for one in said_before),
        "procedure": _each(one.procedure for one in said_before),
        "noticed": "、".join(
            dict.fromkeys(span(one.first_day, one.last_day) for one in said_before)
        ),
    }
    return Paper(names=names, count=str(len(names)), addressee=_TO, **own, **said)  # type: ignore[arg-type]


def _each(texts: Iterable[str]) -> str:
    """Each that is said, once; what is said by all stays as it was typed."""
    different = list(dict.fromkeys(text.strip() for text in texts))
    if len(different) < 2:  # noqa: PLR2004 - nothing to put together
        return "".join(different)
    return "；".join(text.rstrip("。；;") for text in different)


def not_named(case: Case, decision: Decision) -> NotNamed:
    """To the unit, from the body that decides; with the reason on record."""
    application, round_ = case.application, case.application.round
    day = decision.at.astimezone(clock.SHANGHAI).date()
    return NotNamed(
        issuing_body=round_.organizer,
        dated=in_words(day),
        addressee=name_at(application, decision.at, day),
        issued_by=round_.managing_office,
        round_name=round_.name_zh,
        category=application.get_category_display(),
        reason=decision.opinion,
        contact_unit=round_.contact_unit or round_.managing_office,
        contact_phone=round_.contact_phone,
        **appeals.in_a_paper(decision),  # type: ignore[arg-type]
    )


SLOT = Slot(
    read_by=decisions_read_by,
    role=lambda decision, person: giving_role(person, area_of(decision).code),
    area=area_of,
    paper=decided,
    address=lambda decision: f"{reverse('register:list')}?decision={decision.pk}",
)
