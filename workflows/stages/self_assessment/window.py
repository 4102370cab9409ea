"""What more time to apply means for the drafts under way: their term is longer."""

from collections.abc import Iterable

from designation.applications.models import PRIVATE_STAGES, Application
from designation.calendar import terms
from designation.rounds.models import RoundExtension

_BATCH = 500


def carry_over(extension: RoundExtension) -> Iterable[int]:
    """Lengthen the terms of drafts that would end before; returns their organizations.

    Ten statements at most for every 500 drafts. Raises Refusal when one was handed in meanwhile.
    """
    rows = Application.objects.filter(round=extension.round_id, stage__in=PRIVATE_STAGES)
    if extension.organization_id is not None:
        rows = rows.filter(organization=extension.organization_id)
    # Held as the door holds them: nobody hands one in meanwhile.
    drafts = list(rows.order_by("pk").select_for_update(of=("self",)).select_related("term"))
    running = {
        draft.pk: draft.term
        for draft in drafts
        if draft.term is not None and draft.term.due_at < extension.closes_after
    }
    longer = terms.extend_all(
        list(running.values()),
        actor=extension.actor,
        role=extension.role,
        reason=extension.reason,
        at=extension.at,
        until=extension.closes_after,
    )
    after = dict(zip(running, longer, strict=True))
    moved = [draft for draft in drafts if draft.pk in after]
    for draft in moved:
        draft.term = after[draft.pk]
    Application.objects.bulk_update(moved, ["term"], batch_size=_BATCH)
    return [draft.organization_id for draft in drafts]
