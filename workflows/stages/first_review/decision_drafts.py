"""What a reviewer is about to decide, kept while they write it: theirs alone, gone once decided."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.site import clock, shown
from designation.site.shown import Seen, Told

from ...case.facts import Case
from ...case.held import lock_for
from ...door import not_permitted
from .marks import may_review
from .models import DecisionDraft

# The fields of the form: what is ticked for the list, and the opinion.
RETURN, OPINION = "return", "opinion"


def reason_of(code: str) -> str:
    """The field in which the reason is written why an item goes back."""
    return f"reason-{code}"


def of(case: Case, person: Person) -> Mapping[str, Any]:
    """What the person has written so far, by field; nothing where they have not begun."""
    drafts = DecisionDraft.objects.filter(application=case.application, person=person)
    said: Mapping[str, Any] | None = drafts.values_list("said", flat=True).first()
    return said or {}


def opinions(applications: Iterable[Application], person: Person) -> dict[int, str]:
    """What the person has written as opinion so far, by application; one statement."""
    drafts = DecisionDraft.objects.filter(application__in=applications, person=person)
    said = drafts.values_list("application_id", "said")
    return {pk: fields.get(OPINION, "") for pk, fields in said}


def fields(said: Mapping[str, Any], codes: Iterable[str]) -> dict[str, Any]:
    """What a page over the items ``codes`` shows of a draft, by field."""
    names = (RETURN, OPINION, *map(reason_of, codes))
    return {name: said.get(name, "") for name in names}


@transaction.atomic
def save(
    application: Application, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """As ``save_held``, holding the application. Raises Refusal when it has moved on."""
    locked = lock_for(application, may_review, actor)
    return save_held(Case(locked, actor=actor), sent, actor=actor, seen=seen)


def save_held(
    case: Case, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> dict[str, Told]:
    """Bring the fields ``sent`` together with what ``actor`` wrote before, on whatever page.

    Call it while the application is held. Returns what another page of theirs has written
    meanwhile, by field: that stands until they have chosen. Raises Refusal for whoever does not
    review.
    """
    if not may_review(case, actor):
        raise not_permitted()
    if not sent:
        return {}
    rows = DecisionDraft.objects.filter(application=case.application, person=actor)
    draft = rows.first() or DecisionDraft(application=case.application, person=actor)
    stands = {name: draft.said.get(name, "") for name in sent}
    merged = shown.merge(seen or Seen(), stands, sent, is_mine=lambda _name: True)
    told = {
        name: Told(name, _in_words(text), actor.full_name, draft.saved_at, shown.digest(text))
        for name, text in merged.conflicts.items()
    }
    if merged.changed:
        written = {name: merged.values[name] for name in merged.changed}
        draft.said = {name: text for name, text in (draft.said | written).items() if text}
        draft.saved_at = clock.now()
        DecisionDraft.objects.bulk_create(
            [DecisionDraft(application=case.application, person=actor, **_content(draft))],
            update_conflicts=True,
            unique_fields=["application", "person"],
            update_fields=["said", "saved_at"],
        )
    return told


def _content(draft: DecisionDraft) -> dict[str, Any]:
    return {"said": draft.said, "saved_at": draft.saved_at}


def _in_words(text: Any) -> str:
    return text if isinstance(text, str) else "、".join(text)
