"""The decision that gives the title to applications of one round."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Unpack

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register import giving
from designation.register.models import DesignationDecision
from designation.rounds.models import Round
from designation.site import seen_whole
from designation.site.refusal import Refusal

from ... import door
from ...case.facts import Act
from ...findings import GateFinding
from ..public_notice.models import NoticeEntry

# Another decided on one of those that the page showed, or one more waits.
CHANGED_MEANWHILE = gettext_lazy("待命名的名单在您打开页面后有变化，请核对现在的名单再按一次。")


def designate(
    round_: Round,
    applications: Sequence[Application],
    *,
    document_number: str,
    decided_on: date,
    deciding_body: str,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
    **how: Unpack[door.How],
) -> DesignationDecision:
    """Record the document and designate all of ``applications``, or none.

    ``seen`` is the form that was sent: it showed who may be designated. Raises
    Refusal with every finding when any of them may not be designated or is of
    another round, when the person does not decide for the round's area, when the document number
    is taken, when the decision is dated within the notice period, and when other applications
    wait than were seen.
    """
    _refuse_what_is_not_of_this_round(round_, applications, actor)
    _refuse_a_decision_before_the_period_ended(applications, decided_on)
    with transaction.atomic():
        _refuse_unless_seen(round_, seen)
        decision = giving.record_decision(
            round_=round_,
            document_number=document_number,
            decided_on=decided_on,
            deciding_body=deciding_body,
            actor=actor,
        )
        door.perform_all(
            "application.designate",
            [application.pk for application in applications],
            actor=actor,
            act=Act(decision_id=decision.pk),
            **how,
        )
    return decision


def awaiting(round_: Round) -> QuerySet[Application]:
    """The applications of a round that wait for a decision, as the page of it lists them."""
    return Application.objects.filter(round=round_, stage=Stage.AWAITING_DESIGNATION).order_by(
        "category", "area_code", "pk"
    )


def listed(applications: Iterable[Application]) -> list[list[Any]]:
    """What the page shows of them, for comparing what was seen."""
    return [[row.pk, row.organization.name_zh] for row in applications]


def _refuse_unless_seen(round_: Round, seen: Mapping[str, Any] | None) -> None:
    if seen is None:
        return
    rows = awaiting(round_).select_related("organization")
    # In the one order in which the door locks.
    list(rows.order_by("pk").select_for_update(of=("self",)))
    if not seen_whole.is_as_seen(seen, listed(rows)):
        changed = GateFinding(
            "changed_meanwhile",
            _("以看到的名单为准"),
            str(CHANGED_MEANWHILE),
        )
        raise Refusal([changed])


def _refuse_what_is_not_of_this_round(
    round_: Round, applications: Sequence[Application], actor: Person
) -> None:
    rule = _("命名决定只含本批次的申报")
    found = []
    if not seats(actor).holds_over(round_.jurisdiction.code, Role.DECIDING_OFFICER):
        found.append(GateFinding("not_permitted", rule, _("请由本批次辖区的审定人办理。")))
    if not applications or any(row.round_id != round_.pk for row in applications):
        found.append(
            GateFinding(
                "other_round", rule, _("名单中有其他批次的申报，或者没有申报，请重新勾选。")
            )
        )
    if found:
        raise Refusal(found)


def _refuse_a_decision_before_the_period_ended(
    applications: Sequence[Application], decided_on: date
) -> None:
    early = NoticeEntry.objects.filter(
        application__in=applications, dropped_at__isnull=True, notice__last_day__gte=decided_on
    )
    if early.exists():
        raise Refusal(
            [
                GateFinding(
                    "decided_too_early",
                    _("公示期满后作出决定"),
                    _("决定日期须在公示最后一日之后，请核对。"),
                )
            ],
        )
