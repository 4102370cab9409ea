"""What is still wanting before an application is handed in: in few lines, each a way there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standards.phrases import lead

from ...case.facts import Case
from ...findings import GateFinding
from . import sections

# Our default: what a section lacks beyond so much is one line, for it is not begun.
FEW: Final = 3
_OF_THE_POSTING: Final = "posting_"
_ON_THE_SUMMARY: Final[Mapping[str, str]] = {
    "no_summary": "summary",
    "part_not_corrected": "summary",
    "no_meeting": "approving_meeting_on",
    "meeting_in_future": "approving_meeting_on",
    "no_term": "term_began_on",
    "term_in_future": "term_began_on",
}


@dataclass(frozen=True, slots=True)
class Line:
    """``address`` is empty where nothing can be filled in."""

    said: str
    address: str


def lines(case: Case, findings: Iterable[GateFinding]) -> list[Line]:
    """``findings`` in the order of the standard, what concerns no item first."""
    found = list(findings)
    shown = [Line(words(one), elsewhere(case, one)) for one in found if not one.item_code]
    for section in case.standard.sections:
        codes = {item.code for item in section.items}
        own = [one for one in found if one.item_code in codes]
        if len(own) > FEW:
            name = lead(section.number_printed) + section.title_printed
            shown.append(Line(_so_many(name, len(own)), _place(case, own[0])))
        else:
            shown += [Line(f"{one.item_code} {words(one)}", _place(case, one)) for one in own]
    return shown


def words(finding: GateFinding) -> str:
    """The rule and what is the matter, in one."""
    return _("%(rule)s。%(message)s") % {"rule": finding.rule, "message": finding.message}


def _so_many(section: str, count: int) -> str:
    told = ngettext("%(section)s：还差 %(count)s 处", "%(section)s：还差 %(count)s 处", count)
    return told % {"section": section, "count": count}


def _place(case: Case, finding: GateFinding) -> str:
    field = finding.check_code or f"{finding.item_code}-conclusion"
    return sections.address(case.application, finding.item_code, field)


def elsewhere(case: Case, finding: GateFinding) -> str:
    """Where what concerns no item is filled in; "" where nothing can be."""
    if finding.code == "no_evidence":
        return sections.address(case.application, case.item_codes[0])
    if finding.code.startswith(_OF_THE_POSTING):
        page = reverse("applications:posting", args=[case.application.pk])
        return f"{page}#field-{finding.field}" if finding.field else page
    if finding.code == "paper_missing":
        return reverse("applications:signed_papers", args=[case.application.pk])
    field = _ON_THE_SUMMARY.get(finding.code)
    page = reverse("applications:summary", args=[case.application.pk])
    return f"{page}#field-{field}" if field else ""
