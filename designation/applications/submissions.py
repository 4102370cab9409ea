"""Freezing an application as a submission (版次)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject

from designation.organizations.models import Person

from . import published, receipts
from .models import Answer, Application, Evidence, PublishedLink, Stage, Submission


def content(
    application: Application,
    answers: Iterable[Answer],
    evidence: Iterable[Evidence],
    posting: dict[str, Any] | None = None,
    links: Iterable[PublishedLink] = (),
) -> dict[str, Any]:
    """What is frozen: the answers by item code, the evidence with its hashes, the summary.

    ``posting`` is what ``postings.frozen`` says, where the round asks for one; ``links`` are the
    published pages, named where there are any, as is what is said of a file.

    The names are those of the day, whatever the organization or the round is called later.
    """
    asked: dict[str, Any] = {"posting": posting} if posting is not None else {}
    if named := published.frozen(links):
        asked["links"] = named
    return asked | {
        "names": {
            "organization": application.organization.name_zh,
            "round": application.round.name_zh,
        },
        "standard": application.standard_id,
        "summary": application.summary,
        "approving_meeting_on": str(application.approving_meeting_on or ""),
        "term_began_on": str(application.term_began_on or ""),
        "answers": {answer.item.code: _answered(answer) for answer in answers},
        "evidence": [_cited(file) for file in evidence],
    }


def _answered(answer: Answer) -> dict[str, Any]:
    return {"values": answer.values, "conclusion": answer.conclusion, "note": answer.note}


def _cited(file: Evidence) -> dict[str, Any]:
    said = {"caption": file.caption, "dated_on": str(file.dated_on or "")}
    return {
        "id": file.pk,
        "title": file.title,
        "sha256": file.sha256,
        "items": sorted(file.item_codes),  # type: ignore[attr-defined]
    } | {name: text for name, text in said.items() if text}


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON text of a submission's content."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed_items(before: dict[str, Any] | None, after: dict[str, Any]) -> list[str]:
    """Codes of the items whose answer or evidence differs between two contents, in order."""
    if before is None:
        return []
    codes = before["answers"].keys() | after["answers"].keys()
    return sorted(code for code in codes if _of_item(before, code) != _of_item(after, code))


def _of_item(frozen: dict[str, Any], code: str) -> tuple[Any, ...]:
    """The answer, the files with what is said of them, and the published pages."""
    files = sorted(
        (file["sha256"], file.get("caption", ""), file.get("dated_on", ""))
        for file in frozen["evidence"]
        if code in file["items"]
    )
    links = [link for link in frozen.get("links", ()) if link["item"] == code]
    return frozen["answers"].get(code), files, links


def freeze(
    application: Application,
    frozen: dict[str, Any],
    *,
    actor: Person,
    at: datetime,
) -> Submission:
    """Write the next submission of the application with its receipt; point the application to it.

    ``changed_items`` is against the submission before. The caller saves the application.
    """
    previous = application.submission
    submission = Submission.objects.create(
        application=application,
        number=previous.number + 1 if previous else 1,
        content=frozen,
        sha256=digest(frozen),
        changed_items=changed_items(previous.content if previous else None, frozen),
        submitted_at=at,
        submitted_by=actor,
    )
    receipts.give(submission)
    application.submission = submission
    return submission


def before(organization: Any, category: Any, created_at: Any, own: Any) -> QuerySet[Submission]:
    """The submissions of an organization's earlier applications of a category, newest first."""
    rows = Submission.objects.filter(
        application__organization=organization,
        application__category=category,
        submitted_at__lt=created_at,
    )
    return rows.exclude(application=own).order_by("-submitted_at", "-pk")


def said_before() -> Case:
    """Within a statement about applications: what a draft's last one said, and when; else null."""
    of_the_row = (OuterRef(name) for name in ("organization", "category", "created_at", "pk"))
    said = JSONObject(content=F("content"), at=F("submitted_at"))
    last = Subquery(before(*of_the_row).values_list(said)[:1])
    return Case(When(stage=Stage.DRAFT, then=last), default=None, output_field=JSONField())
