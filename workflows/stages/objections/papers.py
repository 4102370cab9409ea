"""The answer to an objection as a letter; whoever objected is called nothing but that in it."""

from datetime import datetime

from django.urls import reverse

from designation.organizations.models import Person, Role
from designation.papers.dates import in_words
from designation.papers.fields import ObjectionAnswer
from designation.papers.slots import Slot
from designation.site import clock
from standards.language import of_the_record

from . import objections, queries
from .models import Objection

_TO = "异议人"


def is_answered(objection: Objection) -> bool:
    """That it was not taken up is an answer; who gave no name is acted on, and not written to."""
    return objection.is_named and answered_at(objection) is not None


def answered_at(objection: Objection) -> datetime | None:
    if objection.status == Objection.Status.REFUSED:
        return objection.handled_at
    return objection.answered_at


@of_the_record()
def letter(objection: Objection) -> ObjectionAnswer:
    notice, day = objection.entry.notice, answered_at(objection)
    return ObjectionAnswer(
        issuing_body=notice.contact_unit,
        dated=in_words(day.astimezone(clock.SHANGHAI).date() if day else None),
        addressee=_TO,
        receipt=objection.receipt_code,
        about=objection.entry.printed_name or objection.entry.application.organization.name_zh,
        notice_title=notice.title,
        received_on=in_words(objection.received_at.astimezone(clock.SHANGHAI).date()),
        result=objection.get_status_display(),
        reason=objection.answer or objection.handling_reason,
        contact_phone=notice.contact_phone,
    )


def _issuing_role(objection: Objection, person: Person) -> Role | None:
    """The officer who reads it answers it."""
    reads = objections.in_scope(person).filter(pk=objection.pk).exists()
    return Role.OBJECTION_OFFICER if reads and is_answered(objection) else None


SLOT = Slot(
    read_by=lambda person: queries.whole(objections.in_scope(person)),
    role=_issuing_role,
    area=lambda objection: objection.entry.notice.round.jurisdiction,
    paper=lambda objection: letter(objection) if is_answered(objection) else None,
    address=lambda objection: reverse("notices:objection", args=[objection.pk]),
)
