"""What the organization handed in last time, of the same category: offered again, or beside.

What may still be true (``standards.carrying``) waits in the new draft to be confirmed, a section
at a time; until then it is no answer. All else is asked anew, with last time's value beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from designation.applications import published, submissions
from designation.applications.models import Application, Evidence, PublishedLink, Stage
from designation.site import clock
from standards import carrying, catalogue, values
from standards.engine import evaluation as ev
from standards.engine.evaluation import Check, Item, Report, Standard
from standards.models import Item as StoredItem

from ...case.card import Last
from ...case.facts import Facts


@dataclass(frozen=True, slots=True)
class Said:
    """What was handed in then: answers by item code in JSON form, files as they were frozen."""

    standard_id: int
    at: datetime
    answers: Mapping[str, Mapping[str, Any]]
    evidence: tuple[Mapping[str, Any], ...] = ()
    links: tuple[Mapping[str, Any], ...] = ()
    term_began_on: str = ""

    def shown(self, code: str) -> Iterable[str]:
        """What showed an item: files by the hash of their content, published pages by address."""
        yield from (file["sha256"] for file in self.evidence if code in file["items"])
        yield from (link["address"] for link in self.links if link["item"] == code)


def of_one_item(code: str) -> QuerySet[Any]:
    """Within a statement about applications: what was said of one item, as ``read_item`` takes it.

    So a save of an item costs no statement more.
    """
    rows = submissions.before(
        OuterRef("organization"), OuterRef("category"), OuterRef("created_at"), OuterRef("pk")
    )
    said = JSONObject(
        standard=F("content__standard"), at=F("submitted_at"), item=F(f"content__answers__{code}")
    )
    return rows.values_list(said)[:1]


class LastTime(Facts):
    """The applicant's last handed-in application, as the draft draws on it. One statement."""

    def read_item(self, code: str, found: Mapping[str, Any] | None) -> None:
        """Take what ``of_one_item`` found: of one item alone."""
        if found is None:
            self.said = None
            return
        answers = {code: found["item"]} if found["item"] else {}
        self.said = Said(found["standard"], datetime.fromisoformat(found["at"]), answers)

    @cached_property
    def said(self) -> Said | None:
        """None where nothing was handed in, and once this application was: it says it itself."""
        application = self.case.application
        if application.stage != Stage.DRAFT:
            return None
        last = self._asked_along()
        if last is None:
            return None
        content, at = last["content"], datetime.fromisoformat(last["at"])
        return Said(
            content["standard"],
            at,
            content["answers"],
            tuple(content["evidence"]),
            tuple(content.get("links", ())),
            content["term_began_on"],
        )

    def _asked_along(self) -> Mapping[str, Any] | None:
        """As the pages ask along with the application; under the lock, one statement."""
        application = self.case.application
        if not hasattr(application, "said_before"):
            row = Application.objects.filter(pk=application.pk)
            return row.values_list(submissions.said_before(), flat=True).first()
        found: Mapping[str, Any] | None = application.said_before
        return found

    @property
    def standard(self) -> Standard | None:
        """The one that was answered then."""
        return catalogue.published(self.said.standard_id) if self.said else None

    @cached_property
    def values(self) -> dict[str, Any]:
        """By check code, in the shapes that ``evaluate`` takes."""
        if self.said is None:
            return {}
        return values.from_rows(each["values"] for each in self.said.answers.values())

    @cached_property
    def may_last(self) -> dict[str, Any]:
        """By check code, what is offered again, answered meanwhile or not."""
        if self.standard is None:
            return {}
        return carrying.all_carried(self.case.standard, self.values, self.standard)

    @property
    def carried(self) -> dict[str, Any]:
        """By check code, what waits to be confirmed: nothing else was answered there."""
        declared = self.case.declared
        out = {
            check.item_code
            for check in self.case.standard.checks
            if check.kind == ev.CONDITION and declared.get(check.code) is False
        }
        return {
            code: value
            for code, value in self.may_last.items()
            if code not in declared and self.case.standard.check(code).item_code not in out
        }

    @property
    def report(self) -> Report:
        """What is found once everything that waits is confirmed."""
        both = {**self.carried, **self.case.declared}
        return ev.evaluate(self.case.standard, both, "self_assessment")

    def of_item(self, item: Item) -> dict[str, Last]:
        """By check code, what stands beside its field; nothing where there was no last time."""
        if self.standard is None:
            return {}
        carried = self.carried
        return {check.code: self._last(check, check.code in carried) for check in item.checks}

    def _last(self, check: Check, is_carried: bool) -> Last:
        value, standard = self.values.get(check.code), self.standard
        is_condition = check.kind == ev.CONDITION
        found = None if standard is None or is_condition else carrying.news(check, standard)
        said = "" if value is None else self.in_words(check, value)
        return Last(said, is_carried, found or "")

    def in_words(self, check: Check, value: Any) -> str:
        """「去年：12 人」; of an earlier year, or twice in a year, 「上次：…」."""
        told = _("去年：%(value)s") if self.is_a_year_ago else _("上次：%(value)s")
        return told % {"value": values.show(check, value)}

    @property
    def is_a_year_ago(self) -> bool:
        if self.said is None:
            return False
        return self.said.at.astimezone(clock.SHANGHAI).year == self.case.today.year - 1

    @property
    def term_began_on(self) -> date | None:
        """The leadership may be the same."""
        if self.said is None or not self.said.term_began_on:
            return None
        return date.fromisoformat(self.said.term_began_on)

    def evidence(self, codes: list[str]) -> dict[str, list[Evidence]]:
        """By item code the files cited then that the library still holds and the item does not.

        One statement, none where nothing was cited for ``codes``.
        """
        cited = self.said.evidence if self.said else ()
        of = {file["id"]: [code for code in file["items"] if code in codes] for file in cited}
        wanted = [pk for pk, items in of.items() if items]
        if not wanted:
            return {}
        rows = Evidence.objects.filter(pk__in=wanted, entry__taken_out_at__isnull=True)
        here = {(file.entry_id, code) for file in self.case.evidence for code in file.item_codes}
        found: dict[str, list[Evidence]] = {}
        for row in rows.select_related("entry").order_by("pk"):
            for code in of[row.pk]:
                if (row.entry_id, code) not in here:
                    found.setdefault(code, []).append(row)
        return found

    def pages(self, item: StoredItem) -> list[PublishedLink]:
        """The published pages that the item rested on then, as rows that are not saved."""
        then = self.said.links if self.said else ()
        own = (page for page in then if page["item"] == item.code)
        return published.read(self.case.application, own, lambda _code: item)

    def pages_offered(self, item: StoredItem) -> list[PublishedLink]:
        """Of ``pages``, those that the item does not rest on now."""
        here = {link.address for link in self.case.links_of(item.code)}
        return [page for page in self.pages(item) if page.address not in here]

    def page(self, item: StoredItem, address: str) -> Mapping[str, Any]:
        """What was said then (``published.FIELDS``) of a page that the item rested on.

        Raises PageRefused for one that it did not rest on.
        """
        then = {page.address: page for page in self.pages(item)}
        if address not in then:
            told = _("上次本条没有登记这个网页，请在“用公开网页代替文件”中登记。")
            raise published.PageRefused.because("not_of_last_time", told)
        return {name: getattr(then[address], name) for name in published.FIELDS}
