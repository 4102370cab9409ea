"""The appeals of a case, as tables: what was asked for, found, decided once more and answered.

Until it is answered an appeal is its unit's to read and theirs who hear it, and so is one that was
withdrawn: of those the archive says that there was one. The record of a visit goes with its appeal.
Files that came with one are in none.
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from workflows.case.facts import Case
from workflows.stages.appeals.models import ANSWERED, Appeal
from workflows.stages.verification.models import Visit

from . import folders
from .case_tables import Rows, Table, released_visits, visit
from .tables import named


def of_the_case(case: Case) -> Iterator[tuple[str, Table]]:
    """Those against what ended it, and against the revocation of its title; the first first."""
    pk = case.application.pk
    own = Q(decision__application=pk) | Q(title_step__title__application=pk)
    rows = Appeal.objects.filter(own).select_related("entered_by", "decided_by", "term")
    for number, appeal in enumerate(rows.order_by("pk"), start=1):
        title = _("第 %(number)s 次申请复核") % {"number": number}
        yield folders.APPEALED, _table(title, appeal)
        yield from ((folders.APPEALED, table) for table in _visits(title, appeal, case))


def visits_of(application: Application) -> QuerySet[Visit]:
    """Visits on appeals that were answered: until then they are theirs who hear it."""
    return Visit.objects.filter(
        decision__application=application, decision__appeal__status__in=ANSWERED
    )


def _visits(title: str, appeal: Appeal, case: Case) -> Iterator[Table]:
    """What others found on the spot, before it was answered."""
    found = visits_of(case.application).filter(decision__appeal=appeal)
    for number, one in enumerate(released_visits(found), start=1):
        of_it = _("%(appeal)s第 %(number)s 次核查") % {"appeal": title, "number": number}
        yield from visit(of_it, one, case)


def _table(title: str, appeal: Appeal) -> Table:
    rows: Rows = [
        [_("申请时间"), appeal.lodged_at],
        [_("收到方式"), _("书面") if appeal.entered_by else _("网上")],
        [_("状态"), str(appeal.get_status_display())],
    ]
    if appeal.status in ANSWERED:
        rows += [*_asked(appeal), *_found(appeal), *_answered(appeal)]
    return Table(title, (_("对哪一决定"), str(appeal.get_against_display())), rows)


def _asked(appeal: Appeal) -> Rows:
    grounds = "、".join(appeal.grounds_in_words)
    rows: Rows = [[_("要求复核的事项"), grounds]] if grounds else []
    return [*rows, [_("事实和理由"), appeal.reason]]


def _found(appeal: Appeal) -> Rows:
    """The report of who took no part, and the meeting that decided once more."""
    said: Rows = [
        [_("事实认定核实情况"), appeal.facts],
        [_("统计、计算核实情况"), appeal.count],
        [_("程序核实情况"), appeal.procedure],
        [_("研究会议"), appeal.meeting_name],
        [_("会议日期"), appeal.meeting_on],
        [_("到会情况"), appeal.meeting_attendance],
        [_("研究结果"), appeal.meeting_result],
    ]
    return [row for row in said if row[1]]


def _answered(appeal: Appeal) -> Rows:
    by = named(appeal.decided_by, appeal.decided_at) if appeal.decided_at else ""
    return [
        [_("答复文号"), appeal.document_number],
        [_("答复日期"), appeal.answered_on],
        [_("答复"), appeal.answer],
        [_("答复人"), by],
        [_("答复时间"), appeal.decided_at],
    ]
