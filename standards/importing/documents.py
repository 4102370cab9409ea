"""Files as people send them, into lines of text with their numbers."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import docx
import openpyxl
from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from . import numbering
from .archives import Unreadable, check_archive, damaged, macros

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 200_000
MAX_COLUMNS = 50

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Other encodings decoded as GB18030 come out as characters that hardly a document has.
_FOREIGN = re.compile("[\ue000-\uf8ff]")
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
# A cell that holds the number of an item, and what the head of its column is called.
_CELL_NUMBER = re.compile(r"\d{1,5}[.．、]?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_NAMES_OF_NUMBERS = ("序号", "编号")
# So much of a line tells a person which one is meant.
_QUOTED = 20
_OLD_ENDINGS = (".doc", ".xls", ".wps", ".et")


@dataclass(frozen=True)
class Line:
    """``number`` counts from 1 as a person would: paragraphs, lines or rows of the file."""

    number: int
    text: str


def read(name: str, content: bytes) -> list[Line]:
    """The lines of a .docx, .txt or .xlsx that hold text.

    Raises Unreadable when the file is too large, damaged, carries macros or is of another kind.
    """
    ending = PurePath(name).suffix.lower()
    check_size(content)
    if ending in _MACRO_ENDINGS:
        raise macros()
    if ending in _OLD_ENDINGS:
        raise Unreadable(_("这是旧格式的文件。请在文字处理软件中另存为 .docx 或 .xlsx 后再上传。"))
    if ending not in _READERS:
        raise Unreadable(_("只能读取 .docx、.txt、.xlsx 和本系统导出的 .yaml 文件。"))
    lines = [Line(number, text) for number, text in _READERS[ending](content) if text.strip()]
    if not lines:
        raise Unreadable(_("文件中没有文字。扫描件或图片请先转为文字，再上传。"))
    return lines


def check_size(content: bytes) -> None:
    """Raises Unreadable for an empty file and for one of more than MAX_BYTES."""
    if not content:
        raise Unreadable(_("文件是空的。请检查后重新上传。"))
    if len(content) > MAX_BYTES:
        raise Unreadable(_("文件超过 20 MB。请删去图片或拆分后再上传。"))


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB18030, the encodings met in offices here."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not (encoding == "gb18030" and _FOREIGN.search(text)):
            return text
    raise Unreadable(_("无法辨认文字编码。请另存为 UTF-8 编码的文本文件后再上传。"))


def _text_lines(content: bytes) -> Iterator[tuple[int, str]]:
    return _limited(decoded(content).splitlines())


def _limited(texts: Iterator[str] | list[str]) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(texts, start=1):
        if number > MAX_LINES:
            raise Unreadable(_("文件行数过多。请只保留标准的正文后再上传。"))
        yield number, text


def _docx_lines(content: bytes) -> Iterator[tuple[int, str]]:
    check_archive(content, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(content))
        _check_visible(document)
        for number, text in _limited(list(_paragraphs(document))):
            _check_number(number, text)
            yield number, text
    except Unreadable:
        raise
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise damaged() from damage


def _check_visible(document: "docx.document.Document") -> None:
    """Refuses what a reader sees and the text does not hold: it would be lost in silence."""
    body = document.element.body
    if _has(body, "w:ins", "w:del", "w:moveFrom", "w:moveTo"):
        raise Unreadable(_("文件含有未接受的修订。请先接受或拒绝全部修订，再上传。"))
    if any(_has(box, "w:t") for box in body.iter(qn("w:txbxContent"))):
        raise Unreadable(
            _("文件含有文本框，其中的文字无法按顺序读出。请把它们移到正文中，再上传。")
        )
    if _has(body, "w:footnoteReference", "w:endnoteReference", "w:altChunk"):
        raise Unreadable(_("文件含有脚注、尾注或嵌入的文档。请把其中的文字移到正文中，再上传。"))


def _check_number(line: int, text: str) -> None:
    """Refuses a line whose automatic number cannot be rebuilt: it would be lost in silence."""
    if numbering.UNKNOWN in text:
        words = text.replace(numbering.UNKNOWN, "").strip()[:_QUOTED]
        raise Unreadable(
            _("第 %(line)d 行“%(words)s”的自动编号无法读出。请另存为 .txt 后再上传。")
            % {"line": line, "words": words}
        )


def _numbers(document: "docx.document.Document") -> Mapping[Any, str]:
    """What the word processor prints before each paragraph with automatic numbering."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return {}
    return numbering.printed_numbers(document.element.body, document.styles.element, part.element)


def _has(part: Any, *names: str) -> bool:
    return next(part.iter(*map(qn, names)), None) is not None


def _paragraphs(document: "docx.document.Document") -> Iterator[str]:
    """Paragraphs and rows of tables as they stand, those within content controls too."""
    numbers = _numbers(document)
    blocks = document.element.body.iter(qn("w:p"), qn("w:tr"))
    for block in blocks:
        if block.tag == qn("w:tr"):
            if not _within(block, "w:tr"):
                cells = block.iter(qn("w:tc"))
                yield from _row_lines([_cell_lines(cell, numbers) for cell in cells])
        elif not _within(block, "w:tr"):
            # A number without text numbers nothing, unlike one in a cell of its own.
            text = _text_of(block)
            number = numbers.get(block, "") if text.strip() else ""
            yield from numbering.joined(number, text).split("\n")


def _within(block: Any, name: str) -> bool:
    return next(block.iterancestors(qn(name)), None) is not None


def _cell_lines(cell: Any, numbers: Mapping[Any, str]) -> list[str]:
    """What stands in the cell itself; cells of a table within it speak for themselves."""
    own = (part for part in cell.iter(qn("w:p")) if next(part.iterancestors(qn("w:tc"))) is cell)
    texts = (numbering.joined(numbers.get(part, ""), _text_of(part)) for part in own)
    return [line for text in texts for line in text.split("\n")]


def _text_of(paragraph: Any) -> str:
    """What a reader sees of it, through links, fields and content controls; nothing hidden."""
    runs = (run for run in paragraph.iter(qn("w:r")) if not numbering.is_hidden(run))
    return "".join(run.text for run in runs)


def _row_lines(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A row that has its number in a cell of its own becomes one item; others stay as they are.

    What stands before the number (a section over several rows) is a line of its own, and the
    row that names the columns is no text of the standard.
    """
    texts = [" ".join(line.strip() for line in cell if line.strip()) for cell in cells]
    if any(text.replace(" ", "") in _NAMES_OF_NUMBERS for text in texts):
        return
    at = next((place for place, text in enumerate(texts) if _CELL_NUMBER.fullmatch(text)), None)
    rest = [] if at is None else [text for text in texts[at + 1 :] if text]
    if at is None or not rest or _CELL_NUMBER.fullmatch(rest[0]):
        yield from (line for cell in cells for line in cell)
        return
    yield from texts[:at]
    yield f"{texts[at].rstrip('.．、')}. {' '.join(rest)}"


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, str]]:
    check_archive(content, "xl/workbook.xml")
    try:
        _check_computed(content)
        yield from _limited(list(_rows(_workbook(content, data_only=True))))
    except Unreadable:
        raise
    except Exception as damage:  # as in a .docx
        raise damaged() from damage


def _workbook(content: bytes, *, data_only: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def _check_computed(content: bytes) -> None:
    """Refuses a formula whose value the file does not hold: its text would be lost in silence."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return
    formulas, computed = _workbook(content, data_only=False), _workbook(content, data_only=True)
    for asked, told in zip(_cells(formulas), _cells(computed), strict=False):
        missing = (
            str(formula).startswith("=") and value is None
            for formula, value in zip(asked, told, strict=False)
        )
        if any(missing):
            raise Unreadable(_("表格中有没有算出结果的公式。请用表格软件打开并另存后再上传。"))


def _rows(book: openpyxl.Workbook) -> Iterator[str]:
    for row in _cells(book):
        cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        lines = list(_row_lines([[cell] for cell in cells]))
        # A row without a number is one line, whatever its columns.
        yield from [" ".join(cells)] if lines == cells else lines


def _cells(book: openpyxl.Workbook) -> Iterator[tuple[object, ...]]:
    count = 0
    for sheet in book.worksheets:
        # What a sheet says of its own size is not to be believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            count += 1
            if count > MAX_LINES:
                raise Unreadable(_("表格行数过多。请只保留标准的正文后再上传。"))
            yield row


_READERS = {".docx": _docx_lines, ".xlsx": _xlsx_lines, ".txt": _text_lines}
