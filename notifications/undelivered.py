"""Messages that did not arrive by a channel: who sees them, so that somebody mends it.

The inbox has every one of them. The system administrator sees those of the people of the area, and
puts their addresses right; who caused a message sees that it did not arrive, and tells in another
way.
"""

from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from designation.announcements import happened, said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import tell
from designation.announcements.receivers import Those
from designation.announcements.subjects import SubjectKind
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.organizations.scoping import Administered
from designation.site import clock

from .channels import label_of
from .models import Delivery
from .wording import what_happened

FAILED = "delivery.failed"
_SENDER = Those("sender", _("办理的人"))


def seen_by(person: Person) -> QuerySet[Delivery]:
    """What did not arrive of what the person caused, or at the people whom they look after."""
    theirs = Q(message__event__actor=person)
    if seats(person).is_system_administrator:
        people = Administered(person, Role.SYSTEM_ADMINISTRATOR).people()
        theirs |= Q(message__person__in=people.values("pk"))
    rows = Delivery.objects.filter(theirs, state=Delivery.State.FAILED)
    return rows.select_related("message__event", "message__person", "message__organization")


def declare() -> None:
    store(FAILED, said=("act", "about", "whom", "way"), parties=("sender",))
    name_fields({"act": _("动作"), "whom": _("发给"), "way": _("渠道")})
    sentence = _("%(about)s：您办理“%(act)s”的消息，没有发到%(whom)s。")
    way = _("没有发出的渠道：%(way)s")
    hint = _("对方登录后在站内消息中可以看到；急事请另行告知。")
    announce(Announcement(FAILED, (_SENDER,), sentence, (way, hint), channels=("inbox",)))
    kind = SubjectKind(
        opens=_("查看未送达的消息"),
        page=lambda _delivery: ("messages:undelivered", []),
        may_see=lambda person, delivery: seen_by(person).filter(pk=delivery).exists(),
        label=lambda delivery: delivery.to_whom,
    )
    subjects.register("notifications.delivery", kind)


def tell_sender(delivery: Delivery) -> None:
    """Tell whoever caused it, once an act, however many it did not reach."""
    event = delivery.message.event
    failed = Delivery.objects.filter(message__event=event, state=Delivery.State.FAILED)
    if event.actor is None or failed.exclude(pk=delivery.pk).exists():
        return
    tell(
        happened.Event(
            action=FAILED,
            subject=delivery,
            jurisdiction_code=event.jurisdiction_code,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={
                "act": said.words(lazy(what_happened, str)(event.action)),
                "about": event.subject_label,
                "whom": delivery.to_whom,
                "way": said.words(label_of(delivery.channel)),
            },
            parties={"sender": [event.actor_id]},
            at=clock.now(),
        )
    )
