"""What an item came back for before, what the applicant replied, and what changed since.

Shown beside the item at the second look: to the reviewer and, at the paper check, to the county.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Conclusion, Submission
from designation.organizations import names
from designation.site.prepared import Prepared
from standards import values, wording
from standards.engine.evaluation import Item

from ...case.facts import Case
from ...case.records import Correction


@dataclass(frozen=True, slots=True)
class Change:
    """One thing the item said before it came back, and what it says since."""

    what: str
    before: str
    after: str
    # The key of the file that was added or bears another title.
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One return of an item: its reason, by whom and when, the reply, and what changed."""

    correction: Correction
    changes: tuple[Change, ...]


@Prepared
def _closed(application: Any) -> QuerySet[Correction]:
    rows = Correction.objects.filter(
        application=application, closed_at__isnull=False, taken_back_at__isnull=True
    )
    return rows.select_related("item", "decision__actor", "decision__submission").order_by("-pk")


def answered(case: Case) -> dict[str, list[Answered]]:
    """Every return of each item and part that was answered, by its code, the newest first.

    Two statements: each return names the submission it was made on, and the next one says what
    was handed in after it.
    """
    rows = _closed(case.application.pk)
    names.read(row.decision.actor for row in rows)
    handed_in = _in_turn(case, rows)
    found: dict[str, list[Answered]] = {}
    for row in rows:
        after = handed_in.get(row.decision.submission_id or 0)
        before = row.decision.submission
        changes = tuple(_changed(case, row, before.content, after)) if before and after else ()
        found.setdefault(row.code, []).append(Answered(row, changes))
    return found


def _changed(
    case: Case, row: Correction, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterable[Change]:
    if not row.part:
        yield from _changes(case.standard.item(row.code), before, after)
    elif before[row.part] != after[row.part]:
        yield Change(row.words, before[row.part], after[row.part])


def _in_turn(case: Case, rows: Iterable[Correction]) -> dict[int, Mapping[str, Any]]:
    """By submission, the content of the one handed in after it."""
    known = {row.decision.submission_id: row.decision.submission for row in rows}
    last = case.application.submission
    of_returns = [one for one in known.values() if one is not None]
    in_turn: list[Submission] = sorted(of_returns, key=lambda one: one.number)
    if last is not None and last.pk not in known:
        in_turn.append(last)
    return {one.pk: then.content for one, then in pairwise(in_turn)}


def _changes(item: Item, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    then, now = (frozen["answers"].get(item.code, {}) for frozen in (before, after))
    given, since = (values.from_rows([answer.get("values", {})]) for answer in (then, now))
    for check in item.checks:
        was, is_now = (values.show(check, side.get(check.code)) for side in (given, since))
        if was != is_now:
            yield Change(wording.metric(check), was, is_now)
    labels = {**dict(Conclusion.choices), "": "—"}
    for what, name, words in (
        (_("自评结论"), "conclusion", labels),
        (_("说明"), "note", {}),
    ):
        was, is_now = then.get(name, ""), now.get(name, "")
        if was != is_now:
            yield Change(what, str(words.get(was, was)), str(words.get(is_now, is_now)))
    yield from _files(_cited(before, item.code), _cited(after, item.code))
    was_linked, is_linked = (_linked(frozen, item.code) for frozen in (before, after))
    for address in dict.fromkeys((*was_linked, *is_linked)):
        was, is_now = was_linked.get(address, ""), is_linked.get(address, "")
        if was != is_now:
            yield Change(_("公开网页"), was, is_now)


def _files(before: Mapping[int, str], after: Mapping[int, str]) -> Iterable[Change]:
    """File by file: taken away, added, or under another title."""
    for key in dict.fromkeys((*before, *after)):
        was, is_now = before.get(key, ""), after.get(key, "")
        if was != is_now:
            yield Change(_("佐证材料"), was, is_now, key if is_now else None)


def _cited(frozen: Mapping[str, Any], code: str) -> dict[int, str]:
    """The titles of an item's files with what is said of them, by key."""
    return {
        file["id"]: " · ".join(filter(None, map(file.get, ("title", "dated_on", "caption"))))
        for file in frozen["evidence"]
        if code in file["items"]
    }


def _linked(frozen: Mapping[str, Any], code: str) -> dict[str, str]:
    """The published pages of an item with their day, by address."""
    return {
        link["address"]: f"{link['title']} · {link['published_on']}"
        for link in frozen.get("links", ())
        if link["item"] == code
    }
