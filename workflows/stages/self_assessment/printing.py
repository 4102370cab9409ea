"""The self-assessment of an application on paper: the sheet of its standard, filled in."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from designation.applications import submissions
from designation.applications.models import Answer, Submission
from standards import values
from standards.language import of_the_record
from standards.printing import pdf
from standards.printing.sheets import Filling, Sheet, sheet

from ...case.facts import Case
from ...case.handed_in import to_hand_in


@of_the_record()
def filled_sheet(case: Case) -> Sheet:
    """What stands on the record now, in its language; blank where an item is not answered."""
    files: dict[str, list[str]] = {}
    for one in case.evidence:
        for code in one.item_codes:
            files.setdefault(code, []).append(one.title)
    fillings = {
        code: _filling(case, answer, files.get(code, ())) for code, answer in case.answers.items()
    }
    submission = _submission_as_it_stands(case)
    made = sheet(case.application.standard, facts=_facts(case, submission), fillings=fillings)
    if submission is None:
        return replace(made, under_title=(*made.under_title, _("（尚未提交，仅供核对）")))
    said = _("提交内容校验码（SHA-256）：%(hash)s") % {"hash": submission.sha256}
    return replace(made, remarks=(*made.remarks, said))


def _submission_as_it_stands(case: Case) -> Submission | None:
    """The submission that says what is printed; none when it was changed since, or never made.

    It keeps the names of its day: a renaming since is no change of what was handed in.
    """
    submission = case.application.submission
    if submission is None:
        return None
    now = to_hand_in(case)
    del now["names"]
    if "names" in submission.content:
        now["names"] = submission.content["names"]
    return submission if submissions.digest(now) == submission.sha256 else None


@of_the_record()
def filled_pdf(case: Case) -> bytes:
    return pdf.sheet_pdf(filled_sheet(case), dated=case.now)


def _facts(case: Case, submission: Submission | None) -> tuple[tuple[str, str], ...]:
    application = case.application
    names = submission.content.get("names", {}) if submission else {}
    superior = application.organization.superior
    meeting = application.approving_meeting_on
    version = _("第 %(number)s 次提交") % {"number": submission.number} if submission else "—"
    return (
        (_("申报组织（盖章）"), names.get("organization", application.organization.name_zh)),
        (_("上级党组织"), superior.name_zh if superior else "—"),
        (_("申报批次"), names.get("round", application.round.name_zh)),
        (_("版次"), version),
        (_("研究通过自评的会议日期"), date_format(meeting, "DATE_FORMAT") if meeting else "—"),
        (_("打印日期"), date_format(case.today, "DATE_FORMAT")),
    )


def _filling(case: Case, answer: Answer, files: Iterable[str]) -> Filling:
    given = values.from_rows([answer.values])
    checks = case.standard.item(answer.item.code).checks
    return Filling(
        values={check.code: values.show(check, given.get(check.code)) for check in checks},
        conclusion=answer.get_conclusion_display() if answer.conclusion else "",
        note=answer.note,
        evidence=tuple(files),
    )


@of_the_record()
def file_name(case: Case) -> str:
    return _("%(organization)s自评表.pdf") % {"organization": case.application.organization.name}
