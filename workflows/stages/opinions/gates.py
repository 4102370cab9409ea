"""What must hold of the departments' opinions before a visit begins, and before a meeting chooses.

A round that asks no department has none of these gates.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.calendar.templatetags.deadlines import deadline
from designation.site import clock

from ...case.facts import Case
from ...findings import GateFinding
from .facts import Opinions, counts
from .models import OpinionLine


def every_department_is_asked(case: Case) -> Iterable[GateFinding]:
    opinions = Opinions.of(case)
    for one in opinions.departments:
        if one.department_id not in opinions.lines:
            yield _not_asked(case, one.department.name)


def every_department_has_answered(case: Case) -> Iterable[GateFinding]:
    """An answer, on paper or not, or the reason why none is waited for. Silence is neither."""
    opinions = Opinions.of(case)
    for one in opinions.departments:
        line = opinions.lines.get(one.department_id)
        if line is None:
            yield _not_asked(case, one.department.name)
        elif counts(line) is None:
            yield _silent(case, line, one.department.name)


def no_department_found_what_ends_it(case: Case) -> Iterable[GateFinding]:
    """A fact that a veto of the round is on, and that the department which knows says is there."""
    opinions = Opinions.of(case)
    if not opinions.departments:
        return
    found = [line for line in opinions.lines.values() if _says_it_is_there(line)]
    # The round's vetoes are read where a department may have confirmed one.
    vetoes = {check.code for check in case.standard.checks if check.document} if found else set()
    for line in found:
        for code in sorted({*line.list.veto_codes} & vetoes):
            yield GateFinding(
                "department_found_veto",
                _("一票否决事项以主管部门的答复为准"),
                _(
                    "%(department)s答复：%(organization)s有一票否决的事实，不能列入。"
                    "请退回初审；答复有误的，由该部门更正。"
                )
                % {
                    "department": line.list.department.name,
                    "organization": case.application.organization.name,
                },
                check_code=code,
            )


def _says_it_is_there(line: OpinionLine) -> bool:
    opinion = counts(line)
    return bool(opinion and opinion.is_found and line.list.veto_codes)


def _not_asked(case: Case, department: str) -> GateFinding:
    return GateFinding(
        "department_not_asked",
        _("推荐到县级的单位，征求各部门意见"),
        _("还没有就%(organization)s征求%(department)s的意见，请在“部门意见”页发出征求意见单。")
        % {"department": department, "organization": case.application.organization.name},
    )


def _silent(case: Case, line: OpinionLine, department: str) -> GateFinding:
    due = line.list.due_at
    message = _("%(department)s对%(organization)s还没有答复，答复期限：%(due)s。")
    if due is None or clock.is_over(due):
        message = _(
            "%(department)s对%(organization)s逾期没有答复；不答复不算同意，"
            "请登记书面答复的文号，或者写明不再等候的理由。"
        )
    return GateFinding(
        "department_silent",
        _("各部门意见齐备"),
        message
        % {
            "department": department,
            "organization": case.application.organization.name,
            "due": deadline(due) if due else "",
        },
    )
