"""The self-assessment of an application on paper: the sheet of its standard, filled in."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from designation.applications.models import Answer, Submission
from standards import values
from standards.language import of_the_record
from standards.printing import pdf
from standards.printing.sheets import Filling, Sheet, sheet

from ...case.facts import Case
from ...case.handed_in import submission_as_it_stands


@of_the_record()
def filled_sheet(case: Case, handed_in: Submission | None = None) -> Sheet:
    """What stands on the record now, in its language; blank where an item is not answered.

    ``handed_in`` is the submission of a case that is read as it was handed in.
    """
    files: dict[str, list[str]] = {}
    for one in case.evidence:
        for code in one.item_codes:
            files.setdefault(code, []).append(one.title)
    for link in case.links:
        files.setdefault(link.item.code, []).append(f"{link.title}（{link.address}）")
    fillings = {
        code: _filling(case, answer, files.get(code, ())) for code, answer in case.answers.items()
    }
    submission = handed_in or submission_as_it_stands(case)
    facts = _facts(case, submission, _day_printed(case, handed_in))
    made = sheet(case.application.standard, facts=facts, fillings=fillings)
    if submission is None:
        return replace(made, under_title=(*made.under_title, _("（尚未提交，仅供核对）")))
    return replace(made, remarks=(*made.remarks, *proofs(submission)))


def proofs(submission: Submission) -> tuple[str, str]:
    """What proves that this is what was handed in: its receipt, and the hash of its content."""
    return (
        _("回执编号：%(number)s") % {"number": submission.receipt.number},
        _("提交内容校验码（SHA-256）：%(hash)s") % {"hash": submission.sha256},
    )


@of_the_record()
def filled_pdf(case: Case) -> bytes:
    return pdf.sheet_pdf(filled_sheet(case), dated=case.now)


@of_the_record()
def copy_pdf(case: Case, submission: Submission) -> bytes:
    """A copy of a submission; ``case`` is read as it was handed in. The same bytes each time."""
    return pdf.sheet_pdf(filled_sheet(case, submission), dated=submission.submitted_at)


def _day_printed(case: Case, handed_in: Submission | None) -> tuple[str, str]:
    if handed_in is None:
        return _("打印日期"), date_format(case.today, "DATE_FORMAT")
    return _("提交日期"), date_format(localtime(handed_in.submitted_at), "DATE_FORMAT")


def _facts(
    case: Case, submission: Submission | None, printed: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
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
        printed,
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


@of_the_record()
def copy_name(case: Case, submission: Submission) -> str:
    name = case.application.organization.name_zh
    said = {"organization": name, "number": submission.receipt.number}
    return _("%(organization)s申报副本%(number)s.pdf") % said
