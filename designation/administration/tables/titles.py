"""Titles given before the system (称号): what a row of them would enter, and entering it.

A title is told by its document, its holder and its category. What stands in the register is not
changed by a table: what happens to a title has its own acts, each with its document.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.papers import numbers
from designation.register import giving, recognition
from designation.register.models import Designation, DesignationDecision
from designation.register.standing import Act
from designation.site import clock
from designation.site.personal_data import without_personal_data
from designation.site.sameness import key_of
from designation.site.templatetags.moments import day
from designation.site.text import excess_told
from standards.categories import Category

from ...organizations import succession
from ...organizations.models import Level, Organization, Person, head_of
from ..models import CountyTable, Outcome, TableRow
from .verdicts import Fault, Verdict

# By column that holds a text, where the register keeps it.
_KEPT_IN: dict[str, Any] = {
    "document_number": DesignationDecision.document_number,
    "deciding_body": DesignationDecision.deciding_body,
    "name_as_given": Designation.name_zh,
}
# What is beyond these may be so, and is more often a slip of the pen; our defaults.
_LONGEST_TERM = 10
_EARLIEST = 1980
# Where the names stand that an organization bore.
_FORMER = "former_names__name_key"
_TOLD_BY = ("area_code", "category", "deciding_body", "document_number")


class Titles:
    """Judges the rows of one table that tell of titles."""

    def __init__(self, table: CountyTable) -> None:
        self.table = table
        # By county and number, the first row of the file that bears it.
        self.first: dict[tuple[str, str], TableRow | None] = {}

    def judge(self, row: TableRow, holder: Organization) -> Verdict:
        """What the row would enter for ``holder``. Raises Fault."""
        said = row.values
        _refuse_what_does_not_fit(said)
        given_on, until = (date.fromisoformat(said[name]) for name in ("decided_on", "valid_until"))
        if given_on > clock.today():
            raise Fault("decided_on", _("决定日期不能晚于今天。"))
        if until <= given_on:
            raise Fault("valid_until", _("有效期至须在决定日期之后，请核对。"))
        first = self._first(row, holder)
        self._refuse_it_twice(row, holder)
        if first is not None and first.pk < row.pk:
            _refuse_another_document(row, first)
        stands = _standing(said, holder)
        decision = stands.decision if stands else _decision(said, holder)
        if decision is not None and (refused := giving.takes_no_former_title(decision)):
            raise Fault("document_number", refused.message)
        if decision is not None and decision.decided_on != given_on:
            told = _("这个发文字号已经登记，决定日期是%(on)s，请核对。")
            raise Fault("decided_on", told % {"on": day(decision.decided_on)})
        if stands is not None:
            return _as_it_stands(stands, until)
        if taken := giving.number_taken(
            said["document_number"], said["deciding_body"], given_on, holder.jurisdiction.code
        ):
            raise Fault("document_number", taken.message)
        passings = _passings(holder, given_on, until)
        values = {
            "holder": holder,
            "category": Category(said["category"]),
            "document": {name: said[name] for name in ("document_number", "deciding_body")},
            "given_on": given_on,
            "until": until,
            "name_as_given": said.get("name_as_given", ""),
            "passings": passings,
        }
        return Verdict(
            Outcome.NEW,
            Designation,
            values=values,
            # Told as a difference, so that whoever accepts has seen who will hold it.
            differences={"organization": [holder.name_zh, passings[-1].unit.name_zh]}
            if passings
            else {},
            findings=(
                *_slips(said, holder, given_on, until),
                *_given_beside(said, holder, decision),
                *(_passes(one) for one in passings),
            ),
        )

    def _refuse_it_twice(self, row: TableRow, holder: Organization) -> None:
        """The same title above, of its holder by another name or with another area code."""
        former = holder.former_names.values_list("name_zh", flat=True) if holder.pk else ()
        keys = {
            key(row.values | {"organization": name, "area_code": code})
            for name in (holder.name_zh, *former)
            for code in ("", holder.jurisdiction.code)
        }
        same = self.table.rows.filter(sheet=row.sheet, key__in=keys, pk__lt=row.pk)
        above = same.order_by("key", "pk").first()
        if above is not None:
            told = _("与第 %(row)s 行重复，请只留一行。")
            raise Fault("organization", told % {"row": above.number})

    def _first(self, row: TableRow, holder: Organization) -> TableRow | None:
        county = head_of(holder.jurisdiction.code, Level.COUNTY)
        if (county, row.name_key) not in self.first:
            rows = self.table.rows.filter(sheet=row.sheet, name_key=row.name_key)
            if not self.table.jurisdiction.code.startswith(county):
                # Of several counties each counts for itself.
                told = Q(values__area_code__startswith=county)
                rows = rows.filter(told | Q(pk__in=self._untold(rows, county)))
            # By the name first: no walk through all rows until one of this number comes.
            self.first[county, row.name_key] = rows.order_by("name_key", "pk").first()
        return self.first[county, row.name_key]

    def _untold(self, rows: QuerySet[TableRow], county: str) -> list[int]:
        """Those that leave the area to the name of the holder, which is or was one of the county.

        Read at once for all of a number: a document may have named hundreds.
        """
        leave_it = rows.filter(values__area_code__isnull=True)
        held = {
            pk: key_of(name)
            for pk, name in leave_it.values_list("pk", "values__organization")
            if name
        }
        if not held:
            return []
        beside = self.table.rows.filter(sheet="organizations", values__area_code__startswith=county)
        ours = Organization.objects.filter(jurisdiction__code__startswith=county)
        here: set[str] = set()
        for named, by in ((beside, "name_key"), (ours, "name_key"), (ours, _FORMER)):
            found = named.filter(**{f"{by}__in": set(held.values())})
            here.update(found.values_list(by, flat=True))
        return [pk for pk, name in held.items() if name in here]


def _refuse_another_document(row: TableRow, first: TableRow) -> None:
    """A number belongs to one document: the first row that bears it says of whom and when."""
    said = row.values
    body, on = (first.values.get(name) for name in ("deciding_body", "decided_on"))
    is_number = numbers.read(said["document_number"]) is not None
    if body and body != said["deciding_body"]:
        if is_number:
            told = _(
                "第 %(row)s 行的发文字号相同，审定机关写作“%(body)s”。同一份文件的审定机关"
                "请写得一字不差；不是同一份的，请核对发文字号。"
            )
            raise Fault("deciding_body", told % {"row": first.number, "body": body})
    elif on and on != said["decided_on"]:
        told = _(
            "第 %(row)s 行的发文字号相同，决定日期是%(on)s。同一份文件请按原件填同一日期；"
            "不是同一份的，请核对发文字号。"
        )
        on = day(date.fromisoformat(on))
        raise Fault("decided_on", told % {"row": first.number, "on": on})


def _refuse_what_does_not_fit(said: Mapping[str, str]) -> None:
    """What the register has no room for, and what the public must not read. Raises Fault."""
    for column, kept in _KEPT_IN.items():
        most, text = kept.field.max_length, said.get(column, "")
        if len(text) > most:
            raise Fault(column, excess_told(most, len(text)))
        try:
            without_personal_data(text)
        except ValidationError as refused:
            raise Fault(column, refused.messages[0]) from None


def key(said: Mapping[str, str]) -> str:
    """What tells a title of the file apart: its holder, category and document."""
    told = (said.get(name, "") for name in _TOLD_BY)
    return " ".join((key_of(said.get("organization", "")), *told))[:400]


def named(units: Collection[int]) -> set[str]:
    """The keys of all names that these organizations bear or bore."""
    found = Organization.objects.filter(pk__in=units).values_list("name_key", _FORMER)
    return {name for both in found for name in both if name}


def _decision(said: Mapping[str, str], holder: Organization) -> DesignationDecision | None:
    document = said["deciding_body"], said["document_number"]
    return giving.recorded_decision(*document, holder.jurisdiction.code)


def _standing(said: Mapping[str, str], holder: Organization) -> Designation | None:
    """The title that the row tells of, where the register holds it."""
    document = said["deciding_body"], said["document_number"]
    return giving.given_by(*document, holder, said["category"]) if holder.pk else None


def _as_it_stands(title: Designation, until: date) -> Verdict:
    known = _given_until(title)
    if known == until:
        return Verdict(Outcome.SAME)
    told = _(
        "名册中已有这个称号，有效期至%(until)s。表不能改动名册，请核对；名册登记错了的，"
        "请审定人在称号的页面点“更正有效期”。"
    )
    raise Fault("valid_until", told % {"until": day(known)})


def _given_until(title: Designation) -> date:
    """Its last day as it was given, by what set a slip right before another decision renewed it."""
    until = title.valid_until
    for step in title.steps.exclude(until=None):
        if step.act != Act.CORRECTED:
            break
        until = step.until or until
    return until


def _slips(
    said: Mapping[str, str], holder: Organization, given_on: date, until: date
) -> Iterator[tuple[str, str, bool]]:
    """What whoever accepts the row should hold against the document."""
    if given_on.year < _EARLIEST:
        told = _("决定日期早于%(year)s年，请与文件核对。")
        yield "decided_on", told % {"year": _EARLIEST}, False
    same_day = (until.year - _LONGEST_TERM, until.month, until.day)
    if same_day > (given_on.year, given_on.month, given_on.day):
        told = _("有效期超过 %(years)s 年，请与文件核对。")
        yield "valid_until", told % {"years": _LONGEST_TERM}, False
    if holder.category and holder.category != said["category"]:
        told = _("这个单位现在的类别是“%(category)s”，请与文件核对。")
        yield "category", told % {"category": holder.get_category_display()}, False


def _given_beside(
    said: Mapping[str, str], holder: Organization, decision: DesignationDecision | None
) -> Iterator[tuple[str, str, bool]]:
    """That the document gave the holder a title of another category: which of the two is it?"""
    if decision is None or holder.pk is None:
        return
    beside = decision.designations.filter(organization=holder).exclude(category=said["category"])
    if (other := beside.first()) is not None:
        told = _(
            "这份文件已授予这个单位“%(category)s”称号。那一个的类别登记错了的，"
            "请县级经办人先在称号的页面把它注销，再录入这一行。"
        )
        yield "category", told % {"category": other.get_category_display()}, False


def _passings(holder: Organization, given_on: date, until: date) -> list[recognition.Passing]:
    """Who has held it since, where the holder is no more. Raises Fault where none or several may.

    A reorganization that is recorded behind the giving asks which of them does; this one is past.
    """
    passings, left = recognition.passings(holder, given_on, until)
    if left is None:
        return passings
    said = {
        "basis": succession.basis_of(left),
        "heirs": "、".join(f"“{one.name_zh}”" for one in succession.heirs_of(holder)),
    }
    if not said["heirs"]:
        told = _(
            "%(basis)s没有单位承接，称号随之终止，不能再录入为有效。请删去这一行，旧名册原件另行存档。"
        )
        raise Fault("organization", told % said)
    told = _(
        "%(basis)s现在的单位是%(heirs)s。请按文件核对称号由哪个单位承接：“组织名称”改填这个单位，"
        "“命名时名称”按命名决定填写；都不承接的，请删去这一行。"
    )
    raise Fault("organization", told % said)


def _passes(one: recognition.Passing) -> tuple[str, str, bool]:
    told = _("%(basis)s录入后，称号自%(on)s起由“%(unit)s”持有（重新认定）。")
    basis = succession.basis_of(one.record)
    return (
        "organization",
        told % {"basis": basis, "on": day(one.on), "unit": one.unit.name_zh},
        False,
    )


@transaction.atomic
def enter(values: Mapping[str, Any], *, actor: Person) -> None:
    """Give the title, and record its document where none of its titles was entered before.

    Where the holder is no more it is held by who lives on in it. Raises Refusal for who does not
    decide for the area of the holder, and where that was reorganized meanwhile.
    """
    document, holder = values["document"], values["holder"]
    decision = _decision(document, holder) or giving.record_decision(
        **document,
        decided_on=values["given_on"],
        area_code=holder.jurisdiction.code,
        actor=actor,
    )
    title = giving.give(
        holder,
        category=values["category"],
        decision=decision,
        until=values["until"],
        actor=actor,
        name_as_given=values["name_as_given"],
        is_imported=True,
    )
    recognition.pass_on(title, values["passings"])
