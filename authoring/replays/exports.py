"""A finished replay as a table: the organizations turned round, and the checks that did it."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from designation.site.refusal import Refusal
from standards.language import of_the_record
from standards.printing import spreadsheets

from . import results
from .models import Replay

_CHUNK = 2_000
_MOST_ROWS = 1_048_576 - 1


class TooManyRows(Refusal):
    """More organizations than a sheet has rows."""


def organization_rows(replay: Replay) -> Iterator[list[Any]]:
    """A heading, then one row an organization; read in pieces.

    The words are had before the first row: between rows the page's language goes on.
    """
    with of_the_record():
        rules = results.rules_by_code(results.of(replay.result).checks)
        heading = [pgettext("one", "组织"), _("区划代码"), _("变化"), _("检查点"), _("要求")]
        falls, rises = _("由达标变为不达标"), _("由不达标变为达标")
    yield heading
    flips = replay.flips.select_related("application__organization").order_by("-falls", "pk")
    for flip in flips.iterator(chunk_size=_CHUNK):
        yield [
            flip.application.organization.name_zh,
            flip.application.area_code,
            falls if flip.falls else rises,
            "、".join(flip.check_codes),
            "；".join(rules.get(code, "") for code in flip.check_codes),
        ]


@of_the_record()
def check_rows(replay: Replay) -> list[list[Any]]:
    """A heading, then one row a check."""
    heading = [
        _("检查点"),
        _("要求"),
        _("原来的要求"),
        _("原来未达到"),
        _("现在未达到"),
        _("改变结论"),
        _("原申报没有填写"),
    ]
    rows = [
        [
            check.code,
            check.rule,
            check.rule_before,
            check.before.count,
            check.after.count,
            check.turned,
            check.lacks,
        ]
        for check in results.of(replay.result).checks
    ]
    return [heading, *rows]


def workbook(replay: Replay) -> IO[bytes]:
    """Two sheets: checks, organizations. The caller closes the file. Raises TooManyRows."""
    if replay.flips.count() > _MOST_ROWS:
        raise TooManyRows.because("too_many_rows", _("组织太多，Excel 表放不下。请导出 CSV。"))
    book = Workbook(write_only=True)
    with of_the_record():
        checks, organizations, title = _("按检查点"), _("按组织"), str(replay)
    spreadsheets.add_sheet(book, checks, check_rows(replay), (14, 60, 60, 14, 14, 14, 18))
    spreadsheets.add_sheet(book, organizations, organization_rows(replay), (40, 16, 22, 30, 80))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response that sends it closes it
    spreadsheets.write(book, file, title=title, dated=replay.job.ended_at)
    file.seek(0)
    return file
