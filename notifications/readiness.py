"""Noticing that an application is filled in, so that its head is told also where nobody says so.

Looked for while somebody is at work on it: a minute after their last save, once a stage. Whoever
sent it to the head has told already.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast

from designation.applications.models import Answer, Application, Room, Sitting
from designation.site import clock
from standards.models import Item
from workflows import declared, door
from workflows.case.facts import Act, Case
from workflows.stages.self_assessment import announcements

from .models import Event

# Our default: who saves again within a minute is still at it.
PAUSE = timedelta(minutes=1)


def tell_of_those_ready() -> int:
    """Tell the heads of applications that wait for nothing but their word; returns how many."""
    sittings = Sitting.objects.filter(
        ~Exists(_told("application", "application__stage_since")),
        ~Exists(_items_without_a_conclusion()),
        room=Room.SELF_ASSESSMENT,
        last_at__lte=clock.now() - PAUSE,
        # What was typed before it came here was told of then.
        last_at__gte=F("application__stage_since"),
        application__stage__in=[stage for stage in declared.places() if declared.heads_word(stage)],
    )
    last = sittings.select_related("person").order_by("application_id", "-last_at")
    return sum(_tell(sitting) for sitting in last.distinct("application_id"))


def _told(application: str, since: str) -> QuerySet[Event]:
    return Event.objects.filter(
        action__in=(announcements.READY, announcements.SENT),
        subject_type=Application._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=Cast(OuterRef(application), CharField()),
        at__gte=OuterRef(since),
    )


def _items_without_a_conclusion() -> QuerySet[Item]:
    """What can be asked of all in the one statement; the gate asks the rest of few."""
    concluded = Answer.objects.filter(
        item=OuterRef("pk"), application=OuterRef(OuterRef("application"))
    ).exclude(conclusion="")
    items = Item.objects.filter(version=OuterRef("application__standard"))
    return items.filter(~Exists(concluded)).order_by()


@transaction.atomic
def _tell(sitting: Sitting) -> bool:
    """Asked again while the application is held: two sweeps at once tell once."""
    application = (
        Application.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("round__jurisdiction", "organization__jurisdiction", "term")
        .filter(~Exists(_told("pk", "stage_since")), pk=sitting.application_id)
        .first()
    )
    if application is None or not _is_ready(application):
        return False
    announcements.ready(application, filled_in_by=sitting.person, role=sitting.role)
    return True


def _is_ready(application: Application) -> bool:
    """Whether the gate of the head's step waits for nothing but the head's own word."""
    word = declared.heads_word(application.stage)
    case = Case(application, act=Act(truth_confirmed=True))
    return bool(word) and not any(
        finding.blocking for finding in door.findings(f"application.{word}", case)
    )
