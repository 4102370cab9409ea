"""The posting of an application at its organization's own board: when, where, and the proof."""

from collections.abc import Iterable, Mapping
from typing import Any

from designation.evidence.models import Citation, LibraryEntry
from designation.organizations.models import Person
from designation.site import clock
from designation.site.shown import Merged, Seen

from . import authorship
from .authorship import Sheet
from .models import Application, FormerValue, Posting
from .rules import refuse_unless_applicant

FIELDS = ("posted_from", "posted_to", "place")
# Our default: a photo of the board from afar, one from near, the text that hung there.
MOST_PROOFS = 5


def of(application: Application) -> Posting:
    """What is on record of it; a blank one, not saved, where there is nothing yet."""
    found = Posting.objects.filter(application=application).first()
    return found or Posting(application=application)


def fields(posting: Posting) -> dict[str, Any]:
    """What the record says, by field; days in their ISO form."""
    return texts({name: getattr(posting, name) for name in FIELDS})


def texts(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent, in the form of the record."""
    return {
        name: value if name == "place" else (value.isoformat() if value else "")
        for name, value in sent.items()
    }


def sheet(posting: Posting) -> Sheet:
    """The fields with their authors."""
    submission = posting.application.submission
    settled_at = submission.submitted_at if submission else None
    return Sheet(fields(posting), posting.written, None, settled_at)


def save(
    posting: Posting, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> tuple[Merged, list[FormerValue]]:
    """Bring what was ``sent`` together with what stands, while the application is held.

    Returns what became of it, and the values of others that gave way. Raises Refusal for who is
    not of the applicant.
    """
    refuse_unless_applicant(posting.application, actor)
    before = sheet(posting)
    merged = before.merge(seen or Seen(), texts(sent), actor=actor)
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    if merged.changed:
        for name in merged.changed:
            setattr(posting, name, sent[name])
        posting.save()
    kept = authorship.keep(superseded, posting.application, FormerValue.Subject.POSTING)
    return merged, authorship.of_others(kept)


def proofs(posting: Posting) -> list[LibraryEntry]:
    """The files that prove it, in the order in which they were brought."""
    cited = Citation.objects.filter(
        subject_type=Posting._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=posting.pk,
        removed_at__isnull=True,
    )
    return [citation.entry for citation in cited.select_related("entry__stored")]


def frozen(posting: Posting | None, files: Iterable[LibraryEntry]) -> dict[str, Any] | None:
    """What a submission keeps of it; None where it is not asked for."""
    if posting is None:
        return None
    proofs = [
        {"entry": file.pk, "title": file.title, "sha256": file.stored.sha256} for file in files
    ]
    return {**fields(posting), "proofs": proofs}
