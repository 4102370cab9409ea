"""Characters that cannot be printed: a box stands for each, and a remark names item and character.

A document never fails for a character. What the fonts hold is read from their own tables, once a
process; everyday texts never load them.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from ..characters import clusters
from . import fonts

Document = TypeVar("Document")
Held = Callable[[str], bool]

BOX = "□"
# In every font that sets Chinese: ASCII, Latin-1, punctuation, full-width forms, GBK's characters.
_EVERYDAY = re.compile(
    "[\t\n\r -~\u3000\xa0-\xac\xae-\xff‐-—‘-”…‰※℃①-⑩Ⅰ-Ⅹ□-◇、-〗㈠-㈩㎎㎏㎜-㎡一-龥！-～]*"
)
# Larger fonts are those of Chinese, of which the faces of documents are enough to read.
_SMALL = 2_000_000
_NOT_DRAWN = re.compile("[\t\n\r \u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# XML 1.0, production 2.
_IN_XML = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# PDF/A takes no mark of byte order, whatever a font says.
_DISALLOWED = "\ufeff"
_MOST_NAMED = 20


def everyday(sign: str) -> bool:
    """Whether any Chinese font holds the character."""
    return _EVERYDAY.fullmatch(sign) is not None


def in_the_faces(sign: str) -> bool:
    """Whether the faces that documents are set in hold the character."""
    known = everyday(sign) or _is_not_drawn(sign) or ord(sign) in _codes_of_faces()
    return known and sign != _DISALLOWED


def held(sign: str) -> bool:
    """Whether any font at hand draws the character; a private one only where a face has it."""
    if in_the_faces(sign):
        return True
    elsewhere = sign != _DISALLOWED and _PRIVATE.match(sign) is None
    return elsewhere and ord(sign) in _codes_of_small_fonts()


def fits_xml(sign: str) -> bool:
    """Whether a word processor's file may hold the character; its fonts are the reader's own."""
    return _IN_XML.match(sign) is not None


def _is_not_drawn(sign: str) -> bool:
    return _NOT_DRAWN.match(sign) is not None


@cache
def _codes_of_faces() -> frozenset[int]:
    families = {face.family for face in fonts.faces().values()}
    return _codes(font for font in fonts.collection().fonts() if font.family in families)


@cache
def _codes_of_small_fonts() -> frozenset[int]:
    return _codes(
        font
        for font in fonts.collection().fonts()
        if font.path and Path(font.path).stat().st_size < _SMALL
    )


def _codes(found: Iterable[Any]) -> frozenset[int]:
    """Code points of one font of each family; those built into the typesetter have no file."""
    first = {font.family: font for font in found if font.path}
    codes: set[int] = set()
    for font in first.values():
        with TTFont(font.path, fontNumber=font.index, lazy=True) as tables:
            codes |= (tables.getBestCmap() or {}).keys()
    return frozenset(codes)


def not_printed(text: str, held: Held = held) -> list[str]:
    """What of ``text`` is drawn as a box, an emoji of several parts as one, in order, each once."""
    return list(dict.fromkeys(_boxed(text, held)[1]))


def boxed(text: str, held: Held = held) -> str:
    """``text`` with a box for each character that is not ``held``."""
    return _boxed(text, held)[0]


def _boxed(text: str, held: Held) -> tuple[str, list[str]]:
    if _EVERYDAY.fullmatch(text):
        return text, []
    missing: list[str] = []
    drawn = []
    for cluster in clusters(text):
        if all(map(held, cluster)):
            drawn.append(cluster)
        else:
            drawn.append(BOX)
            missing.append(cluster)
    return "".join(drawn), missing


def printable(document: Document, held: Held = held) -> Document:
    """An annex or a sheet with boxes for what is not ``held``, and a remark that names them."""
    missing: dict[str, list[str]] = {}
    made = _printable(document, "", held, missing)
    if not missing:
        return document
    remarks = (*made.remarks, _remark(missing))
    return replace(made, remarks=remarks)


def _printable(node: Any, place: str, held: Held, missing: dict[str, list[str]]) -> Any:
    """The node with boxes; ``missing`` gathers by the nearest ``place`` what they stand for."""
    if isinstance(node, str):
        drawn, lost = _boxed(node, held)
        if lost:
            missing.setdefault(place, []).extend(lost)
        return drawn
    if isinstance(node, tuple):
        return tuple(_printable(member, place, held, missing) for member in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    here = getattr(node, "place", place)
    parts = {
        part.name: _printable(getattr(node, part.name), here, held, missing)
        for part in fields(node)
        if part.init
    }
    return replace(node, **parts)


def _remark(missing: dict[str, list[str]]) -> str:
    named = [
        _("%(place)s：%(signs)s") % {"place": place or _("题名和表头"), "signs": signs_named(signs)}
        for place, signs in missing.items()
    ]
    return _("下列字符没有字体可印，以“%(box)s”代替。%(places)s。") % {
        "box": BOX,
        "places": "；".join(_boxed(name, held)[0] for name in named[:_MOST_NAMED]),
    }


def signs_named(signs: Iterable[str]) -> str:
    """``U+1F44D`` for each, parts of one joined by +; what a reader can look up."""
    each = dict.fromkeys(
        "+".join(f"U+{ord(part):04X}" for part in sign if not _is_not_drawn(part)) for sign in signs
    )
    return "、".join([*each][:_MOST_NAMED])
