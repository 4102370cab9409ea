"""Annexes, sheets and papers as PDF/A, set by Typst; the layout stands in the ``.typ`` files."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from ..language import of_the_record
from . import coverage, fonts, provenance
from .annexes import Annex
from .papers import Paper
from .sheets import Sheet

_HERE = Path(__file__).parent
_ARCHIVE_STANDARD: Final = "a-2u"
_REFUSED_CHARACTER = ("could not be displayed", "disallowed codepoint")


def annex_pdf(annex: Annex, *, dated: datetime | None = None) -> bytes:
    with of_the_record():
        return _compiled("annex.typ", annex, dated)


def sheet_pdf(sheet: Sheet, *, dated: datetime | None = None) -> bytes:
    return _compiled("sheet.typ", sheet, dated)


def paper_pdf(paper: Paper, *, dated: datetime | None = None) -> bytes:
    return _compiled("paper.typ", paper, dated)


def laid_out_pdf(layout: Path, document: Any, *, dated: datetime | None = None) -> bytes:
    """A document of another room by its own layout: a dataclass that has a title and remarks."""
    return _compiled(layout, document, dated)


def _compiled(template: str | Path, document: Any, dated: datetime | None) -> bytes:
    """The same content with the same date gives the same bytes.

    A font may refuse in company what it holds alone: then fewer characters are trusted.
    """
    for held in (coverage.held, coverage.in_the_faces):
        try:
            return _set(template, coverage.printable(document, held), dated)
        except typst.TypstError as error:
            if not any(words in str(error) for words in _REFUSED_CHARACTER):
                raise
    return _set(template, coverage.printable(document, coverage.everyday), dated)


def _set(template: str | Path, document: Any, dated: datetime | None) -> bytes:
    faces = fonts.faces()
    said: dict[str, Any] = asdict(document)
    said |= {
        "lang": provenance.language()[:2],
        "region": provenance.language()[3:],
        "author": provenance.MADE_BY,
        "fonts": {role: face.family for role, face in faces.items()},
        "remarks": [*said["remarks"], *_stand_ins(faces)],
    }
    layout = _HERE / template
    compiler = typst.Compiler(root=layout.parent, font_paths=fonts.collection())
    made = compiler.compile(
        layout,
        format="pdf",
        sys_inputs={"data": json.dumps(said, ensure_ascii=False)},
        pdf_standards=_ARCHIVE_STANDARD,
        timestamp=dated.replace(microsecond=0) if dated else None,
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one file")
    return made


def _stand_ins(faces: dict[str, fonts.Face]) -> list[str]:
    """A document says when a substitute stands in for an official face."""
    said = [
        _("%(family)s 代 %(official)s") % {"family": face.family, "official": face.stands_in_for}
        for face in faces.values()
        if face.stands_in_for
    ]
    return [_("字体替代：%(faces)s。") % {"faces": "，".join(said)}] if said else []
