"""An objection as the subject of messages: its page, and who is kept from hearing of it."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.announcements.subjects import Asked, SubjectKind
from designation.organizations.models import Person, Role

from ...case.interests import KEEP_FROM_OBJECTIONS, Tie, ties_of
from . import hearing, longer, objections
from .models import Hearing, LongerAsked, Objection


def _label(objection: Objection) -> str:
    """Not its receipt code, which leads to what became of it."""
    organization = objection.entry.application.organization
    return _("对%(organization)s的异议") % {"organization": organization.name}


def _may_see(person: Person, objection: str) -> bool:
    return objections.readable(person).filter(pk=objection).exists()


# What nobody may be to the case who is told of an objection to it; who hears it, more than that.
_KEPT = frozenset({Tie.APPLIES, Tie.PREPARED})
_KEPT_FROM_HEARING = _KEPT.union(KEEP_FROM_OBJECTIONS)


def _admitted(asked: Collection[Asked]) -> Collection[Asked]:
    """Two statements, whatever the number of objections and people."""
    about = Objection.objects.filter(pk__in={int(one.subject_id) for one in asked})
    cases = {
        str(pk): (application, organization)
        for pk, application, organization in about.values_list(
            "pk", "entry__application", "entry__application__organization"
        )
    }
    ties = ties_of({application for application, _organization in cases.values()})
    return [one for one in asked if _may_be_told(one, *cases[one.subject_id], ties)]


def _may_be_told(one: Asked, application: int, organization: int, ties: Any) -> bool:
    found = ties[application].get(one.person.pk, frozenset())
    kept = _KEPT_FROM_HEARING if one.role == Role.OBJECTION_OFFICER else _KEPT
    return one.person.home_organization_id != organization and found.isdisjoint(kept)


OBJECTION = SubjectKind(
    opens=gettext_lazy("查看异议"),
    page=lambda objection: ("notices:objection", [objection.pk]),
    may_see=_may_see,
    admits=_admitted,
    label=_label,
)


def _label_of_hearing(put: Hearing) -> str:
    organization = put.objection.entry.application.organization
    return _("就异议听取%(organization)s的陈述") % {"organization": organization.name}


def _is_put_to(person: Person, key: str) -> bool:
    return hearing.put_to(person).filter(pk=key).exists()


HEARING = SubjectKind(
    opens=gettext_lazy("查看并陈述"),
    page=lambda put: ("notices:hearing", [put.pk]),
    may_see=_is_put_to,
    label=_label_of_hearing,
)


def _label_of_longer(asked: LongerAsked) -> str:
    organization = asked.objection.entry.application.organization
    return _("延长对%(organization)s的异议的办理期限") % {"organization": organization.name}


def _may_answer(person: Person, key: str) -> bool:
    return longer.to_answer(person).filter(pk=key).exists()


LONGER = SubjectKind(
    opens=gettext_lazy("查看并审批"),
    page=lambda asked: ("notices:longer", [asked.pk]),
    may_see=_may_answer,
    label=_label_of_longer,
)
