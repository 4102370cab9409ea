"""When a person last looked at a case under review, and what has changed in it since."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from designation.applications.sittings import ENDS_AFTER
from designation.organizations.models import Person

from ...case.facts import Case
from .facts import Review

# What lies ready for the person comes along: one statement for all that is theirs alone.
_NOTE = """
INSERT INTO workflows_look AS own (application_id, person_id, last_at, before_at)
VALUES (%(application)s, %(person)s, %(at)s, NULL)
ON CONFLICT (application_id, person_id) DO UPDATE SET
  before_at = CASE WHEN own.last_at < %(earlier)s THEN own.last_at ELSE own.before_at END,
  last_at = greatest(own.last_at, EXCLUDED.last_at)
RETURNING before_at,
  (SELECT said FROM workflows_decisiondraft AS draft
   WHERE draft.application_id = own.application_id AND draft.person_id = own.person_id),
  (SELECT jsonb_build_array(claim.person_id, person.full_name, claim.since, claim.until)
   FROM workflows_claim AS claim JOIN organizations_person AS person ON person.id = claim.person_id
   WHERE claim.application_id = own.application_id AND claim.until > %(at)s)
"""


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who is at the case, since when, and until when that is said."""

    name: str
    since: datetime
    until: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class Look:
    """When the person had looked before, None the first time; their draft; who is at work."""

    before: datetime | None
    draft: Mapping[str, Any]
    at_work: AtWork | None


def look(case: Case, person: Person) -> Look:
    """Note that the person looks at it now; one statement.

    Looks between which less than a sitting may pause went by are one (our default).
    """
    said: dict[str, Any] = {
        "application": case.application.pk,
        "person": person.pk,
        "at": case.now,
        "earlier": case.now - ENDS_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, said)
        before, draft, claim = cursor.fetchone()
    return Look(before, json.loads(draft) if draft else {}, _at_work(claim, person))


def _at_work(claim: str | None, person: Person) -> AtWork | None:
    if claim is None:
        return None
    by, name, since, until = json.loads(claim)
    moments = (datetime.fromisoformat(since), datetime.fromisoformat(until))
    return AtWork(name, *moments, is_own=by == person.pk)


def changed_since(case: Case, person: Person, before: datetime | None) -> list[str]:
    """The items that say something else than they did then: handed in anew, or marked by others."""
    if before is None:
        return []
    found = {*_handed_in(case, before), *_marked(case, person, before)}
    return [code for code in case.item_codes if code in found]


def _handed_in(case: Case, before: datetime) -> Iterable[str]:
    submission = case.application.submission
    return submission.changed_items if submission and submission.submitted_at > before else ()


def _marked(case: Case, person: Person, before: datetime) -> Iterable[str]:
    for code, mark in Review.of(case).marks.items():
        if mark.marked_by_id != person.pk and mark.marked_at > before:
            yield code
