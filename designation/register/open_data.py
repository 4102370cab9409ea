"""The register as open data: what a line of it says, and what stands above the lines.

The same titles and the same words as the public pages: that a title is warned or under order, and
not why. The fields are told in docs/open_data.md; whoever changes one raises ``FORMAT``.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from designation.site import clock
from standards.printing import spreadsheets

from . import queries
from .models import Designation

FORMAT = 2
FIELDS = (
    "number",
    "name_as_given",
    "name_then",
    "name_now",
    "area",
    "category",
    "category_name",
    "deciding_body",
    "document_number",
    "designated_on",
    "valid_until",
    "status",
    "status_name",
    "taken_over",
    "page",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lines: format, publisher, terms, when they were made, and of which day.

    ``pages`` is the address of the register's pages, to which each line adds its number.
    """

    as_of: date
    made_at: datetime
    pages: str

    @property
    def publisher(self) -> str:
        return settings.OPEN_DATA_PUBLISHER or settings.SITE_ADDRESS

    @property
    def licence(self) -> str:
        """What an installation says; else our default."""
        ours = _("可自由使用、转载和加工，请注明来源：%(publisher)s。") % {
            "publisher": self.publisher
        }
        return settings.OPEN_DATA_LICENCE or ours

    @property
    def said(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "publisher": self.publisher,
            "licence": self.licence,
            "generated_at": self.made_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
            "as_of": self.as_of.isoformat(),
            "language": get_language(),
        }


def line(title: Designation, head: Head) -> dict[str, Any]:
    """A title as of the day of ``head``, by ``FIELDS``."""
    said = (
        title.number,
        title.name,
        title.called_then or (title.name if title.then_zh else title.renamed_to or title.name),
        title.renamed_to or title.name,
        title.area_name,
        title.category,
        title.get_category_display(),
        title.decision.deciding_body,
        title.decision.document_number,
        title.designated_on.isoformat(),
        title.until.isoformat(),
        title.status,
        title.status_label,
        title.is_imported,
        f"{head.pages}{title.number}/",
    )
    return dict(zip(FIELDS, said, strict=True))


def as_csv(rows: Iterable[Designation], head: Head) -> Iterator[str]:
    """The terms in a first line behind a #, then the names of the fields, then a line a title."""
    yield from spreadsheets.csv_lines(
        [["# " + " · ".join(f"{name}={text}" for name, text in head.said.items())], FIELDS]
    )
    for title in rows:
        said = line(title, head)
        yield spreadsheets.csv_line(_plain(value) for value in said.values())


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def as_json(rows: Iterable[Designation], head: Head) -> Iterator[str]:
    """One object: what stands above the lines, and ``titles``; a line a title."""
    opened = _dumped(head.said)[:-1]
    yield f'{opened}, "titles": ['
    between = "\n"
    for title in rows:
        yield f"{between}{_dumped(line(title, head))}"
        between = ",\n"
    yield "\n]}\n"


def _dumped(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)


def entity_tag(asked: str) -> str:
    """Another one whenever what is ``asked`` may read otherwise.

    By what was recorded last of titles, names and certificates, the day and the language.
    """
    terms = (settings.OPEN_DATA_PUBLISHER, settings.OPEN_DATA_LICENCE)
    state = (FORMAT, *queries.recorded_last(), clock.today(), get_language(), asked, *terms)
    return f'W/"{salted_hmac("register.open_data", repr(state)).hexdigest()[:32]}"'
