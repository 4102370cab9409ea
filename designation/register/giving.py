"""Giving a title: by the decision on an application, or by a decision alone."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from designation.applications.models import Application
from designation.audit import events
from designation.organizations import names
from designation.organizations.models import Level, Organization, Person, Role, head_of
from designation.organizations.rules import seats
from designation.papers import given_numbers, numbers
from designation.papers.models import GivenNumber
from designation.rounds.models import Round
from designation.site import clock
from designation.site.refusal import Finding, Refusal
from standards.categories import Category

from .models import Designation, DesignationDecision, TitleStep
from .rules import giving_role, own_organization, own_units
from .standing import Act

# Of these a round may be, whose decision gives titles in several counties.
_ABOVE = (Level.PREFECTURE, Level.PROVINCE)


def record_decision(
    *,
    document_number: str,
    decided_on: date,
    deciding_body: str,
    actor: Person,
    round_: Round | None = None,
    area_code: str = "",
) -> DesignationDecision:
    """Record the document that gives titles: of a round, or of no round here.

    Of no round, it is of the county in which ``area_code`` lies; one of the two is given.

    Raises Refusal for who does not decide for that area; when it is dated ahead; and when its
    number is taken. Of no round, it takes its number when it gives the first title.
    """
    area = area_code if round_ is None else round_.jurisdiction.code
    if not area:
        raise ValueError("a decision is of a round, or of the county of an area")
    _giving_role(actor, area)
    if decided_on > clock.today():
        raise Refusal.because(
            "decided_in_future", _("决定日期不能晚于今天。"), rule=_("决定作出以后登记")
        )
    try:
        with transaction.atomic():
            decision = DesignationDecision.objects.create(
                round=round_,
                county=_county(area),
                document_number=numbers.normal(document_number),
                decided_on=decided_on,
                deciding_body=deciding_body,
                recorded_by=actor,
                recorded_at=clock.now(),
            )
            if round_ is not None:
                _take_number(decision, round_.jurisdiction.code)
            return decision
    except IntegrityError as error:
        raise Refusal.because(
            "document_number_taken",
            _("这个发文字号已经登记过，请核对。"),
            rule=_("发文字号不重复"),
        ) from error


def _take_number(decision: DesignationDecision, area_code: str) -> None:
    number, body = decision.document_number, decision.deciding_body
    given_numbers.give(_paper(number, body, decision.decided_on), area_code)


def who_recorded(given: GivenNumber) -> str:
    """The name of who first recorded the act or decision that bears the number, else ""."""
    bears = {"document_number": given.number, "deciding_body": given.whose}
    if given.kind == "decision":
        decisions = DesignationDecision.objects.filter(county=given.county, **bears)
        found = decisions.filter(decided_on=given.dated_on).select_related("recorded_by").first()
        return found.recorded_by.full_name if found else ""
    steps = TitleStep.objects.filter(
        title__jurisdiction__code__startswith=given.county, effective_on=given.dated_on, **bears
    )
    step = steps.order_by("pk").select_related("actor").first()
    return step.actor.full_name if step and step.actor else ""


def number_taken(
    document_number: str, deciding_body: str, decided_on: date, area_code: str
) -> Finding | None:
    """Why this county's number cannot be that of a decision; asked without taking it."""
    return given_numbers.taken(_paper(document_number, deciding_body, decided_on), area_code)


def _paper(document_number: str, deciding_body: str, decided_on: date) -> given_numbers.Document:
    return given_numbers.Document("decision", document_number, deciding_body, decided_on)


def recorded_decision(
    deciding_body: str, document_number: str, area_code: str
) -> DesignationDecision | None:
    """The document of this body and number that was recorded before for the county of the area.

    Its own stands before one on a round of the prefecture or the province around.
    """
    around = [head_of(area_code, level).ljust(len(_county(area_code)), "0") for level in _ABOVE]
    ours = Q(county=_county(area_code)) | Q(county__in=around, round__isnull=False)
    # The codes of those around end with zeros: the nearest is the greatest.
    return _called(deciding_body, document_number).filter(ours).order_by("-county").first()


def given_by(
    deciding_body: str, document_number: str, organization: Organization, category: str
) -> Designation | None:
    """The title of this category that the document gave to the organization.

    Of whatever county it is: of before counties were told apart, one stands on record for the
    titles of several, as that of the first.
    """
    given = organization.designations.filter(
        category=category, decision__in=_called(deciding_body, document_number)
    )
    return given.select_related("decision__round").first()


def is_called(decision: DesignationDecision, deciding_body: str, document_number: str) -> bool:
    """Whether it is the document of this body and number, however the number was typed."""
    mine, theirs = map(numbers.normal, (decision.document_number, document_number))
    return (decision.deciding_body, mine) == (deciding_body, theirs)


def _called(deciding_body: str, document_number: str) -> QuerySet[DesignationDecision]:
    return DesignationDecision.objects.filter(
        deciding_body=deciding_body,
        document_number__in={document_number, numbers.normal(document_number)},
    )


def _county(area_code: str) -> str:
    return head_of(area_code, Level.COUNTY)


def give_for(
    application: Application, *, decision: DesignationDecision, until: date, actor: Person
) -> Designation:
    """Enter the title that ``decision`` gives to an application, until and with that day.

    Called under the door's lock, which has asked for all that keeps a person from it, and records
    the passage. Raises Refusal for who does not decide for the applicant's area.
    """
    role = _giving_role(actor, application.area_code)
    area = application.round.jurisdiction.code
    return _enter(
        application.organization,
        number=f"{_series(area, decision, application.category)}-{application.pk:05d}",
        category=application.category,
        application=application,
        decision=decision,
        until=until,
        actor=actor,
        role=role,
        acted_for=seats(actor).in_whose_place(role, code=application.area_code),
    )


def give(
    organization: Organization,
    *,
    category: Category,
    decision: DesignationDecision,
    until: date,
    actor: Person,
    name_as_given: str = "",
    is_imported: bool = False,
) -> Designation:
    """Enter a title that rests on no application here: given before the system, or renewed.

    ``name_as_given`` is the name on the document, where that is none that the organization bears
    or bore by our record. ``is_imported``: taken over from the register that there was before.
    Nobody is told: what was given long ago is no news. Raises Refusal when
    the person does not decide for the organization's area, for who belongs to it, when the title
    would end before it begins, when one taken over rests on the decision on a round, and when the
    decision has given this one already; ValueError for a decision of another county on no round.
    """
    area = organization.jurisdiction.code
    role = _giving_role(actor, area)
    if organization.pk in own_units(actor, area):
        raise Refusal([own_organization()])
    if is_imported and (found := takes_no_former_title(decision)):
        raise Refusal([found])
    if until <= decision.decided_on:
        raise Refusal.because("ends_before_it_begins", _("有效期至须在决定日期之后，请核对。"))
    series = _series(area, decision, category)
    acted_for = seats(actor).in_whose_place(role, code=area)
    try:
        with transaction.atomic():
            title = _enter(
                organization,
                # Five parts, where an application's has four: never the same.
                number=f"{series}-{decision.pk}-{organization.pk:05d}",
                category=category,
                decision=decision,
                until=until,
                actor=actor,
                role=role,
                acted_for=acted_for,
                is_imported=is_imported,
                **({"name_zh": name_as_given, "name_en": ""} if name_as_given else {}),
            )
            events.append(replace(_event(title, area, actor, role), acted_for=acted_for))
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise Refusal.because(
            "title_given_already", _("这份决定已经授予该组织同类称号，请核对。")
        ) from error
    return title


def takes_no_former_title(decision: DesignationDecision) -> Finding | None:
    """Why no title of a former register rests on it: it names all that a round here chose."""
    if decision.round is None:
        return None
    told = _(
        "%(number)s是系统中“%(round)s”的命名决定，名单以公示和决定为准，不能由表添加。请核对文号；"
        "名单有误的，请由审定机关另行作出决定。"
    )
    said = {"number": decision.document_number, "round": decision.round.name}
    return Finding("decision_of_a_round", "", told % said, field="document_number")


def _giving_role(actor: Person, area_code: str) -> Role:
    role = giving_role(actor, area_code)
    if role is None:
        raise _not_permitted()
    return role


def _not_permitted() -> Refusal:
    return Refusal.because("not_permitted", _("请由本组织所在辖区的审定人办理。"))


def _enter(
    organization: Organization,
    *,
    decision: DesignationDecision,
    until: date,
    actor: Person,
    role: Role,
    acted_for: Person | None,
    **fields: Any,
) -> Designation:
    given_on = decision.decided_on
    if decision.round_id is None:
        area = organization.jurisdiction.code
        if decision.county != _county(area):
            raise ValueError(f"a decision of {decision.county} gives no title in {area}")
        _take_number(decision, area)
    named = names.borne_with_the_area(organization, given_on) | fields
    title = Designation.objects.create(
        **named,
        organization=organization,
        jurisdiction_id=organization.jurisdiction_id,
        decision=decision,
        designated_on=given_on,
        valid_until=until,
    )
    TitleStep.objects.create(
        title=title,
        act=Act.GIVEN,
        effective_on=given_on,
        decision=decision,
        actor=actor,
        role=role,
        acted_for=acted_for,
        at=clock.now(),
    )
    return title


def _series(area: str, decision: DesignationDecision, category: str) -> str:
    """What the numbers of a county's titles of one year and category begin with.

    What follows makes them unique without a counter.
    """
    return f"{_county(area)}-{decision.decided_on.year}-{category}"


def _event(title: Designation, area: str, actor: Person, role: Role) -> events.Entry:
    return events.Entry(
        actor=actor,
        action="title.give",
        subject=title,
        jurisdiction_code=area,
        role=role,
        details={
            "organization": title.name_zh,
            "category": title.category,
            "document_number": title.decision.document_number,
            "designated_on": title.designated_on,
            "valid_until": title.valid_until,
        },
    )
