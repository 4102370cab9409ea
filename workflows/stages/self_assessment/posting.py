"""The internal posting as the applicant registers it: its days, its place, and the proof."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.applications import authorship, postings, sittings
from designation.applications.models import Application, Posting, Room, Stage
from designation.evidence import citations, contents, library
from designation.evidence.content import Received
from designation.evidence.models import LibraryEntry
from designation.evidence.refusals import EvidenceRefused
from designation.organizations.models import Person
from designation.rounds import postings as asked
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told

from ...case import replaced, rules
from ...case.facts import Case
from ...case.held import already_moved
from . import editing

# Wherever something is still to be handed in: it is posted once its content stands.
_STAGES = frozenset((Stage.DRAFT, Stage.SELF_ASSESSED, Stage.RETURNED))


def may_register(case: Case, person: Person) -> bool:
    """Whether the round asks for a posting, and the person may say now that it was posted."""
    application = case.application
    is_open = asked.is_asked(application.round) and application.stage in _STAGES
    return is_open and rules.is_applicant(case, person)


def save(
    case: Case, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """Keep those of ``postings.FIELDS`` that were sent; returns what others changed meanwhile.

    That stands until the person has chosen. Raises Refusal when it cannot be changed any more,
    and for days that cannot be.
    """
    role = rules.is_applicant.role(case, actor)
    with editing.held(case.application, may_register, actor) as application:
        posting = postings.of(application)
        before = postings.sheet(posting)
        merged, gave_way = postings.save(posting, sent, actor=actor, seen=seen)
        if faults := asked.faults(application.round, posting.posted_from, posting.posted_to):
            raise Refusal(faults)
        told = authorship.told(before, merged.conflicts, lambda _name, value: str(value))
        _note(application, sorted(merged.changed), actor, str(role))
        replaced.record(application, gave_way, actor=actor, role=role)
    return told


def prove(case: Case, received: Received, *, title: str, actor: Person) -> LibraryEntry:
    """Put a file, judged already, into the applicant's library and cite it as proof.

    The file is written before the application is held. Raises EvidenceRefused for one that is
    not taken or one too many, and Refusal when it cannot be changed any more.
    """
    if not may_register(case, actor):
        raise already_moved(case.application)
    with (
        contents.written(received) as file,
        editing.held(case.application, may_register, actor) as application,
    ):
        posting = postings.of(application)
        _check_count(posting)
        posting.save()
        holder = application.organization
        entry = library.add(file, holder=holder, title=title, actor=actor)
        _note(application, ["proof"], actor, str(rules.is_applicant.role(case, actor)))
        citations.cite(entry, posting, actor=actor)
    return entry


def _check_count(posting: Posting) -> None:
    if posting.pk and len(postings.proofs(posting)) >= postings.MOST_PROOFS:
        raise EvidenceRefused.because(
            "too_many",
            _("内部公示的证明最多 %(count)s 个文件，请先移除不需要的。")
            % {"count": postings.MOST_PROOFS},
        )


def take_away(case: Case, entry: LibraryEntry, *, actor: Person) -> None:
    """Let a file prove it no more; what was handed in stays. Raises Refusal."""
    with editing.held(case.application, may_register, actor) as application:
        if entry.pk in handed_in(application):
            raise Refusal.because("handed_in", _("已随申报提交的证明不能移除，可以再补充。"))
        citations.uncite(entry, postings.of(application), actor=actor)


def handed_in(application: Application) -> set[int]:
    """The keys of the files that the last submission names as proof."""
    if application.submission is None:
        return set()
    frozen = application.submission.content.get("posting") or {"proofs": ()}
    return {proof["entry"] for proof in frozen["proofs"]}


def _note(application: Application, fields: list[str], actor: Person, role: str) -> None:
    sittings.note(application, fields, room=Room.SELF_ASSESSMENT, actor=actor, role=role)
