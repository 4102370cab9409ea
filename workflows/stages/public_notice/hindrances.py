"""What keeps a draft from being published: the whole of it, or one name on it."""

from collections.abc import Iterable

from ... import door
from ...case.facts import Case
from ...findings import GateFinding
from .contents import publishing_passage
from .facts import Noticed
from .models import NoticeEntry

Apart = list[tuple[NoticeEntry, list[GateFinding]]]


def hindrances(entries: Iterable[NoticeEntry]) -> tuple[list[GateFinding], Apart]:
    """What keeps the whole notice back, and what keeps back one application on it.

    What keeps back the person who would publish stands at the button. No statement, whatever the
    number of names.
    """
    found = _findings(entries)
    shared = [
        finding
        for finding in (found[0][1] if found else ())
        if all(finding in findings for _entry, findings in found)
    ]
    apart = [(entry, [one for one in findings if one not in shared]) for entry, findings in found]
    return shared, [(entry, findings) for entry, findings in apart if findings]


def _findings(
    entries: Iterable[NoticeEntry],
) -> list[tuple[NoticeEntry, tuple[GateFinding, ...]]]:
    """What the gate finds of each."""
    found = []
    for entry in entries:
        case = Case(entry.application)
        Noticed.of(case).entry = entry
        passage = publishing_passage(entry.application)
        found.append((entry, door.findings(passage, case)))
    return found
