"""A .docx into lines: paragraphs and rows as a reader sees them, and what else it holds.

Every sign of the body is either on a line or told; so is what stands in other parts (headers,
notes, comments, drawings). What a word processor shows as a formula of one row is read as its
signs; a fraction or a power is told, and its line is not whole.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from . import numbering
from .archives import Unreadable, check_archive, damaged
from .lines import MAX_LINES, Content, Line, Unread
from .tables import Cell, Table

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _R, _T, _TR, _TC, _TBL = map(qn, ("w:p", "w:r", "w:t", "w:tr", "w:tc", "w:tbl"))
_SYM, _RPR, _VAL, _BOX = map(qn, ("w:sym", "w:rPr", "w:val", "w:txbxContent"))
_SPAN = re.compile(r"\d{1,3}")
_RUBY_TEXT = qn("w:rt")
_NOTES = tuple(map(qn, ("w:footnoteReference", "w:endnoteReference")))
_BLANKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WORDS = (_T, f"{_MATH}t", f"{_DRAWING}t", f"{_CHART}v")
_SIGNS = (*_WORDS, _SYM, *_BLANKS, *_NOTES)
# The parts of a formula that stand in one row, so that their signs say what is seen.
_IN_ONE_ROW = {f"{_MATH}{name}" for name in ("r", "t", "oMath", "oMathPara", "rPr", "ctrlPr")}
# Signs of the font Symbol, by the low byte of their code, as far as texts here use them.
_SYMBOLS = {
    0x25: "%", 0x2B: "+", 0x2D: "-", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0xA3: "≤", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·",
}  # fmt: skip
_SIGN_CODE = re.compile(r"[0-9A-Fa-f]{4}")
# Codes that each font fills with signs of its own, and those that are no characters.
_OWN_CODE = re.compile(r"00[01].|[DEde][89A-Fa-f]..|[Ee]...|[Ff][0-8]..")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Cells of a table within a cell stand under no name of the outer one.
_INNER = 100_000
# So much of a line tells a person which one is meant.
_QUOTED = 20
# Parts without words of the document, by how their names begin.
_NO_WORDS = (
    "/docProps/", "/customXml/", "/word/theme/", "/word/styles", "/word/stylesWithEffects",
    "/word/settings", "/word/fontTable", "/word/webSettings", "/word/numbering", "/word/glossary/",
    "/word/people", "/word/commentsExtended", "/word/commentsIds", "/word/commentsExtensible",
)  # fmt: skip


def read(content: bytes) -> Content:
    """The lines of a .docx. Raises Unreadable for one that is damaged or holds revisions."""
    check_archive(content, "word/document.xml")
    try:
        return _Document(docx.Document(io.BytesIO(content))).read()
    except Unreadable:
        raise
    except Exception as damage:  # a damaged file fails anywhere in the library that reads it
        raise damaged() from damage


class _Document:
    """Walks the body once; what it took is kept, so that the rest can be told."""

    def __init__(self, document: "docx.document.Document") -> None:
        self.document = document
        self.body = document.element.body
        self.numbers = _numbers(document)
        self.taken: set[Any] = set()
        self.line_of: dict[Any, int] = {}
        self.lines: list[Line] = []
        self.left_out: list[Unread] = []
        self.count = 0

    def read(self) -> Content:
        _check_settled(self.body)
        for block in self.body.iter(_P, _TBL):
            if block.tag == _TBL:
                if not _within(block, _TBL):
                    self._table(block)
            elif not _within(block, _TBL) and not _within(block, _BOX):
                self._paragraph(block)
        self.left_out += [*self._rest(), *_other_parts(self.document)]
        return Content(self.lines, self.left_out)

    def _place(self) -> int:
        self.count += 1
        if self.count > MAX_LINES:
            raise Unreadable(_("文件行数过多。请只保留标准的正文后再上传。"))
        return self.count

    def _paragraph(self, paragraph: Any) -> None:
        # A number without text numbers nothing, unlike one in a cell of its own.
        text, is_whole = self._text(paragraph)
        number = self.numbers.get(paragraph, "") if text.strip() else ""
        for line in numbering.joined(number, text).split("\n"):
            place = self._place()
            self.line_of.setdefault(paragraph, place)
            _check_number(place, line)
            self.lines.append(Line(place, line, is_whole=is_whole))

    def _table(self, table: Any) -> None:
        reads = Table()
        for row in table.iter(_TR):
            if next(row.iterancestors(_TR), None) is not None:
                continue
            first = self._place()
            for paragraph in row.iter(_P):
                self.line_of[paragraph] = first
            lines = list(reads.row(first, list(self._cells(row))))
            for _line in lines[1:]:
                self._place()
            for place, line in enumerate(lines, start=first):
                _check_number(place, f"{line.printed or ''}{line.text}")
                self.lines.append(
                    Line(place, line.text, line.printed, line.is_heading, line.is_whole)
                )
        self.left_out += reads.left_out()

    def _cells(self, row: Any) -> Iterator[Cell]:
        """The cells of a row by column; those of a table within one speak for themselves."""
        column = 0
        for cell in row.iter(_TC):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(_VAL) in (None, "continue")
            lines: list[str] = []
            is_whole = True
            own = (part for part in cell.iter(_P) if next(part.iterancestors(_TC)) is cell)
            for part in () if goes_on else own:
                if not _within(part, _BOX):
                    text, whole = self._text(part)
                    is_whole = is_whole and whole
                    lines += numbering.joined(self.numbers.get(part, ""), text).split("\n")
            inner = next(cell.iterancestors(_TC), None) is not None
            yield Cell(_INNER + column if inner else column, lines, goes_on, is_whole)
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            written = "" if span is None else span.get(_VAL, "")
            column += int(written) if _SPAN.fullmatch(written) else 1

    def _text(self, paragraph: Any) -> tuple[str, bool]:
        """What a reader sees of it, through links, fields and controls, and whether that is all."""
        text, is_whole = "", True
        for sign in paragraph.iter(*_SIGNS):
            if next(sign.iterancestors(_P), None) is not paragraph or _is_copy(sign):
                continue
            run = next(sign.iterancestors(_R), None)
            if sign.tag in _BLANKS:
                is_shown = sign.getparent().tag == _R and not _is_unseen(run)
                text += _BLANKS[sign.tag] if is_shown and sign.get(qn("w:type")) is None else ""
            elif sign.tag in _NOTES:
                is_whole = False
            elif (said := self._said(sign, run)) is not None:
                text += said
                self.taken.add(sign)
            elif run is None or _is_struck(run) or not numbering.is_hidden(run):
                is_whole = is_whole and _within(sign, _RUBY_TEXT)
        return text, is_whole

    def _said(self, sign: Any, run: Any) -> str | None:
        """The words of one element; None where they cannot stand in the line."""
        if _is_unseen(run) or _within(sign, _RUBY_TEXT):
            return None
        if sign.tag == f"{_MATH}t":
            return (sign.text or "") if _is_in_one_row(sign) else None
        if sign.tag == _SYM:
            return _symbol(sign)
        if sign.tag != _T:
            return None
        place = None if run is None else run.find(f"{_RPR}/{qn('w:vertAlign')}")
        raised = "" if place is None else place.get(_VAL)
        table = {"superscript": _RAISED, "subscript": _LOWERED}.get(raised, {})
        return (sign.text or "").translate(table)

    def _rest(self) -> list[Unread]:
        """What the body holds beside the lines, a paragraph at a time."""
        found: dict[tuple[Any, str], str] = {}
        for sign in self.body.iter(*_WORDS, _SYM):
            if sign not in self.taken and not _is_copy(sign):
                words = _code(sign) if sign.tag == _SYM else sign.text or ""
                paragraph = next(sign.iterancestors(_P), None)
                key = (paragraph, _why(sign))
                found[key] = found.get(key, "") + words
        return [
            Unread(self._line_near(paragraph), words, reason)
            for (paragraph, reason), words in found.items()
            if words.strip()
        ]

    def _line_near(self, paragraph: Any) -> int:
        while paragraph is not None and paragraph not in self.line_of:
            paragraph = next(paragraph.iterancestors(_P), None)
        return self.line_of.get(paragraph, 0)


def _check_settled(body: Any) -> None:
    """Refuses what is not decided yet, and documents within the document."""
    if _has(body, "w:ins", "w:del", "w:moveFrom", "w:moveTo"):
        raise Unreadable(_("文件含有未接受的修订。请先接受或拒绝全部修订，再上传。"))
    if _has(body, "w:altChunk"):
        raise Unreadable(_("文件含有嵌入的文档。请把其中的文字移到正文中，再上传。"))


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


def _within(block: Any, name: str) -> bool:
    return next(block.iterancestors(name), None) is not None


def _is_copy(sign: Any) -> bool:
    """What stands beside a newer form of the same for older programs (Fallback)."""
    fallback = next(sign.iterancestors(f"{_CHOICE}Fallback"), None)
    if fallback is None:
        return False
    newer = fallback.getparent().find(f"{_CHOICE}Choice")
    words = "".join(part.text or "" for part in fallback.iter(*_WORDS))
    return newer is not None and words == "".join(part.text or "" for part in newer.iter(*_WORDS))


def _is_unseen(run: Any | None) -> bool:
    return run is not None and (numbering.is_hidden(run) or _is_struck(run))


def _is_struck(run: Any) -> bool:
    """What is struck through is there to be seen as no longer said."""
    marks = (run.find(f"{_RPR}/{qn(name)}") for name in ("w:strike", "w:dstrike"))
    return any(mark is not None and mark.get(_VAL, "on") in ("1", "true", "on") for mark in marks)


def _is_in_one_row(sign: Any) -> bool:
    for part in sign.iterancestors():
        if part.tag == _P:
            break
        if part.tag.startswith(_MATH) and part.tag not in _IN_ONE_ROW:
            return False
    return True


def _symbol(sign: Any) -> str | None:
    """A sign set by its place in a font; None in fonts whose signs are not known here."""
    written = sign.get(qn("w:char"), "")
    if not _SIGN_CODE.fullmatch(written):
        return None
    if sign.get(qn("w:font"), "").lower() == "symbol":
        return _SYMBOLS.get(int(written[-2:], 16))
    return None if _OWN_CODE.fullmatch(written) else chr(int(written, 16))


def _code(sign: Any) -> str:
    return f"{sign.get(qn('w:font'), '')} {sign.get(qn('w:char'), '')}"


def _why(sign: Any) -> str:
    run = next(sign.iterancestors(_R), None)
    reasons = (
        (
            _within(sign, _BOX) or sign.tag in (f"{_DRAWING}t", f"{_CHART}v"),
            _("文本框或图形中的文字，没有读作条文"),
        ),
        (run is not None and _is_struck(run), _("划去的文字，没有读作条文")),
        (_is_unseen(run), _("隐藏的文字，没有读作条文")),
        (_within(sign, _RUBY_TEXT), _("注音，没有读作条文")),
        (sign.tag.startswith(_MATH), _("公式，没有读入条文，请对照原文补上")),
        (sign.tag == _SYM, _("特殊符号，没有读入条文，请对照原文补上")),
    )
    other = _("合并单元格中看不见的文字，没有读作条文")
    return next((reason for holds, reason in reasons if holds), other)


def _other_parts(document: "docx.document.Document") -> Iterator[Unread]:
    """What the package holds beside its body: words of other parts, pictures, embedded files."""
    pictures = embedded = 0
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if part is document.part or name.startswith(_NO_WORDS):
            continue
        pictures += part.content_type.startswith("image/")
        embedded += name.startswith("/word/embeddings/")
        if part.content_type.endswith("xml"):
            yield from (Unread(0, words, _named(name)) for words in _words_of(part.blob))
    if pictures:
        told = _("图片 %(count)d 张") % {"count": pictures}
        yield Unread(0, told, _("图片中的文字没有读入，请对照原文"))
    if embedded:
        told = _("嵌入的文件 %(count)d 个") % {"count": embedded}
        yield Unread(0, told, _("嵌入的文件没有读入，请对照原文"))


def _words_of(blob: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(blob, parser)
    words = "\n".join(
        "".join(sign.text or "" for sign in block.iter(*_WORDS) if not _is_copy(sign))
        for block in root.iter(_P, f"{_DRAWING}p", f"{_CHART}v")
        if block.tag == f"{_CHART}v" or not _within(block, _P)
    )
    if words.strip():
        yield words.strip()


_PARTS = {
    "header": gettext_lazy("页眉中的文字，没有读作条文"),
    "footer": gettext_lazy("页脚中的文字，没有读作条文"),
    "footnotes": gettext_lazy("脚注中的文字，没有读作条文"),
    "endnotes": gettext_lazy("尾注中的文字，没有读作条文"),
    "comments": gettext_lazy("批注中的文字，没有读作条文"),
}


def _named(name: str) -> str:
    for begins, reason in _PARTS.items():
        if name.startswith(f"/word/{begins}"):
            return str(reason)
    return _("文本框或图形中的文字，没有读作条文")
