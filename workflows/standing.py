"""What is under way or valid, by kind of subject: messages about it do not go."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from designation.applications.models import FINAL_STAGES, Application
from designation.register import queries as register
from designation.retention.ends import stands
from designation.rounds.models import Round
from designation.site import clock

from .case.cited_evidence import in_force
from .stages.objections.cited_evidence import is_open
from .stages.objections.models import Objection
from .stages.opinions.models import OpinionList
from .stages.public_notice.models import Notice
from .stages.selection.models import Selection
from .stages.verification.models import Visit


def _applications() -> QuerySet[Application]:
    titled = register.in_force(clock.today()).filter(application__isnull=False)
    is_titled = Q(pk__in=titled.order_by().values("application"))
    return Application.objects.filter(~Q(stage__in=FINAL_STAGES) | is_titled)


def _rounds() -> QuerySet[Round]:
    is_concluded = Q(status=Round.Status.CLOSED)
    going_on = Q(pk__in=_applications().order_by().values("round"))
    return Round.objects.filter(~is_concluded | going_on)


def _of_rounds(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(round__in=_rounds().order_by().values("pk"))
    return rows


def declare() -> None:
    stands("applications.application", _applications)
    stands("rounds.round", _rounds)
    stands("workflows.objection", lambda: is_open(Objection.objects.all()))
    stands(
        "workflows.visit",
        lambda: Visit.objects.filter(in_force("application") | Q(closed_at__isnull=True)),
    )
    stands("workflows.notice", partial(_of_rounds, Notice))
    stands("workflows.opinionlist", partial(_of_rounds, OpinionList))
    stands("workflows.selection", partial(_of_rounds, Selection))
    stands("register.designation", lambda: register.in_force(clock.today()))
