"""The public register over a thousand titles and over many: the same questions, side by side.

``TITLES=1000000 make benchmarks ONLY=register``. Each text fills a page in both, or finds the same
three titles in both: what the second takes more, the register's growth alone takes.
"""

import os
from collections.abc import Iterator

from django.db import connection
from django.test.utils import override_settings

from benchmarks.data import filling, sizes
from benchmarks.fresh import begin_anew
from benchmarks.pages import Figures, Page, measure, public
from designation.organizations.models import Jurisdiction, Organization, county_code
from designation.register.models import Designation, DesignationDecision, TitleStep
from designation.register.standing import Act

FEW, MANY = 1_000, 200_000
STATEMENTS_MOST, RATIO_MOST = 3, 2.0
# Borne by every village of the data, and by the three that are given here.
_FILLS, _FILLS_BY_INITIALS = "村党支部", "cdzb"
_RARE, _RARE_INITIALS = "独一无二", "dywe"
_DAY = "2024-01-01"
# On the first nearly nothing had been over yet, on the second nearly nothing is in force any more.
_FAR = ("2018-01-01", "2028-06-01", "2035-01-01")
_GIVEN_RARELY = 3


def arrange(titles: int) -> None:
    """A county with so many titles, and three more of one unit that nothing else is called like."""
    begin_anew()
    filling.fill(sizes.size("county", titles))
    area = Jurisdiction.objects.filter(organizations__designations__isnull=False).earliest("pk")
    unit = Organization.objects.create(name_zh=f"{_RARE}{_FILLS}", category="NC", jurisdiction=area)
    for decision in DesignationDecision.objects.order_by("pk")[:_GIVEN_RARELY]:
        given = Designation.objects.create(
            number=f"{area.code[:6]}-{decision.decided_on.year}-NC-R{decision.pk}",
            organization=unit,
            jurisdiction=area,
            name_zh=unit.name_zh,
            area_name_zh=area.name_zh,
            category="NC",
            decision=decision,
            designated_on=decision.decided_on,
            valid_until=decision.decided_on.replace(year=decision.decided_on.year + 3),
        )
        TitleStep.objects.create(
            title=given,
            act=Act.GIVEN,
            effective_on=given.designated_on,
            decision=decision,
            actor=decision.recorded_by,
            role="deciding_officer",
            at=decision.recorded_at,
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def questions() -> Iterator[tuple[str, str]]:
    """Of each its name and what it asks the list for."""
    number = Designation.objects.filter(name_zh__startswith=_RARE).earliest("pk").number
    area = Jurisdiction.objects.filter(organizations__designations__isnull=False).earliest("pk")
    texts = {
        "name, fills a page": _FILLS,
        "name, rare": _RARE,
        "initials, fill a page": _FILLS_BY_INITIALS,
        "initials, rare": _RARE_INITIALS,
        "number": number,
        "found nowhere": "无此村",
    }
    yield "all", ""
    yield "second page", "page=2"
    yield "twentieth page", "page=20"
    yield "by number", "order=number"
    for name, text in texts.items():
        yield name, f"text={text}"
    yield "area", f"area={area.code}"
    yield "county", f"area={county_code(area.code)}"
    yield "category", "category=NC"
    for status in ("valid", "warned", "expired", "revoked", "cancelled"):
        yield status, f"status={status}"
        yield f"{status}, fills a page", f"status={status}&text={_FILLS}"
        yield f"{status}, rare", f"status={status}&text={_RARE}"
        yield f"{status}, area", f"status={status}&area={area.code}"
        yield f"{status}, category", f"status={status}&category=NC"
        yield f"{status}, as of a day", f"status={status}&on={_DAY}"
        yield f"{status}, as of a day, fills", f"status={status}&on={_DAY}&text={_FILLS}"
    yield "as of a day", f"on={_DAY}"
    yield "as of a day, fills a page", f"on={_DAY}&text={_FILLS}"
    yield "as of a day, rare", f"on={_DAY}&text={_RARE}"
    for day in _FAR:
        for status in ("valid", "expired"):
            yield f"{status}, {day}", f"status={status}&on={day}"
            yield f"{status}, {day}, fills", f"status={status}&on={day}&text={_FILLS}"


def measured(titles: int) -> dict[str, Figures]:
    arrange(titles)
    address = public("register:list")
    return {name: measure(Page(name, "", f"{address}?{asked}")) for name, asked in questions()}


def compared(few: Figures, many: Figures) -> str:
    """Statements, and processor milliseconds of web process and database over few and over many."""
    ratio = many.processor / few.processor
    grows = many.statements > STATEMENTS_MOST or ratio > RATIO_MOST
    return (
        f"{many.statements:4} {few.processor:8.1f} {many.processor:8.1f} {ratio:6.2f}"
        f"{'  grows' if grows else ''}"
    )


def main() -> None:
    titles = int(os.environ.get("TITLES") or MANY)
    print(f"The register over {FEW:,} and {titles:,} titles, processor ms of web and database:")
    print(f"  {'':28} stmt      few     many  ratio")
    with override_settings(DEBUG=False, CLOCK="benchmarks.pages.held"):
        few, many = measured(FEW), measured(titles)
    for name, one in few.items():
        print(f"  {name:28} {compared(one, many[name])}", flush=True)
