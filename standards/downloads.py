"""What of a version can be taken away: its data, the annex that prints it, the sheet to fill in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .exporting import as_yaml
from .models import StandardVersion
from .printing import pdf, word
from .printing.annexes import annex
from .printing.sheets import sheet

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Download:
    """``label`` says on the page what it is; ``kept_as`` ends the name under which it is saved."""

    label: Any
    content_type: str
    kept_as: str
    made: Callable[[StandardVersion, datetime], bytes]


DATA_FILE = "standard.yaml"
DOWNLOADS: Mapping[str, Download] = {
    "annex.docx": Download(
        _("公文附件（Word）"),
        DOCX,
        "附件.docx",
        lambda version, at: word.annex_docx(annex(version), dated=at),
    ),
    "annex.pdf": Download(
        _("公文附件（PDF）"),
        PDF,
        "附件.pdf",
        lambda version, at: pdf.annex_pdf(annex(version), dated=at),
    ),
    "sheet.docx": Download(
        _("自评表（Word）"),
        DOCX,
        "自评表.docx",
        lambda version, at: word.sheet_docx(sheet(version), dated=at),
    ),
    "sheet.pdf": Download(
        _("自评表（PDF，打印填写）"),
        PDF,
        "自评表.pdf",
        lambda version, at: pdf.sheet_pdf(sheet(version), dated=at),
    ),
    DATA_FILE: Download(
        _("数据文件（YAML）"),
        "application/yaml; charset=utf-8",
        "数据.yaml",
        lambda version, _at: as_yaml(version).encode(),
    ),
}


def download(
    version: StandardVersion, file: str, *, at: datetime, content: bytes | None = None
) -> FileResponse:
    """The file of this name, or ``content`` under it. Raises Http404 for an unknown name.

    It bears the moment of its version's publication; a draft changes, and bears ``at``.
    """
    if file not in DOWNLOADS:
        raise Http404
    made = DOWNLOADS[file]
    name = f"{version.heading_printed}（第{version.number}版）{made.kept_as}"
    # A PDF opens where it was asked for: a phone keeps what it saves out of sight.
    return FileResponse(
        BytesIO(made.made(version, version.published_at or at) if content is None else content),
        as_attachment=made.content_type != PDF,
        filename=name,
        content_type=made.content_type,
    )


def links(route: str, *args: Any) -> list[tuple[str, Any]]:
    """Addresses and labels of all downloads; ``route`` takes ``args`` and the file's name."""
    return [(reverse(route, args=[*args, file]), made.label) for file, made in DOWNLOADS.items()]
