"""What entering a row would do, by the rules of the forms, and against the rows beside it.

A row may name what stands only in another row of the file: it is judged as if that were entered.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.site import clock, filling
from designation.site.refusal import Finding, Refusal
from designation.site.sameness import key_of

from ...organizations import names, tenure
from ...organizations.divisions import code_above, level_of
from ...organizations.models import Jurisdiction, Organization, Person, Role, Seat
from ...organizations.rules import seats
from ...organizations.scoping import Administered
from .. import entering, seating
from ..models import CountyTable, Outcome, TableRow
from ..rules import Entered
from . import titles
from .columns import YES
from .parts import ROLES, SEATS, accepts
from .verdicts import Fault, Verdict

# By column of the record, the one of the table in which its value stands.
_STANDS_IN = {
    "jurisdiction": "area_code",
    "home_organization": "home",
}
# By column that names an organization, the one beside it that tells its area.
_ITS_AREA = {"organization": "area_code", "superior": "superior_code", "home": "home_code"}
# A chain of superiors that is longer is taken for a loop; as in ``conditions``.
_LONGEST_CHAIN = 20


class Judging:
    """Judges the rows of one table for one administrator, whose rights are read once."""

    def __init__(self, table: CountyTable, actor: Person) -> None:
        self.table, self.actor = table, actor
        self.mine = Administered(actor, *ROLES)
        self.areas: dict[str, Jurisdiction] = {}
        self.titles = titles.Titles(table)

    def judge(self, row: TableRow) -> Verdict:
        """Five statements or so."""
        verdict = self._judged(row)
        if remarks := _read(row, blocks=False):
            return replace(verdict, findings=(*verdict.findings, *remarks))
        return verdict

    def _judged(self, row: TableRow) -> Verdict:
        told = _read(row, blocks=True) or list(self._doubled(row))
        if told:
            return Verdict(Outcome.FAULT, findings=tuple(told))
        by_sheet: dict[str, Callable[[TableRow], Verdict]] = {
            "jurisdictions": self._jurisdiction,
            "organizations": self._organization,
            "people": self._person,
            "seats": self._seat,
            "titles": self._title,
        }
        try:
            return by_sheet[row.sheet](row)
        except Fault as fault:
            return Verdict(Outcome.FAULT, findings=((fault.column, str(fault), True),))
        except Refusal as refused:
            return Verdict(Outcome.FAULT, findings=tuple(_told(refused.findings)))

    def needed(self, row: TableRow) -> Iterable[TableRow]:
        """The rows of the same sheet that are entered before it."""
        if row.sheet == "organizations" and (name := row.values.get("superior")):
            named = self._rows("organizations").filter(name_key=key_of(name))
            yield from named.exclude(pk=row.pk).filter(is_entered=False)[:_LONGEST_CHAIN]
        if row.sheet == "jurisdictions":
            above = code_above(row.key) or ""
            yield from self._rows("jurisdictions").filter(key=above, is_entered=False)

    # What a row says, sheet by sheet.

    def _jurisdiction(self, row: TableRow) -> Verdict:
        code = row.values["code"]
        if level_of(code) is not None and not self._is_mine(code):
            raise Fault("code", _foreign(code))
        held = Jurisdiction.objects.filter(code=code).first()
        values = _given(row, "name_zh", "name_en")
        if held is not None:
            return self._changed(held, values)
        return self._new(Jurisdiction, {"code": code} | values, parent=code_above(code))

    def _organization(self, row: TableRow) -> Verdict:
        area = self._area(row.values["area_code"], "area_code")
        named = list(names.organizations_in(area).filter(name_key=key_of(row.values["name_zh"])))
        if len(named) > 1:
            raise Fault("name_zh", _("系统中有几个同名的组织，请先在“组织”页更名，再用表更正。"))
        values = _given(row, "name_en", "category", "body_kind", "is_active")
        if name := row.values.get("superior"):
            code = row.values.get("superior_code", "")
            values["superior"] = self._called(name, code, "superior", near=area)
            self._refuse_a_loop(row, values["superior"])
        if named:
            return self._changed(named[0], values)
        self._refuse_a_former_name(row, area)
        new = {"name_zh": row.values["name_zh"], "jurisdiction": area}
        return self._new(Organization, new | values)

    def _person(self, row: TableRow) -> Verdict:
        held = Person.objects.filter(username=row.values["username"]).first()
        values = _given(row, "full_name", "email", "is_active")
        if name := row.values.get("home"):
            code = row.values.get("home_code", "")
            values["home_organization"] = self._called(name, code, "home")
        if held is None:
            new = {"username": row.values["username"]} | values
            return self._new(Person, new, remarks=self._namesakes(row))
        if not self.mine.own_people().filter(pk=held.pk).exists():
            told = _("账号“%(name)s”已由您管理范围以外的人使用，请另取一个。")
            raise Fault("username", told % {"name": held.username})
        return self._changed(held, values)

    def _seat(self, row: TableRow) -> Verdict:
        person = self._person_named(row.values["username"])
        role = Role(row.values["role"])
        place = self._place(row, role)
        starts_on, ends_on = (_day(row.values.get(name)) for name in ("starts_on", "ends_on"))
        term = (starts_on, ends_on)
        if self._is_held(person, role, place, term):
            return Verdict(Outcome.SAME)
        actor = self.actor if accepts(self.actor, SEATS, self.table) else None
        seating.refuse_what_cannot_be(
            role, place, self._roles_beside(row, person, term), term, actor=actor
        )
        values = {"person": person, "role": role, "place": place}
        return Verdict(
            Outcome.NEW, Seat, values=values | {"starts_on": starts_on, "ends_on": ends_on}
        )

    def _title(self, row: TableRow) -> Verdict:
        code = row.values.get("area_code", "")
        name = row.values["organization"]
        holder = self._called(name, code, "organization", formerly=True)
        verdict = self.titles.judge(row, holder)
        if key_of(holder.name_zh) == key_of(name):
            return verdict
        told = _("“%(name)s”现在叫“%(now)s”，称号记在它名下。")
        said = {"name": name[:40], "now": holder.name_zh}
        formerly = ("organization", told % said, False)
        return replace(verdict, findings=(formerly, *verdict.findings))

    # What comes of it.

    def _new(
        self,
        kind: type[Entered],
        values: Mapping[str, Any],
        *,
        parent: str | None = None,
        remarks: Iterable[tuple[str, str, bool]] = (),
    ) -> Verdict:
        try:
            entering.proposed(kind, values, actor=self.actor)
        except Refusal as refused:
            # What the file itself holds above the row will be there by then.
            above = parent and self._rows("jurisdictions").filter(key=parent).exists()
            if not (above and refused.codes == ("no_parent",)):
                raise
        return Verdict(Outcome.NEW, kind, values=values, findings=tuple(remarks))

    def _changed(self, held: Entered, values: Mapping[str, Any]) -> Verdict:
        filled, _role = entering.proposed_change(held, values, actor=self.actor)
        if not filled.changes:
            return Verdict(Outcome.SAME)
        differences = {
            _STANDS_IN.get(name, name): said
            for name, said in filling.in_words(held, filled.changes).items()
        }
        # As it is on record: what it was filled with is only proposed.
        stands = type(held)(pk=held.pk)
        return Verdict(Outcome.CHANGED, type(held), stands, values, differences)

    # What a row names.

    def _rows(self, sheet: str) -> Any:
        return self.table.rows.filter(sheet=sheet)

    def _is_mine(self, code: str) -> bool:
        return seats(self.actor).holds_over(code, *ROLES)

    def _area(self, code: str, column: str) -> Jurisdiction:
        """The area of the code, on record or in the file. Raises Fault."""
        if code in self.areas:
            return self.areas[code]
        if not self._is_mine(code):
            raise Fault(column, _foreign(code))
        if saved := Jurisdiction.objects.filter(code=code).first():
            self.areas[code] = saved
            return saved
        told = self._rows("jurisdictions").filter(key=code).first()
        level = level_of(code)
        if told is None or level is None:
            raise Fault(
                column,
                _("还没有区划代码为 %(code)s 的辖区，请核对，或在“辖区”表中补上。")
                % {"code": code[:40]},
            )
        return Jurisdiction(code=code, level=level, name_zh=told.values.get("name_zh", ""))

    def _called(
        self,
        name: str,
        code: str,
        column: str,
        *,
        near: Jurisdiction | None = None,
        formerly: bool = False,
    ) -> Organization:
        """The organization of that name, on record or in the file. Raises Fault.

        ``formerly``: where nobody is called so now, the one that was.
        """
        named = found = self._named(name, code, column, formerly=formerly)
        if len(found) > 1 and near is not None:
            found = [one for one in found if one.jurisdiction.code == near.code]
        if len(found) == 1:
            return found[0]
        said = {"name": name[:40]}
        if named:
            raise Fault(
                column, _("有几个组织都叫“%(name)s”，请在旁边填写它所在辖区的代码。") % said
            )
        if code and (elsewhere := self._named(name, "", column, formerly=formerly)):
            told = _("“%(name)s”不在 %(code)s，在%(where)s。请改填这一格，或者空着。")
            said |= {"code": code[:40], "where": "、".join(_place(one) for one in elsewhere)}
            raise Fault(_ITS_AREA[column], told % said)
        raise Fault(column, _("没有名为“%(name)s”的组织，请核对，或在“组织”表中补上。") % said)

    def _named(self, name: str, code: str, column: str, *, formerly: bool) -> list[Organization]:
        """All that are called so, or were where none is; a few of them."""
        key = key_of(name)
        mine = self.mine.organizations()
        told = self._rows("organizations").filter(name_key=key)
        if code:
            mine = mine.filter(jurisdiction__code=code)
            told = told.filter(values__area_code=code)
        found = {_key(one): one for one in mine.filter(name_key=key)[:_LONGEST_CHAIN]}
        for row in told[:_LONGEST_CHAIN]:
            if row.key not in found:
                found[row.key] = self._unsaved(row, column)
        if found or not formerly:
            return list(found.values())
        return list(mine.filter(former_names__name_key=key).distinct()[:_LONGEST_CHAIN])

    def _unsaved(self, row: TableRow, column: str) -> Organization:
        try:
            area = self._area(row.values["area_code"], "area_code")
        except (Fault, KeyError):
            told = _("“组织”表第 %(row)s 行有错，请先改好那一行。") % {"row": row.number}
            raise Fault(column, told) from None
        said = {name: row.values.get(name, "") for name in ("name_zh", "category", "body_kind")}
        return Organization(jurisdiction=area, **said)

    def _refuse_a_loop(self, row: TableRow, superior: Organization) -> None:
        """Follows the superiors as they will be once all rows are entered."""
        above: Organization | None = superior
        for _step in range(_LONGEST_CHAIN):
            if above is None:
                return
            if _key(above) == row.key:
                break
            told = self._rows("organizations").filter(key=_key(above)).first()
            if told is not None and (name := told.values.get("superior")):
                code = told.values.get("superior_code", "")
                above = self._called(name, code, "superior", near=above.jurisdiction)
            else:
                above = above.superior if above.pk else None
        raise Fault("superior", _("上级关系不能循环，请重新填写。"))

    def _refuse_a_former_name(self, row: TableRow, area: Jurisdiction) -> None:
        """An old file would enter what was renamed a second time."""
        if area.pk is None:
            return
        bore = names.organizations_in(area).filter(
            former_names__name_key=key_of(row.values["name_zh"])
        )
        if renamed := bore.first():
            told = _("“%(name)s”已更名为“%(now)s”，请改用现在的名称。")
            said = {"name": row.values["name_zh"], "now": renamed.name_zh}
            raise Fault("name_zh", told % said)

    def _namesakes(self, row: TableRow) -> Iterable[tuple[str, str, bool]]:
        """Others of the same name, remarked: there may be two people of one name."""
        beside = self._rows("people").filter(name_key=row.name_key).exclude(key=row.key)
        other = beside.values_list("key", flat=True).first()
        saved = self.mine.own_people().filter(name_key=row.name_key)
        other = other or saved.values_list("username", flat=True).first()
        if other and row.name_key:
            told = _("与账号“%(name)s”的人同名。确是两个人的不必改；是同一个人的，请只留一个账号。")
            yield "full_name", told % {"name": other}, False

    def _person_named(self, username: str) -> Person:
        if saved := self.mine.people().filter(username=username).first():
            if not saved.is_active:
                raise Fault("username", _("此人的账号已停用，不能授予岗位。"))
            return saved
        told = self._rows("people").filter(key=username).first()
        if told is None:
            raise Fault(
                "username",
                _("没有账号“%(name)s”，请核对，或在“人员”表中补上。") % {"name": username[:40]},
            )
        return Person(username=username, full_name=told.values.get("full_name", ""))

    def _place(self, row: TableRow, role: Role) -> Organization | Jurisdiction:
        name, code = (row.values.get(column, "") for column in ("organization", "area_code"))
        if role.is_held_in_an_organization:
            if not name:
                raise Fault("organization", _("这个角色须在组织中担任，请填写组织。"))
            return self._called(name, code, "organization")
        if name:
            raise Fault("organization", _("这个角色在辖区中担任，这一格请空着，填写辖区代码。"))
        if not code:
            raise Fault("area_code", _("这个角色须在辖区中担任，请填写辖区代码。"))
        return self._area(code, "area_code")

    def _is_held(
        self,
        person: Person,
        role: Role,
        place: Organization | Jurisdiction,
        term: tuple[date | None, date | None],
    ) -> bool:
        """Whether the person has it, as far as the row says its term. Raises Fault for another."""
        if person.pk is None or place.pk is None:
            return False
        own = person.seats.filter(tenure.not_over(), deputy_of__isnull=True)
        held = own.filter(role=role, **{role.held_in.value: place})
        starts_on, ends_on = term
        for seat in held:
            if starts_on in (None, seat.starts_on) and ends_on in (None, seat.ends_on):
                return True
        if held.filter(tenure.met_by(starts_on or clock.today(), ends_on)).exists():
            told = _("此人已有这个岗位，任期不同。请在“岗位授权”中终止后再授予。")
            raise Fault("starts_on" if starts_on else "ends_on", told)
        return False

    def _roles_beside(
        self, row: TableRow, person: Person, term: tuple[date | None, date | None]
    ) -> set[str]:
        beside = self._rows("seats").filter(values__username=row.values["username"])
        roles = set(beside.exclude(pk=row.pk).values_list("values__role", flat=True))
        if person.pk is not None:
            met = tenure.met_by(term[0] or clock.today(), term[1])
            roles |= set(person.seats.filter(met).values_list("role", flat=True))
        return {role for role in roles if role}

    def _doubled(self, row: TableRow) -> Iterable[tuple[str, str, bool]]:
        """A row that tells of the same thing as one above it."""
        same = self._rows(row.sheet).filter(key=row.key, pk__lt=row.pk)
        # By the key first: no walk through all rows until one of this key comes.
        first = same.order_by("key", "pk").first()
        if first is not None:
            told = _("与第 %(row)s 行重复，请只留一行。") % {"row": first.number}
            yield "", told, True


def _given(row: TableRow, *columns: str) -> dict[str, Any]:
    """What the row says of these columns; an empty cell leaves its column as it is."""
    return {
        name: row.values[name] == YES if name == "is_active" else row.values[name]
        for name in columns
        if name in row.values
    }


def _read(row: TableRow, *, blocks: bool) -> list[tuple[str, str, bool]]:
    """What reading said of the row: its faults, or what it only remarked."""
    told = ((column, message, not remark) for column, message, *remark in row.faults)
    return [one for one in told if one[2] == blocks]


def _key(organization: Organization) -> str:
    return organization_key(organization.jurisdiction.code, organization.name_zh)


def _place(organization: Organization) -> str:
    area = organization.jurisdiction
    return f"{area.name_zh}（{area.code}）"


def organization_key(code: str, name: str) -> str:
    """What tells organizations apart: the area, and the name in whatever spelling."""
    return f"{code} {key_of(name)}"[:400]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _foreign(code: str) -> str:
    told = _("区划代码 %(code)s 不在您管理的范围内，请核对；别的县由其系统管理员录入。")
    return told % {"code": code[:40]}


def _told(findings: Iterable[Finding]) -> Iterable[tuple[str, str, bool]]:
    for finding in findings:
        message = finding.message
        if finding.code == "work_waits":
            message = _("此人的岗位上还有没办完的事，请到“人员”页看过清单，再停用。")
        yield _STANDS_IN.get(finding.field, finding.field), message, True
