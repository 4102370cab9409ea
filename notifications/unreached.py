"""Active people whom nothing reaches: without e-mail and never there, or with a lost letter."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from designation.organizations.models import Person
from designation.organizations.reach import BOUNCED, SILENT
from designation.site import clock

from .channels.email import EMAIL
from .models import Delivery, Message

# Our default: who has not come for a week since something stands in their inbox does not read it.
PATIENCE = timedelta(days=7)


def among(people: QuerySet[Person]) -> QuerySet[Any]:
    """Those of ``people`` whom nothing reaches, with ``unreached_why``; one statement."""
    unread = Message.objects.filter(
        Q(person__last_login__isnull=True) | Q(created_at__gt=F("person__last_login")),
        person=OuterRef("pk"),
        created_at__lt=clock.now() - PATIENCE,
        read_at__isnull=True,
    )
    last = Delivery.objects.filter(
        message__person=OuterRef("pk"),
        channel=EMAIL.name,
        state__in=(Delivery.State.SENT, Delivery.State.FAILED),
    ).order_by("-pk")
    silent = Q(Exists(unread), email="")
    bounced = Q(last_letter=Delivery.State.FAILED) & ~Q(email="")
    why = Case(When(silent, then=Value(SILENT)), default=Value(BOUNCED), output_field=CharField())
    known = people.filter(is_active=True).annotate(last_letter=Subquery(last.values("state")[:1]))
    return known.filter(silent | bounced).annotate(unreached_why=why)
