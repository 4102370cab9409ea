"""Today's pages before a whole county, prefecture or province: statements, time, rows.

``SIZE=province make benchmarks ONLY=pages``; who looks is always of the same county of 500
applications, so a figure that grows with the size grows with what the viewer does not see.
"""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import translation

from benchmarks.apart import backend_time
from benchmarks.data import filling, sizes
from designation.applications.models import Application
from designation.organizations.models import Organization, Person
from designation.register.models import Designation
from designation.rounds.models import Round, RoundCategory
from workflows.models import Notice

TURNS = 15
_SIZE = "prefecture"
_MILLI = 1000


def held() -> datetime:
    """The clock of the pages: the moment at which the data stands."""
    return sizes.MOMENT


@dataclass(frozen=True, slots=True)
class Page:
    """``account`` is who looks, empty for the public."""

    name: str
    account: str
    address: str


@dataclass(slots=True)
class Figures:
    """Of one page. Times are processor milliseconds, of the web process and of its database."""

    statements: int = 0
    # Rows that came back, and rows that the database read for them.
    returned: int = 0
    touched: int = 0
    kilobytes: float = 0
    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)

    @property
    def processor(self) -> float:
        return statistics.median(self.web) + statistics.median(self.database)

    @property
    def line(self) -> str:
        web, database = (statistics.median(times) for times in (self.web, self.database))
        return (
            f"{self.statements:4} {web:8.1f} {database:8.1f} {self.returned:8,} {self.touched:10,}"
            f" {self.kilobytes:7.1f}"
        )


HEADING = "stmt   web ms    db ms     rows       read      kB"


class County:
    """The viewer's county: its people, and an application at each stage."""

    def __init__(self) -> None:
        self.area = Person.objects.get(username="county.coordinator").jurisdiction
        self.round = Round.objects.get(jurisdiction=self.area, status=Round.Status.OPEN)

    def at(self, stage: str) -> Application:
        return Application.objects.filter(round=self.round, stage=stage).order_by("pk")[0]

    def own(self, application: Application, role: str) -> str:
        return str(_seated(role, organization=application.organization_id))

    def reviewer(self, application: Application) -> str:
        return str(_seated("first_reviewer", organization=application.reviewing_body_id))

    def verifier(self, application: Application) -> str:
        return str(application.visits.get().members.get(is_leader=True).person.username)


def _seated(role: str, **place: Any) -> str:
    found = Person.objects.filter(seats__role=role, **{f"seats__{k}": v for k, v in place.items()})
    return found.order_by("pk")[0].username


def pages() -> list[Page]:
    county = County()
    return [*_of_all(county), *_of_the_applicant(county), *_of_the_staff(county), *_of_the_public()]


def _of_all(county: County) -> Iterator[Page]:
    """The first page of each role, and the list of cases."""
    submitted, verifying = county.at("submitted"), county.at("verifying")
    accounts = {
        "preparer": county.own(submitted, "preparer"),
        "reviewer": county.reviewer(submitted),
        "coordinator": "county.coordinator",
        "verifier": county.verifier(verifying),
        "publisher": "county.publisher",
        "objection officer": "county.objections",
        "deciding officer": "county.decision",
    }
    for who, account in accounts.items():
        yield Page(f"desk, {who}", account, reverse("home"))
    cases = reverse("applications:list")
    yield Page("cases, all", "county.coordinator", cases)
    yield Page("cases, last page", "county.coordinator", f"{cases}?page=9")
    yield Page("cases, waiting", accounts["reviewer"], f"{cases}?waiting=1")
    yield Page("cases, found by name", "county.coordinator", f"{cases}?text=金溪")
    yield Page("cases, verifier's", accounts["verifier"], cases)
    yield Page("messages", "county.coordinator", reverse("messages:list"))
    # The frame of a page with a form of few fields: what the others are measured against.
    yield Page("next to nothing", "county.coordinator", reverse("organizations:settings"))


def _of_the_applicant(county: County) -> Iterator[Page]:
    draft, submitted, verified = (county.at(s) for s in ("draft", "submitted", "verified"))
    preparer = county.own(draft, "preparer")
    yield Page("case, draft", preparer, reverse("applications:case", args=[draft.pk]))
    yield Page("section, draft", preparer, reverse("applications:section", args=[draft.pk, 1]))
    yield Page("library", county.own(submitted, "head"), reverse("library:list"))
    yield Page(
        "case, submitted",
        county.own(submitted, "head"),
        reverse("applications:case", args=[submitted.pk]),
    )
    yield Page(
        "case, verified",
        county.own(verified, "head"),
        reverse("applications:case", args=[verified.pk]),
    )


def _of_the_staff(county: County) -> Iterator[Page]:
    submitted, recommended, verifying = (
        county.at(stage) for stage in ("submitted", "recommended", "verifying")
    )
    code = verifying.standard.items.order_by("order")[0].code
    village = Organization.objects.filter(applications=submitted).get()
    draft = Notice.objects.get(round=county.round, status=Notice.Status.DRAFT)
    entry = RoundCategory.objects.filter(round=county.round).order_by("pk")[0]
    for name, account, route, *arguments in (
        ("review", county.reviewer(submitted), "applications:review", submitted.pk),
        ("glance", "county.coordinator", "reports:board", county.round.pk),
        ("figures", "county.coordinator", "reports:figures", county.round.pk),
        ("figures of items", "county.coordinator", "reports:item_figures", county.round.pk),
        ("figures of the year", "county.coordinator", "reports:year_figures"),
        ("choosing, standing", "county.coordinator", "selections:round", county.round.pk),
        ("choosing, sheet", "county.coordinator", "selections:compose", *_to_choose_in(county)),
        ("visit", "county.coordinator", "applications:visit", recommended.pk),
        ("verify", county.verifier(verifying), "applications:verify", verifying.pk),
        ("measure", county.verifier(verifying), "applications:measure", verifying.pk, code),
        ("notices desk", "county.coordinator", "notices:desk"),
        ("notice, composed", "county.coordinator", "notices:compose", county.round.pk),
        ("notice, managed", "county.decision", "notices:manage", draft.pk),
        ("designate", "county.decision", "designations:designate", county.round.pk),
        ("replay, chosen", "county.standards", "replays:choose"),
        ("replay, begun", "county.standards", "replays:begin", entry.pk),
        ("organizations", "admin.system", "organizations:organizations"),
        ("organization", "admin.system", "organizations:organization_edit", village.pk),
        ("organization, new", "admin.system", "organizations:organization_add"),
        ("jurisdictions", "admin.system", "organizations:jurisdictions"),
        ("people", "admin.system", "organizations:people"),
        ("person, new", "admin.system", "organizations:person_add"),
        ("seats", "admin.security", "organizations:seats"),
        ("seat, new", "admin.security", "organizations:seat_add"),
        ("log", "admin.audit", "audit:list"),
    ):
        yield Page(name, account, reverse(route, args=arguments))
    yield Page("log, by name", "admin.audit", reverse("audit:list") + "?application=金溪")
    yield Page("log, last page", "admin.audit", reverse("audit:list") + "?page=90")


def _to_choose_in(county: County) -> tuple[int, str]:
    """The round with the category in which most wait for a meeting."""
    waiting = Application.objects.filter(round=county.round, stage="verified")
    counted = waiting.values_list("category").annotate(number=Count("pk"))
    category, _number = counted.order_by("-number", "category")[0]
    return county.round.pk, category


def _of_the_public() -> Iterator[Page]:
    county = County()
    published = Notice.objects.get(round=county.round, status=Notice.Status.PUBLISHED)
    title = Designation.objects.filter(application__round__jurisdiction=county.area).earliest("pk")
    register = public("register:list")
    yield Page("front page", "", public("home"))
    yield Page("rounds", "", public("rounds:list"))
    yield Page("round", "", public("rounds:detail", args=[county.round.pk]))
    yield Page("notices", "", public("notices:list"))
    yield Page("notice", "", public("notices:detail", args=[published.pk]))
    yield Page("register", "", register)
    yield Page("register, second page", "", f"{register}?page=2")
    yield Page("register, found by name", "", f"{register}?text=金溪")
    yield Page("register, as of a day", "", f"{register}?on={title.designated_on}")
    yield Page("register, in force then", "", f"{register}?on={title.designated_on}&status=valid")
    yield Page("register, found by initials", "", f"{register}?text=jx")
    yield Page("register, found by number", "", f"{register}?text={title.number}")
    yield Page("register, found nowhere", "", f"{register}?text=无此村")
    yield Page("title", "", public("register:detail", args=[title.number]))
    yield Page("standards", "", public("standards:list"))
    yield Page("standard", "", public("standards:detail", args=["NC"]))


def public(name: str, args: Sequence[Any] = ()) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, urlconf=settings.PUBLIC_URLCONF, args=args)


@contextmanager
def _counting_rows(figures: Figures) -> Iterator[None]:
    """Rows that came back to the page, and rows that the database read for them."""

    def count(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        found = execute(statement, parameters, many, context)
        if statement.lstrip().startswith("SELECT"):
            figures.returned += max(context["cursor"].rowcount, 0)
        return found

    with transaction.atomic():
        before = _read_so_far()
        with connection.execute_wrapper(count):
            yield
        figures.touched = _read_so_far() - before


def _read_so_far() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)"
            " FROM pg_stat_xact_user_tables"
        )
        return int(cursor.fetchone()[0])


def measure(page: Page) -> Figures:
    client, figures, backend = Client(), Figures(), backend_time()
    if page.account:
        client.force_login(Person.objects.get(username=page.account))
    answer = client.get(page.address)
    if answer.status_code != 200:  # noqa: PLR2004 - the page was got
        raise RuntimeError(f"{page.name} ({page.address}) answers {answer.status_code}")
    figures.kilobytes = len(answer.content) / 1000
    for _turn in range(TURNS):
        web, database = time.process_time(), backend()
        client.get(page.address)
        figures.web.append((time.process_time() - web) * _MILLI)
        figures.database.append((backend() - database) * _MILLI)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.address)
    figures.statements = len(captured)
    with _counting_rows(figures):
        client.get(page.address)
    return figures


def main() -> None:
    name = os.environ.get("SIZE") or _SIZE
    titles = os.environ.get("TITLES")
    size = sizes.size(name, int(titles) if titles else None)
    begun = time.perf_counter()
    filling.fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(
        f"Pages before a {name}: {size.applications:,} applications, {size.titles:,} titles"
        f" (written in {time.perf_counter() - begun:.0f} s); medians of {TURNS},"
        " processor time, templates included:"
    )
    print(f"  {'':26} {HEADING}")
    with override_settings(DEBUG=False, CLOCK="benchmarks.pages.held"):
        for page in pages():
            print(f"  {page.name:26} {measure(page).line}", flush=True)
