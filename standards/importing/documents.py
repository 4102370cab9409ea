"""Files as people send them, into lines of text with their numbers."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import docx
import openpyxl
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 200
# Small parts compress well without being a trap.
RATIO_FROM_BYTES = 1024 * 1024
MAX_LINES = 200_000
MAX_COLUMNS = 50

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Other encodings decoded as GB18030 come out as characters that no document has.
_FOREIGN = re.compile("[\x00\ue000-\uf8ff]")
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
# A cell that holds the number of an item, and what the head of its column is called.
_CELL_NUMBER = re.compile(r"\d{1,5}[.．、]?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_NAMES_OF_NUMBERS = ("序号", "编号")
_OLD_ENDINGS = (".doc", ".xls", ".wps", ".et")


class Unreadable(ValueError):
    """A file that cannot be read; ``str()`` tells the person what to do, in their language."""


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
        raise _macros()
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
        if not _FOREIGN.search(text):
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
    _check_archive(content, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(content))
        _check_visible(document)
        yield from _limited(list(_paragraphs(document)))
    except Unreadable:
        raise
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise _damaged() from damage


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
    numbered = {
        style.style_id
        for style in document.styles
        if next(style.element.iter(qn("w:numPr")), None) is not None
    }
    used = (style.get(qn("w:val")) for style in body.iter(qn("w:pStyle")))
    if next(body.iter(qn("w:numPr")), None) is not None or numbered.intersection(used):
        raise Unreadable(_("文件使用了自动编号，编号不在文字中。请另存为 .txt 后再上传。"))


def _has(part: Any, *names: str) -> bool:
    return next(part.iter(*map(qn, names)), None) is not None


def _paragraphs(document: "docx.document.Document") -> Iterator[str]:
    """Paragraphs and rows of tables as they stand, those within content controls too."""
    blocks = document.element.body.iter(qn("w:p"), qn("w:tr"))
    for block in blocks:
        if block.tag == qn("w:tr"):
            if not _within(block, "w:tr"):
                yield from _row_lines([_cell_lines(cell) for cell in block.iter(qn("w:tc"))])
        elif not _within(block, "w:tr"):
            yield from _text_of(block).split("\n")


def _within(block: Any, name: str) -> bool:
    return next(block.iterancestors(qn(name)), None) is not None


def _cell_lines(cell: Any) -> list[str]:
    """What stands in the cell itself; cells of a table within it speak for themselves."""
    own = (part for part in cell.iter(qn("w:p")) if next(part.iterancestors(qn("w:tc"))) is cell)
    return [line for part in own for line in _text_of(part).split("\n")]


def _text_of(paragraph: Any) -> str:
    """What a reader sees of it, through links, fields and content controls; nothing hidden."""
    runs = (run for run in paragraph.iter(qn("w:r")) if not _is_hidden(run))
    return "".join(run.text for run in runs)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false")


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
    _check_archive(content, "xl/workbook.xml")
    try:
        _check_computed(content)
        yield from _limited(list(_rows(_workbook(content, data_only=True))))
    except Unreadable:
        raise
    except Exception as damage:  # as in a .docx
        raise _damaged() from damage


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


def _check_archive(content: bytes, main_part: str) -> None:
    """Refuses what could harm before anything is unpacked: bombs, macros, entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            archive.getinfo(main_part)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as damage:
        raise damage if isinstance(damage, Unreadable) else _damaged() from damage
    except Exception as damage:  # zlib and struct errors of a truncated part
        raise _damaged() from damage


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    large = [entry for entry in entries if entry.file_size > RATIO_FROM_BYTES]
    if (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in large)
    ):
        raise Unreadable(_("文件展开后过大，未予打开。请将正文复制到新文件后再上传。"))
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise _macros()


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Office parts have no document type; one that has could name entities."""
    with archive.open(entry) as part:
        head = part.read(64 * 1024).replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable(_("文件含有不允许的内容。请将正文复制到新文件后再上传。"))


def _macros() -> Unreadable:
    return Unreadable(_("文件含有宏，未予打开。请另存为不含宏的 .docx 或 .xlsx 后再上传。"))


def _damaged() -> Unreadable:
    return Unreadable(_("文件已损坏或与后缀名不符。请用文字处理软件打开并另存后再上传。"))


_READERS = {".docx": _docx_lines, ".xlsx": _xlsx_lines, ".txt": _text_lines}
