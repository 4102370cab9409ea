"""A paper as Word: a template filled in with its fields; the system's own where a county has none.

Our template of a kind is drawn by code, of the measures of an official document, with the same
tags that a county may write: it is what a county takes to make its own.
"""

from collections.abc import Mapping
from dataclasses import fields as declared
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph

from standards.language import of_the_record
from standards.printing import coverage, provenance
from standards.printing.word_parts import (
    BODY,
    LINE,
    PAGE_NUMBER,
    TEXT,
    TITLE,
    add,
    fill,
    head_row,
    new_document,
    new_table,
    number_pages,
    saved,
    set_grid,
)

from . import apart, composed, filling, packages
from .fields import PAPERS, Paper, described

# What a template may write beside the fields of its paper: parts as the system words them.
PARTS: Mapping[str, Any] = {
    "issuer": _("发文机关标志"),
    "number": _("发文字号，未定时留空待填"),
    "heading": _("标题（系统拟写）"),
    "lines": _("标题各行"),
    "paragraphs": _("正文各段（系统拟写）"),
    "signature": _("署名"),
    "mark": _("草稿标记"),
}
# What says of what a paper is: a template that writes none of them says it of another one.
_BODY = ("paragraphs", "names", "corrections", "items", "opinion", "result", "reason")
_RED = RGBColor(0xC8, 0x10, 0x2E)
_MARK = Pt(40)


def schema(kind: str) -> dict[str, Any]:
    """What tags of a template of this kind may name."""
    own = {
        name: filling.TEXT if row is None else [inner for inner, _says, _row in described(row)]
        for name, _says, row in described(PAPERS[kind])
    }
    parts: dict[str, Any] = dict.fromkeys(PARTS, filling.TEXT)
    return own | parts | dict.fromkeys(("lines", "paragraphs"), filling.TEXTS)


def body(kind: str) -> list[str]:
    """The fields of which a template of this kind has to write one."""
    known = schema(kind)
    return [name for name in _BODY if name in known]


def context(paper: Paper) -> dict[str, Any]:
    """The values of them: plain texts, and lists of texts or of rows of texts."""
    laid_out = composed.official(paper)
    own = {
        name: getattr(paper, name) if row is None else [_row(one) for one in getattr(paper, name)]
        for name, _says, row in described(type(paper))
    }
    # What the paper itself has by that name goes before: a notice is numbered otherwise.
    return _in_xml(
        {
            "issuer": laid_out.issuer,
            "number": laid_out.number,
            "heading": laid_out.title,
            "lines": list(laid_out.title_lines),
            "paragraphs": [one.text for one in laid_out.body],
            "signature": laid_out.signature,
            "mark": laid_out.mark,
        }
        | own
    )


def _row(row: Any) -> dict[str, str]:
    return {one.name: getattr(row, one.name) for one in declared(row)}


def _in_xml(value: Any) -> Any:
    """What no word processor's file may hold is boxed, as everywhere on paper."""
    if isinstance(value, str):
        return "".join(sign if coverage.fits_xml(sign) else coverage.BOX for sign in value)
    if isinstance(value, dict):
        return {name: _in_xml(one) for name, one in value.items()}
    return [_in_xml(one) for one in value]


def paper_docx(paper: Paper) -> bytes:
    """By the system's template, however long its list is; of that no column that stays empty."""
    columns = composed.filled_columns(paper) if paper.KIND in composed.LISTS else ()
    own = _own_template(paper.KIND, columns)
    return filling.filled(own, context(paper), schema(paper.KIND), most=None)


def filled(paper: Paper, template: bytes) -> bytes | filling.Fault:
    """By a template that somebody brought, filled in apart; or why it does not do."""
    known = schema(paper.KIND)
    made = apart.filled(template, context(paper), known, body=body(paper.KIND))
    told = packages.acts(made) if isinstance(made, bytes) else ""
    return filling.Fault("acts", told) if told else made


def own_template(kind: str) -> bytes:
    """The system's template of a kind of paper."""
    return _own_template(kind, composed.LISTS[kind][2] if kind in composed.LISTS else ())


@cache
def _own_template(kind: str, columns: tuple[str, ...]) -> bytes:
    with of_the_record():
        return _drawn(kind, columns)


def _drawn(kind: str, columns: tuple[str, ...]) -> bytes:
    document = new_document(BODY, top=37, bottom=35, left=28, right=26)
    provenance.say_in_word(document, str(PAPERS[kind].NAME), None)
    set_grid(document.sections[0])
    number_pages(document, document.sections[0])
    _when(document, "mark", lambda: _centred(document, "{{ mark }}", BODY, "heading"))
    _when(document, "issuer", lambda: _head(document))
    _for_each(document, "lines", lambda: _centred(document, "{{ one }}", TITLE, "title"))
    add(document, "", line=LINE)
    _when(document, "addressee", lambda: add(document, "{{ addressee }}：", line=LINE))
    _for_each(
        document,
        "paragraphs",
        lambda: add(document, "{{ one }}", line=LINE, indent=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY),
    )
    if kind in composed.LISTS:
        add(document, "", line=LINE)
        add(document, f"附件：{composed.LISTS[kind][0]}", line=LINE, indent=2)
    _signature(document)
    if kind in composed.LISTS:
        _list(document, kind, columns)
    _when(document, "issued_by", lambda: _imprint(document))
    return saved(document)


def _when(document: WordDocument, name: str, write: Any) -> None:
    _tag(document, f"{{%p if {name} %}}")
    write()
    _tag(document, "{%p endif %}")


def _for_each(document: WordDocument, name: str, write: Any) -> None:
    _tag(document, f"{{%p for one in {name} %}}")
    write()
    _tag(document, "{%p endfor %}")


def _tag(document: WordDocument, tag: str) -> None:
    add(document, tag, size=TEXT)


def _centred(document: WordDocument, text: str, size: Pt, role: str) -> Paragraph:
    return add(document, text, role=role, size=size, align=WD_ALIGN_PARAGRAPH.CENTER)


def _head(document: WordDocument) -> None:
    """Red head, number and rule; the mark 35 mm under the top of the block."""
    mark = _centred(document, "{{ issuer }}", _MARK, "title")
    mark.paragraph_format.space_before = Pt(99)
    mark.runs[0].font.color.rgb = _RED
    add(document, "", line=LINE)
    add(document, "", line=LINE)
    _ruled(_centred(document, "{{ number }}", BODY, "body"))
    add(document, "", line=LINE)
    add(document, "", line=LINE)


def _ruled(paragraph: Paragraph) -> None:
    """A red rule 4 mm under the line."""
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "C8102E")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for it
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _signature(document: WordDocument) -> None:
    """With room for the seal: the date four characters in, the name over it."""
    for _line in range(2):
        add(document, "", line=LINE)
    for text in ("{{ signature }}", "{{ dated }}"):
        line = add(document, text, line=LINE, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = Emu(BODY * 4)
        line.paragraph_format.keep_together = True


def _list(document: WordDocument, kind: str, names: tuple[str, ...]) -> None:
    title, held, _every = composed.LISTS[kind]
    begin = add(document, "", line=LINE)
    begin.add_run().add_break(WD_BREAK.PAGE)
    add(document, "附件", role="heading", line=LINE)
    add(document, "", line=LINE)
    _centred(document, title, TITLE, "title")
    columns = composed.list_columns(names)
    whole = sum(width for _words, width in columns)
    table = new_table(document, len(columns), tuple(width / whole for _words, width in columns))
    head_row(table, tuple(words for words, _width in columns))
    for texts in (
        [f"{{%tr for row in {held} %}}"],
        [f"{{{{ row.{name} }}}}" for name in names],
        ["{%tr endfor %}"],
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=False):
            fill(cell, [text])


def _imprint(document: WordDocument) -> None:
    add(document, "", line=LINE)
    add(document, "{{ issued_by }}　{{ dated }}印发", size=PAGE_NUMBER)
