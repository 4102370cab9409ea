"""Saving what an organization states on one item."""

from collections.abc import Mapping
from typing import Any

from designation import clock
from designation.organizations.models import Person
from standards.models import Item

from .models import Answer, Application


def save_item(
    application: Application,
    item: Item,
    *,
    values: Mapping[str, Any],
    conclusion: str,
    note: str,
    actor: Person,
) -> Answer:
    """Keep the answer on ``item`` as it now stands; ``values`` in their JSON form by check code.

    Whether the item may be changed is the caller's question (``workflows.editing``).
    """
    answer, _created = Answer.objects.update_or_create(
        application=application,
        item=item,
        defaults={
            "values": dict(values),
            "conclusion": conclusion,
            "note": note,
            "saved_at": clock.now(),
            "saved_by": actor,
        },
    )
    return answer
