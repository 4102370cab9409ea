"""The library of an organization, or of an area: what is put in, put right, and taken out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from designation.audit import events
from designation.organizations.models import Jurisdiction, Organization, Person
from designation.site import clock, filling
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import day
from designation.site.uploads import too_large
from standards.characters import line

from . import citing, contents, rules, waking
from .content import Received, received
from .contents import Written
from .models import LONGEST_TITLE, LibraryEntry, Retention, Sensitivity
from .names import served_name
from .refusals import EvidenceRefused

Holder = Organization | Jurisdiction

_GIGABYTE = 1024**3
_LONGEST_NAME = 200


class NotTakenOut(Refusal):
    """The entry stays in the library."""


def receive(file: UploadedFile) -> Received:
    """Judge an upload before anything is locked or written. Raises EvidenceRefused."""
    name = line(str(file.name))
    if (file.size or 0) > settings.EVIDENCE_FILE_LIMIT:
        raise EvidenceRefused.because("too_large", too_large(name, file.size or 0))
    file.seek(0)
    return received(file.read(), name)


def of(holder: Holder) -> Q:
    """That an entry is in the library of ``holder``."""
    if isinstance(holder, Organization):
        return Q(organization=holder)
    return Q(jurisdiction=holder)


def known(holder: Holder, new: Received) -> LibraryEntry | None:
    """The same file in this library alone, as it was sent or as it is kept."""
    same = Q(stored__sha256=new.sha256) | Q(sha256_as_uploaded=new.sha256_as_uploaded)
    present = LibraryEntry.objects.filter(of(holder), same, taken_out_at__isnull=True)
    return present.select_related("stored").order_by("pk").first()


def add(
    new: Written,
    *,
    holder: Holder,
    title: str,
    actor: Person,
    details: Mapping[str, Any] | None = None,
) -> LibraryEntry:
    """Put a written file into a library, or find it there; call it within ``contents.written``.

    ``details`` are further columns: caption, dated_on, sensitivity, retention. What was there
    already keeps its own, and comes back with ``found_again`` set. Raises EvidenceRefused when
    the library is full.
    """
    try:
        with transaction.atomic():
            return _found_again(holder, new.received) or _added(
                new, holder, title=title, actor=actor, details=details or {}
            )
    except IntegrityError:
        # Another brought it at the same moment.
        entry = _found_again(holder, new.received)
        if entry is None:
            raise
        return entry


def _found_again(holder: Holder, received: Received) -> LibraryEntry | None:
    entry = known(holder, received)
    if entry is not None:
        entry.found_again = True
    return entry


def _added(
    new: Written, holder: Holder, *, title: str, actor: Person, details: Mapping[str, Any]
) -> LibraryEntry:
    _check_room(holder, len(new.received.content))
    # By content, whoever else holds it.
    stored = contents.row_of(new)
    name = served_name(new.received.name, stored.media_type)
    waking.wake()
    return LibraryEntry.objects.create(
        organization=holder if isinstance(holder, Organization) else None,
        jurisdiction=holder if isinstance(holder, Jurisdiction) else None,
        stored=stored,
        title=(title or new.received.name)[:LONGEST_TITLE],
        file_name=name[-_LONGEST_NAME:],
        sha256_as_uploaded=new.received.sha256_as_uploaded,
        uploaded_at=clock.now(),
        uploaded_by=actor,
        **details,
    )


def _check_room(holder: Holder, size: int) -> None:
    present = LibraryEntry.objects.filter(of(holder), taken_out_at__isnull=True)
    total: Any = present.aggregate(total=Sum("stored__size"))["total"] or 0
    if total + size > settings.EVIDENCE_LIBRARY_LIMIT:
        raise EvidenceRefused.because(
            "library_full",
            _("本单位资料库合计不能超过 %(limit)s GB，请先把不需要的移出资料库。")
            % {"limit": settings.EVIDENCE_LIBRARY_LIMIT // _GIGABYTE},
        )


def put_in(
    file: UploadedFile | Received,
    *,
    holder: Holder,
    title: str = "",
    caption: str = "",
    dated_on: date | None = None,
    sensitivity: str = Sensitivity.ORDINARY,
    retention: str = Retention.TEN_YEARS,
    actor: Person,
) -> LibraryEntry:
    """Put a file into a library by itself, with one audit event; found again, it writes none.

    Raises EvidenceRefused for a file that is not taken, and Refusal for who may not.
    """
    role = rules.role_in_library_of(holder, actor)
    if role is None:
        raise Refusal.because("not_allowed", _("只有本单位的填报人和负责人可以存入资料。"))
    if told := fault_of_day(dated_on):
        raise Refusal([Finding("in_future", "", told, field="dated_on")])
    new = file if isinstance(file, Received) else receive(file)
    details = {
        "caption": caption,
        "dated_on": dated_on,
        "sensitivity": sensitivity,
        "retention": retention,
    }
    with contents.written(new) as kept, transaction.atomic():
        entry = add(kept, holder=holder, title=title, details=details, actor=actor)
        if not entry.found_again:
            record(entry, "evidence.add", actor=actor, role=role)
    return entry


DESCRIBED = ("title", "caption", "dated_on", "sensitivity", "retention")


def fault_of_day(dated_on: date | None) -> str:
    """Why nothing can be of this day, as a sentence; "" when it can."""
    is_to_come = dated_on is not None and dated_on > clock.today()
    return _("材料日期不能晚于今天，请核对。") if is_to_come else ""


def _faults(entry: LibraryEntry) -> Iterable[Finding]:
    if told := fault_of_day(entry.dated_on):
        yield Finding("in_future", "", told, field="dated_on")


@transaction.atomic
def describe(
    entry: LibraryEntry,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> LibraryEntry:
    """Put columns of an entry right (``DESCRIBED``); where they change nothing, nothing is written.

    ``before`` is what the actor read in them: what was changed since is refused. What cites the
    entry keeps the title of its day. Of what holds personal data the log names the columns alone.
    Raises Refusal with a finding for each value that cannot be, for who may not, for what was
    taken out, and where the term of what is on record would end earlier.
    """
    held = LibraryEntry.objects.select_for_update(of=("self",)).select_related("stored")
    now = held.get(pk=entry.pk)
    role = rules.describing_role(now, actor)
    if role is None:
        raise Refusal.because("not_allowed", _("只有本单位的填报人和负责人可以修改。"))
    if now.taken_out_at is not None:
        raise Refusal.because("taken_out", _("这份资料已经移出。"))
    filling.refuse(filling.overtaken(now, before))
    was_until, was = now.retained_until or date.max, now.sensitivity
    filled = filling.fill(now, values, columns=DESCRIBED, in_lines=("caption",))
    filling.refuse([*filled.findings, *_faults(now)])
    if (now.retained_until or date.max) < was_until and citing.is_on_record(now):
        filling.refuse([_term_shortened()])
    if filled.changes:
        now.save(update_fields=list(filled.changes))
        is_personal = Sensitivity.PERSONAL in (was, now.sensitivity)
        told = list(filled.changes) if is_personal else filling.in_words(now, filled.changes)
        record(now, "evidence.edit", actor=actor, role=role, details={"changed": told})
    return now


def _term_shortened() -> Finding:
    told = _("它已随申报等材料归档，保管期限只能延长，不能提前结束。请核对保管期限和材料日期。")
    return Finding("term_shortened", "", told, field="retention")


def record(
    entry: LibraryEntry, action: str, *, actor: Person, role: str, details: Any = None
) -> None:
    """One audit event about an entry; the place is whose it is."""
    own = {"sha256": entry.stored.sha256, "size": entry.stored.size}
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=entry,
            jurisdiction_code=entry.area_code,
            role=role,
            details=own | dict(details or {}),
        )
    )


def why_kept(entry: LibraryEntry, person: Person) -> list[str]:
    """Why the entry cannot be taken out now, in words for the person; empty when it can.

    What something in force rests on stays. What was never on record may go at once; all else at
    the end of its term.
    """
    if entry.taken_out_at is not None:
        return [_("这份资料已经移出。")]
    held_by = citing.in_force(entry, person)
    if held_by:
        told = _("还有在办或有效的事项引用它：%(places)s。请先取消引用，或等这些事项办结。")
        return [told % {"places": "、".join(held_by)}]
    until = entry.retained_until
    if not citing.is_on_record(entry) or (until is not None and clock.today() > until):
        return []
    if until is None:
        return [_("它已随申报等材料归档，保管期限为永久，不能移出。")]
    told = _("它已随申报等材料归档，保管期限到 %(until)s，期满后才能移出。")
    return [told % {"until": day(until)}]


def as_read(entry: LibraryEntry) -> list[str]:
    """What the page on which an entry is taken out says of it."""
    texts = (entry.title, entry.caption, entry.dated_on, entry.sensitivity, entry.retention)
    return [str(text) for text in (*texts, entry.stored.sha256)]


def changed_since() -> NotTakenOut:
    """What is said to a person whose page showed something else."""
    return NotTakenOut.because(
        "changed_since", _("这份资料的说明在您打开本页后改过。请核对现在的内容，再按一次。")
    )


def take_out(entry: LibraryEntry, *, reason: str, actor: Person) -> LibraryEntry:
    """Take an entry out: title, hash, size, dates and reason stay, the content goes.

    The content is erased where no other library holds it. Raises NotTakenOut, and then changes
    nothing.
    """
    reason = reason.strip()
    with transaction.atomic():
        held = LibraryEntry.objects.select_for_update(of=("self", "stored"))
        entry = held.select_related("stored").get(pk=entry.pk)
        role = rules.taking_out_role(entry, actor)
        if role is None:
            raise NotTakenOut.because("not_allowed", _("只有本单位负责人可以移出资料。"))
        if reasons := why_kept(entry, actor):
            raise NotTakenOut.because("still_kept", "；".join(reasons))
        if len(reason) < LEAST_REASON:
            raise NotTakenOut.because(
                "reason_too_short",
                _("请写明移出理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON},
            )
        entry.taken_out_at, entry.taken_out_by = clock.now(), actor
        entry.taken_out_reason = reason
        entry.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
        if not entry.stored.entries.filter(taken_out_at__isnull=True).exists():
            contents.erase(entry.stored)
        details = {"reason": reason, "retained_until": entry.retained_until}
        record(entry, "evidence.take_out", actor=actor, role=role, details=details)
    return entry
