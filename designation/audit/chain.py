"""Proving the chain."""

from dataclasses import dataclass

from .events import digest
from .models import AuditEvent, ChainHead


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken_at`` is the sequence of the first broken link, None when the chain is whole."""

    count: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def verify() -> Verdict:
    """Walk the chain from the first event to the head, with flat memory."""
    count, previous = 0, ""
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != count + 1:
            return Verdict(count, count + 1, "missing")
        if event.previous_hash != previous:
            return Verdict(count, event.sequence, "link")
        if digest(event) != event.hash:
            return Verdict(count, event.sequence, "content")
        count, previous = event.sequence, event.hash
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    if (head.sequence, head.hash) != (count, previous):
        return Verdict(count, count + 1, "tail")
    return Verdict(count)
