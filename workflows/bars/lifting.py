"""That a bar is lifted before its time: by a decision, and by nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.papers import given_numbers, numbers
from designation.register.bars import Bar, Ground
from designation.register.models import BarLifting, TitleStep
from designation.site import clock, endings
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import day

from ..case.records import Decision
from . import announcements, stopping
from .queries import bar_of
from .rules import lifting_role


@dataclass(frozen=True, slots=True)
class Document:
    """The decision that lifts it, and why."""

    document_number: str
    deciding_body: str
    decided_on: date
    reason: str


@endings.act()
def lift(bar: Bar, document: Document, *, actor: Person, request_key: str = "") -> BarLifting:
    """Record that ``bar`` bars its organization no more; the form that did so may come again.

    Raises Refusal for who does not decide for its area or had a hand in what barred it, for a
    document that cannot be, and once it is lifted or over.
    """
    organization = Organization.objects.select_related("jurisdiction").get(pk=bar.organization)
    role = lifting_role(actor, organization)
    if role is None:
        raise Refusal.because("not_permitted", _("请由本组织所在辖区的审定人办理。"))
    stopping.hold(organization.pk)
    if done := _done(bar, actor, request_key):
        return done
    found = [*_faults(document, bar), *_of_who_lifts(bar, organization, role, actor)]
    if bar_of(bar.ground, bar.key) is None:
        found = [Finding("no_bar", "", _("这项限制已经解除或者期满，不用再办理。"))]
    if found:
        raise Refusal(found)
    _take_number(document, organization)
    lifting = BarLifting.objects.create(
        organization=organization,
        **_about(bar),
        document_number=numbers.normal(document.document_number),
        deciding_body=document.deciding_body.strip(),
        decided_on=document.decided_on,
        reason=document.reason.strip(),
        actor=actor,
        role=role,
        acted_for=seats(actor).in_whose_place(role, code=organization.jurisdiction.code),
        request_key=request_key,
        at=clock.now(),
    )
    announcements.lifted(lifting, bar.since)
    events.append(_entry(lifting))
    return lifting


def _take_number(document: Document, organization: Organization) -> None:
    """One decision may lift the bars of several."""
    number, body = document.document_number, document.deciding_body
    paper = given_numbers.Document("bar.lift", number, body, document.decided_on)
    given_numbers.give(paper, organization.jurisdiction.code)


def _about(bar: Bar) -> dict[str, Any]:
    of_a_title = bar.ground == Ground.REVOKED
    return {"step_id": bar.key} if of_a_title else {"application_id": bar.key}


def _done(bar: Bar, actor: Person, request_key: str) -> BarLifting | None:
    if not request_key:
        return None
    return BarLifting.objects.filter(**_about(bar), actor=actor, request_key=request_key).first()


def _faults(document: Document, bar: Bar) -> Iterator[Finding]:
    if not document.document_number.strip():
        yield Finding("no_document", "", _("请填写文件的发文字号。"), field="document_number")
    if not document.deciding_body.strip():
        yield Finding("no_body", "", _("请填写作出决定的机关。"), field="deciding_body")
    if document.decided_on > clock.today():
        yield Finding("dated_wrong", "", _("文件日期不能晚于今天。"), field="decided_on")
    elif document.decided_on < bar.since:
        told = _("文件日期不能早于%(day)s，限制申报从那天开始，请核对。") % {"day": day(bar.since)}
        yield Finding("dated_wrong", "", told, field="decided_on")
    if len(document.reason.strip()) < LEAST_REASON:
        told = _("请写明事实和理由，不少于 %(least)s 个字。") % {"least": LEAST_REASON}
        yield Finding("reason_too_short", "", told, field="reason")


def _of_who_lifts(
    bar: Bar, organization: Organization, role: Role, actor: Person
) -> Iterator[Finding]:
    """Who barred it does not lift it; nor is it lifted before it began."""
    hands = seats(actor).hands(role, code=organization.jurisdiction.code)
    if {one.pk for one in hands} & _who_barred(bar):
        told = _("这项限制是您作出的决定带来的，应当回避。请由其他审定人办理。")
        yield Finding("took_part", _("决定的人没有参与此前的办理"), told)


def _who_barred(bar: Bar) -> set[int | None]:
    if bar.ground == Ground.REVOKED:
        step = TitleStep.objects.get(pk=bar.key)
        return {step.actor_id, step.acted_for_id}
    decisions = Decision.objects.filter(application=bar.key, at=bar.at)
    return {key for row in decisions for key in (row.actor_id, row.acted_for_id)}


def _entry(lifting: BarLifting) -> events.Entry:
    return events.Entry(
        actor=lifting.actor,
        action="bar.lift",
        subject=lifting.organization,
        jurisdiction_code=lifting.organization.jurisdiction.code,
        role=lifting.role,
        acted_for=lifting.acted_for,
        details={
            "organization": lifting.organization.name_zh,
            "document_number": f"{lifting.deciding_body} {lifting.document_number}",
            "reason": lifting.reason,
        },
    )
