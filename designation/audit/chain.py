"""Proving the chain.

What is proved: no event was changed, removed, inserted or cut off the end since the head was
written. What is not: whoever may switch the triggers off can compute a whole new chain and head.
Only a head kept elsewhere shows that, so ``manage.py verify_audit`` prints it and takes it back
as an anchor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .events import digest
from .models import AuditEvent, ChainHead


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event's sequence and hash (hex), as they were once read."""

    sequence: int
    hash: str


_START = Anchor(0, "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``count`` events stand proved; ``broken_at`` is the first broken link, None when whole.

    ``reason`` is one of missing, link, content, tail, head, anchor; empty when whole.
    """

    count: int
    broken_at: int | None = None
    reason: str = ""
    last: Anchor = _START

    @property
    def whole(self) -> bool:
        return self.broken_at is None

    @property
    def explanation(self) -> str:
        """The verdict as a sentence in the active language."""
        if self.whole:
            return _("链条完整：共 %(count)d 个事件。") % {"count": self.count}
        return _("链条在第 %(sequence)d 个事件处断裂：%(reason)s") % {
            "sequence": self.broken_at,
            "reason": {
                "missing": _("该事件缺失。"),
                "link": _("该事件没有接在前一事件之后。"),
                "content": _("该事件的内容被改动。"),
                "tail": _("该事件及其后的事件被删去。"),
                "head": _("该事件不是链头记录的事件。"),
                "anchor": _("该事件与另存的链头不一致。"),
            }[self.reason],
        }


def verify(anchor: Anchor | None = None) -> Verdict:
    """Walk the chain from the first event to the head, with flat memory.

    ``anchor`` is a head that was kept elsewhere. Events may be appended meanwhile: the walk must
    reach the head read before it, and not pass the one read after.
    """
    before = _head()
    marks = [(before, "head"), (anchor, "anchor")]
    last = _START
    for event in _events():
        reason = _fault(event, last, marks)
        if reason:
            return Verdict(last.sequence, _first_broken(reason, event, last), reason)
        last = Anchor(event.sequence, event.hash)
    return _end(last, before, anchor)


def _fault(event: AuditEvent, last: Anchor, marks: Sequence[tuple[Anchor | None, str]]) -> str:
    if event.sequence != last.sequence + 1:
        return "missing"
    if event.previous_hash != last.hash:
        return "link"
    if digest(event) != event.hash:
        return "content"
    for mark, reason in marks:
        if mark and mark.sequence == event.sequence and mark.hash != event.hash:
            return reason
    return ""


def _first_broken(reason: str, event: AuditEvent, last: Anchor) -> int:
    return last.sequence + 1 if reason == "missing" else event.sequence


def _end(last: Anchor, before: Anchor | None, anchor: Anchor | None) -> Verdict:
    after = _head()
    reach = max(before.sequence if before else 0, anchor.sequence if anchor else 0)
    if last.sequence < reach:
        return Verdict(last.sequence, last.sequence + 1, "tail")
    if before is None or after is None or last.sequence > after.sequence:
        return Verdict(last.sequence, max(last.sequence, 1), "head")
    return Verdict(last.sequence, last=last)


def _head() -> Anchor | None:
    row = ChainHead.objects.filter(pk=1).values_list("sequence", "hash").first()
    return Anchor(*row) if row else None


def _events() -> Iterator[AuditEvent]:
    return AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)
