"""What stands on the annex (附件) that prints a standard: its text, and where the text is from.

An official document is Chinese, whatever the language of the page it was asked on.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .. import queries
from ..language import of_the_record
from ..models import Item, StandardVersion
from ..phrases import lead

MARK = "附件"


@dataclass(frozen=True, slots=True)
class Clause:
    """An item as printed; ``basis`` names the public texts that a drafted one follows.

    ``place`` is by what a remark calls it.
    """

    text: str
    basis: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class AnnexSection:
    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """``under_title`` are marks that nobody may miss; ``remarks`` stand small at the end."""

    mark: str
    title: str
    under_title: tuple[str, ...]
    sections: tuple[AnnexSection, ...]
    remarks: tuple[str, ...]


def annex(version: StandardVersion) -> Annex:
    """The annex of a version as it stands now. Three statements."""
    with of_the_record():
        return Annex(
            mark=MARK,
            title=version.heading_printed,
            under_title=under_title(version),
            sections=tuple(
                AnnexSection(
                    f"{part.section.number_printed or ''}{part.section.title_printed}",
                    tuple(_clause(entry.item) for entry in part.items),
                )
                for part in queries.printed(version)
            ),
            remarks=remarks(version),
        )


def _clause(item: Item) -> Clause:
    return Clause(f"{lead(item.number_printed)}{item.text}", basis_of(item), place=item.code)


def basis_of(item: Item) -> str:
    """The public texts that a drafted item follows, in brackets; empty for an official one."""
    if not item.basis:
        return ""
    documents = "；".join(item.basis["documents"])
    if item.basis["own_draft"]:
        return _("（本条由我们拟写，参照：%(documents)s）") % {"documents": documents}
    return _("（本条公开依据：%(documents)s）") % {"documents": documents}


def under_title(version: StandardVersion) -> tuple[str, ...]:
    """What a reader must know before the first word, in the active language."""
    marks = []
    if version.is_drafted:
        marks.append(_("（参照公开依据拟写，并非文件原文）"))
    if version.status == StandardVersion.Status.DRAFT:
        marks.append(_("（草稿，尚未发布，不能用于申报）"))
    elif version.status == StandardVersion.Status.RETIRED:
        marks.append(_("（已停用的版本，仅供查阅）"))
    return tuple(marks)


def remarks(version: StandardVersion) -> tuple[str, ...]:
    """Source, version and hash, in the active language: what proves the sheet of paper."""
    source = version.source.get("document", "")
    number = version.source.get("document_number", "")
    said = []
    if source and not version.is_drafted:
        said.append(_("来源：%(document)s") % {"document": f"{source} {number}".strip()})
    if version.published_at:
        day = date_format(localtime(version.published_at), "DATE_FORMAT")
        said.append(
            _("第 %(number)s 版，%(day)s发布。内容校验码（SHA-256）：%(hash)s")
            % {"number": version.number, "day": day, "hash": version.content_hash}
        )
    else:
        said.append(_("第 %(number)s 版草稿。") % {"number": version.number})
    return tuple(said)
