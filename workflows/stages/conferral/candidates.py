"""Who waits for a decision, seen by one who decides: which are theirs, and what is in the way.

Read for all of a round at once: a page of thirty names costs what a page of one does, and one
statement for each notice.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.models import Person
from designation.rounds.models import Round

from ... import door
from ...case import rules
from ...case.facts import Act, Case
from ...case.interests import ties_of
from ...findings import GateFinding
from ..objections.facts import Raised
from ..objections.models import Objection
from ..public_notice.facts import Noticed, with_notices
from ..public_notice.models import NoticeEntry
from . import decisions

InTheWay = list[tuple[Application, Sequence[GateFinding]]]


def cases(round_: Round, person: Person) -> list[Case]:
    """Each with what ties people to it: two statements, whatever the number of names."""
    rows = list(
        decisions.awaiting(round_).select_related(
            "organization__jurisdiction", "round__jurisdiction"
        )
    )
    ties = ties_of([row.pk for row in rows]) if rows else {}
    found = [Case(row, actor=person, act=Act(decision_id=0)) for row in rows]
    for case in found:
        case.ties = ties[case.application.pk]
    return found


def theirs(found: Sequence[Case], person: Person) -> list[Application]:
    """Those that the person may designate; from all others they step aside."""
    return [case.application for case in found if rules.is_deciding_officer(case, person)]


def in_the_way(found: Sequence[Case], person: Person) -> InTheWay:
    """Why an application may not be designated yet; the document itself is asked in the form.

    Who has to step aside from one is told that, and nothing else of it. Two statements, and one
    for each notice.
    """
    _read_at_once(found)
    unchanged: dict[int, bool] = {}
    told: InTheWay = []
    for case in found:
        if rules.is_deciding_officer(case, person):
            _read_each_notice_once(Noticed.of(case), unchanged)
            told.append((case.application, door.findings("application.designate", case)))
        else:
            told.append((case.application, [_recusal()]))
    return [(row, findings) for row, findings in told if findings]


def _read_at_once(found: Sequence[Case]) -> None:
    """The entries in force of all names, and the objections ever raised against them."""
    rows = [case.application for case in found]
    standing = NoticeEntry.objects.filter(application__in=rows, dropped_at__isnull=True)
    entries = {row.application_id: row for row in with_notices(standing)}
    raised: dict[int, list[Objection]] = {row.pk: [] for row in rows}
    against = Objection.objects.filter(entry__application__in=rows)
    for objection in against.select_related("entry").order_by("pk"):
        raised[objection.entry.application_id].append(objection)
    for case in found:
        Noticed.of(case).entry = entries.get(case.application.pk)
        Raised.of(case).objections = raised[case.application.pk]


def _read_each_notice_once(noticed: Noticed, unchanged: dict[int, bool]) -> None:
    if noticed.entry is None:
        return
    notice_id = noticed.entry.notice_id
    if notice_id in unchanged:
        noticed.is_unchanged = unchanged[notice_id]
    unchanged[notice_id] = noticed.is_unchanged


def _recusal() -> GateFinding:
    return GateFinding(
        "interested",
        _("与申报有关的人回避"),
        _("您来自申报单位，或者参与过填报、办理过对它的异议，应当回避，请由其他审定人办理。"),
    )
