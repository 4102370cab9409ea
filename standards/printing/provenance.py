"""What a printed file says of itself: who made it, when, and in which language it is."""

from datetime import UTC, datetime
from typing import Final

from django.utils.timezone import now
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ..language import is_english

MADE_BY: Final = "示范点创建评定系统"
CHINESE: Final = "zh-CN"
# Parts of python-docx's own template that speak of another maker, day and language.
_NOT_OURS = (
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def language() -> str:
    """The tag of the language that the words around the texts are in."""
    return "en-US" if is_english() else CHINESE


def made_at(dated: datetime | None) -> datetime:
    """The moment in UTC without its zone, as office files keep it; now where none is given."""
    return (dated or now()).astimezone(UTC).replace(microsecond=0, tzinfo=None)


def say_in_word(document: WordDocument, title: str, dated: datetime | None) -> None:
    """Write title, maker, moment and language, and leave nothing of the template's own."""
    core = document.core_properties
    core.title, core.comments, core.language = title, "", language()
    core.author = core.last_modified_by = MADE_BY
    core.created = core.modified = made_at(dated)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype in _NOT_OURS]:
            relations.pop(key)
    _set_language(document)


def _set_language(document: WordDocument) -> None:
    """In the defaults of every style and for the theme's fonts; no run says otherwise."""
    styles, settings = document.styles.element, document.settings.element
    for tag in (*styles.iter(qn("w:lang")), *settings.iter(qn("w:themeFontLang"))):
        tag.set(qn("w:val"), language())
        tag.set(qn("w:eastAsia"), CHINESE)
