"""The table to be filled in: headings, help below them, an example, lists to choose from."""

import io
from datetime import datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from designation.site import clock
from standards.language import of_the_record
from standards.printing import spreadsheets

from .columns import Column, Sheet, help_text, sheets
from .reading import GUIDE, MOST_ROWS

_HEAD, _HELP, _EXAMPLE = 1, 2, 3
_TEXT = "@"
# The day of its columns, not of the download: whoever takes it twice has the same file.
_COLUMNS_OF = datetime(2026, 11, 27, tzinfo=clock.SHANGHAI)
_LINE = Side(style="thin", color="999999")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_GREY, _PALE = PatternFill("solid", "E7E6E6"), PatternFill("solid", "F7F7F7")


@of_the_record()
def file() -> bytes:
    """The .xlsx, the same for every county."""
    book = Workbook()
    del book[book.sheetnames[0]]
    _add_guide(book)
    for sheet in sheets():
        _add(book, sheet)
    content = io.BytesIO()
    spreadsheets.write(book, content, title=title(), dated=_COLUMNS_OF)
    return content.getvalue()


@of_the_record()
def title() -> str:
    return _("县录入表")


def _add_guide(book: Workbook) -> None:
    sheet = book.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width = 90
    for text in _guide():
        sheet.append([text])
    for row in sheet.iter_rows():
        row[0].alignment = _WRAPPED


def _guide() -> list[str]:
    return [
        _("辖区、组织、人员、岗位、称号各一张表，从第 4 行起一行填一个。前三行可留着，不会录入。"),
        _(
            "列可以移动，表头文字不要改；用不着的工作表可以删去。不要合并单元格，不要隐藏行、列和表，不要用公式。"
        ),
        _("上传后先预览：有错的逐行列出，改好再传；确认之后才录入。"),
        _("同一份表再传一次，什么也不改变。更正时只填要改的，空着的单元格一律保持原样。"),
        _("辖区按区划代码认，组织按所在辖区和名称认，人员按账号认：这几列填错，会当成新的。"),
        _("辖区、组织、人员由系统管理员确认；岗位由安全管理员、称号由审定人在同一份表上另行确认。"),
        _("“称号”只填本系统启用前已经授予的；录入后在名册中注明，表不能再改动它们。"),
    ]


def _add(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        # Codes and days stay as they are typed.
        page.column_dimensions[letter].number_format = _TEXT
        for row, text in (
            (_HEAD, column.heading),
            (_HELP, help_text(column)),
            (_EXAMPLE, column.example),
        ):
            cell = page.cell(row=row, column=place, value=text or None)
            cell.number_format, cell.alignment, cell.border = _TEXT, _WRAPPED, _GRID
            cell.fill = _GREY if row == _HEAD else _PALE
            cell.font = Font(bold=row == _HEAD, italic=row != _HEAD)
        if column.choices:
            page.add_data_validation(_list_of(column, letter))


def _list_of(column: Column, letter: str) -> DataValidation:
    offered = DataValidation(type="list", formula1=f'"{",".join(column.offered)}"')
    offered.errorTitle, offered.error = column.heading, _("请从列表中选择。")
    offered.showErrorMessage = True
    offered.add(f"{letter}{_EXAMPLE + 1}:{letter}{_EXAMPLE + MOST_ROWS}")
    return offered
