"""The county's table: nothing is entered before it was seen, and then what was seen."""

from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from openpyxl.styles import Font

from designation.administration import entering
from designation.administration.models import CountyTable, TableRow
from designation.administration.tables import accepting, bringing, parts, reading
from designation.administration.tables.columns import sheet
from designation.audit.models import AuditEvent
from designation.organizations.models import Jurisdiction, Organization, Person, Role, Seat
from designation.site import clock
from designation.site.jobs import running
from tests import factories
from tests.designation.administration.filled_in import (
    content,
    filled,
    rewritten,
    with_rows,
    workbook,
    write,
)
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

TOWN = "341821088000"
WHOLE = {
    "jurisdictions": [{"code": TOWN, "name_zh": "新设镇", "name_en": "New Town"}],
    "organizations": [
        # Below its superior in the file, and in the file only.
        {"name_zh": "新设村", "area_code": TOWN, "category": "农村", "superior": "新设镇党委"},
        {"name_zh": "新设镇党委", "area_code": TOWN, "body_kind": "乡镇(街道)党(工)委"},
    ],
    "people": [
        {"username": "xin.zhang", "full_name": "张新", "home": "新设村"},
        {"username": "xin.li", "full_name": "李新", "email": "xin.li@example.org"},
    ],
    "seats": [
        {"username": "xin.zhang", "role": "填报人", "organization": "新设村"},
        {"username": "xin.li", "role": "核查员", "area_code": "341821000000"},
    ],
}

# As spreadsheets keep a text of which a part is formatted: apart from the sheet, by its number.
PEOPLE = "xl/worksheets/sheet4.xml"
STRUCK = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<si><r><rPr><strike/></rPr><t>李</t></r><r><t>理新</t></r></si></sst>"
)
OF_STRINGS = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/>'
)


@pytest.fixture
def system(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


def page(name, *arguments):
    return reverse(f"organizations:{name}", args=arguments)


def send(client, person, file, name="录入表.xlsx"):
    """Upload it through the page; what it answers."""
    client.force_login(person)
    sheet = Sheet(client, page("table_add"))
    key = sheet.values["request_key"][0]
    told = {"file": SimpleUploadedFile(name, file), "request_key": key}
    return client.post(page("table_add"), told, follow=True)


def text_of(answer):
    root = html.fromstring(answer.content.decode())
    return " ".join(root.text_content().split())


def last():
    return CountyTable.objects.latest("pk")


def accept(client, person, name="table_accept"):
    client.force_login(person)
    return press(client, Sheet(client, page("table", last().pk), to=page(name, last().pk)))


def press(client, sheet):
    return client.post(sheet.address, sheet.values, follow=True)


def outcomes(table=None):
    rows = (table or last()).rows.values_list("sheet", "number", "outcome")
    return {(sheet, number): outcome for sheet, number, outcome in rows}


def told(sheet, row):
    """What is said at a row."""
    found = last().rows.get(sheet=sheet, number=row)
    return "\n".join(message for _column, message, _blocks in found.findings)


def standing():
    kinds = (Jurisdiction, Organization, Person, Seat)
    return [kind.objects.count() for kind in kinds]


def test_the_template_as_it_comes_holds_nothing_to_enter(client, system):
    client.force_login(system)
    file = b"".join(client.get(page("table_template")).streaming_content)

    answer = send(client, system, file)

    assert answer.status_code == 422
    assert "表里一行也没有填" in answer.content.decode()


def test_nothing_is_entered_before_it_was_accepted(client, system):
    before = standing()

    shown = send(client, system, filled(**WHOLE)).content.decode()

    assert standing() == before
    assert set(outcomes().values()) == {"new"}
    assert "新设镇党委" in shown
    assert AuditEvent.objects.get(action="table.bring").details == {"rows": 7}


def test_a_county_is_entered_from_one_file_by_two_administrators(client, system, security):
    send(client, system, filled(**WHOLE))
    assert "这一部分要等" in text_of(seen_by(client, security))

    accept(client, system)

    village = Organization.objects.get(name_zh="新设村")
    assert (village.superior.name_zh, village.jurisdiction.code) == ("新设镇党委", TOWN)
    assert Person.objects.get(username="xin.zhang").home_organization == village
    assert not Seat.objects.filter(person__username="xin.zhang").exists()

    accept(client, security, "table_seats")

    assert Seat.objects.get(person__username="xin.zhang").place == village
    acts = AuditEvent.objects.filter(actor__in=(system, security))
    assert set(acts.values_list("action", flat=True)) == {
        *("table.bring", "table.accept", "jurisdiction.add", "organization.add", "person.add"),
        "seat.give",
    }


def seen_by(client, person):
    client.force_login(person)
    return client.get(page("table", last().pk))


def test_the_same_file_twice_changes_nothing(client, system, security):
    send(client, system, filled(**WHOLE))
    accept(client, system)
    accept(client, security, "table_seats")
    before = standing()

    send(client, system, filled(**WHOLE))

    assert set(outcomes().values()) == {"same"}
    assert "没有要录入的内容" in text_of(seen_by(client, system))
    assert standing() == before


def test_a_correction_changes_only_what_differs_and_an_empty_cell_nothing(client, system):
    send(client, system, filled(**WHOLE))
    accept(client, system)
    corrected = filled(
        jurisdictions=[{"code": TOWN, "name_zh": "新设街道"}],
        people=[{"username": "xin.li", "email": "new@example.org"}, {"username": "xin.zhang"}],
    )

    shown = text_of(send(client, system, corrected))
    assert "xin.li@example.org → new@example.org" in shown
    assert list(outcomes().values()) == ["changed", "changed", "same"]
    accept(client, system)

    town = Jurisdiction.objects.get(code=TOWN)
    assert (town.name_zh, town.name_en) == ("新设街道", "New Town")
    assert town.former_names.get().name_zh == "新设镇"
    person = Person.objects.get(username="xin.li")
    assert (person.email, person.full_name) == ("new@example.org", "李新")


def test_a_row_with_a_fault_keeps_the_whole_file_out(client, system):
    rows = [{"username": "xin.li", "full_name": "李新", "email": "不是邮箱"}, {"username": "good"}]

    shown = text_of(send(client, system, filled(people=rows)))

    assert "人员，第 4 行" in shown
    assert "电子邮箱" in shown
    assert "还有出错的行" in shown
    assert outcomes() == {("people", 4): "fault", ("people", 5): "fault"}
    assert not Person.objects.filter(username="xin.li").exists()


def faulty(column, value, **rest):
    return {
        "organizations": [{"name_zh": "甲村", "area_code": "341821000000", column: value} | rest]
    }


@pytest.mark.parametrize(
    ("rows", "sheet", "said"),
    [
        (
            {"jurisdictions": [{"code": "341822100000", "name_zh": "外县镇"}]},
            "jurisdictions",
            "不在您管理的范围",
        ),
        (
            {"jurisdictions": [{"code": "341821088201", "name_zh": "甲村"}]},
            "jurisdictions",
            "后三位",
        ),
        ({"jurisdictions": [{"code": TOWN}]}, "jurisdictions", "不能为空"),
        ({"jurisdictions": [{"name_zh": "无码镇"}]}, "jurisdictions", "必须填写"),
        (faulty("area_code", "341822000000"), "organizations", "不在您管理"),
        (faulty("area_code", "341821099000"), "organizations", "还没有区划代码"),
        (faulty("category", "农庄"), "organizations", "不在列表里"),
        (faulty("superior", "没有的党委", category="农村"), "organizations", "没有名为"),
        (faulty("superior", "甲村", category="农村"), "organizations", "循环"),
        (faulty("name_en", "A Village"), "organizations", "申报类别"),
        ({"people": [{"username": "Wang Li!", "full_name": "王"}]}, "people", "小写字母"),
        (
            {"people": [{"username": "w", "full_name": "王", "home": "无此村"}]},
            "people",
            "没有名为",
        ),
        ({"people": [{"username": "w", "full_name": "=1+1"}]}, "people", "公式"),
        ({"people": [{"username": "w", "full_name": date(2026, 3, 5)}]}, "people", "当成了日期"),
        ({"seats": [{"username": "nobody", "role": "核查员"}]}, "seats", "没有账号"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_row(client, system, rows, sheet, said):
    send(client, system, filled(**rows))

    assert outcomes() == {(sheet, 4): "fault"}
    assert said in told(sheet, 4)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"role": "填报人"}, "请填写组织"),
        ({"role": "核查员"}, "请填写辖区代码"),
        ({"role": "核查员", "organization": "新设村", "area_code": TOWN}, "请空着"),
        ({"role": "核查员", "area_code": "341821000000", "starts_on": "2020-1-1"}, "不能早于今天"),
        ({"role": "核查员", "area_code": TOWN, "ends_on": "下周"}, "请填写日期"),
        ({"role": "审计管理员", "area_code": "341821000000"}, "不得兼任"),
    ],
)
def test_a_seat_is_judged_as_its_form_judges_it(client, system, row, said):
    beside = {"username": "xin.li", "role": "公示发布人", "area_code": "341821000000"}
    seats = [{"username": "xin.li"} | row, beside]

    send(client, system, filled(people=WHOLE["people"][1:], seats=seats))

    assert said in told("seats", 4)


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        (
            "jurisdictions",
            [{"code": TOWN, "name_zh": "甲镇"}, {"code": "３４１８２１０８８０００"}],
        ),
        (
            "organizations",
            [
                {"name_zh": "甲 村", "area_code": "341821000000", "category": "农村"},
                {"name_zh": "甲村", "area_code": "341821000000", "category": "社区"},
            ],
        ),
        ("people", [{"username": "wang", "full_name": "王"}, {"username": "ＷＡＮＧ"}]),
    ],
)
def test_what_stands_twice_in_the_file_is_told_at_the_second(client, system, sheet, rows):
    send(client, system, filled(**{sheet: rows}))

    assert outcomes() == {(sheet, 4): "new", (sheet, 5): "fault"}
    assert "与第 4 行重复" in told(sheet, 5)


def test_two_people_of_one_name_are_remarked_and_entered(client, system):
    rows = [{"username": f"wang.{n}", "full_name": "王伟"} for n in (1, 2)]

    send(client, system, filled(people=rows))

    assert "同名" in told("people", 4)
    assert set(outcomes().values()) == {"new"}


def test_a_name_borne_by_two_asks_for_the_area(client, county, system):
    towns = [
        factories.TownshipFactory(code=f"34182108{n}000", parent=county.jurisdiction)
        for n in (1, 2)
    ]
    for town in towns:
        factories.VillageFactory(jurisdiction=town, name_zh="同名村", superior=county.township)
    person = {"username": "w", "full_name": "王", "home": "同名村"}

    send(client, system, filled(people=[person]))
    assert "有几个组织都叫" in told("people", 4)

    send(client, system, filled(people=[person | {"home_code": towns[1].code}]))
    accept(client, system)
    assert Person.objects.get(username="w").home_organization.jurisdiction == towns[1]


def test_a_former_name_enters_nothing_a_second_time(client, county, system):
    village = county.village
    former = village.name_zh
    entering.change(village, {"name_zh": "更名后的村"}, actor=system)
    row = {"name_zh": former, "area_code": village.jurisdiction.code, "category": "农村"}

    send(client, system, filled(organizations=[row]))

    assert "已更名为“更名后的村”" in told("organizations", 4)


def test_an_account_of_another_county_stays_what_it_is(client, system):
    stranger = factories.PersonFactory(
        jurisdiction=factories.JurisdictionFactory(code="341822000000")
    )
    row = {"username": stranger.username, "full_name": "别名"}

    send(client, system, filled(people=[row]))

    assert "管理范围以外" in told("people", 4)


def test_columns_are_found_by_their_headings(client, system):
    book = openpyxl.Workbook()
    book.active.title = "人员"
    for row in (["姓名", "电子邮箱", "账号*"], ["王力", None, "wang.li"]):
        book.active.append(row)

    send(client, system, content(book))

    assert last().rows.get().values == {"username": "wang.li", "full_name": "王力"}


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("人员", {"G1": "手机"}, "表头应是：账号、姓名"),
        ("人员", {"A1": "用户"}, "“用户”不认识"),
        ("人员", {"B1": "账号"}, "有两列"),
        ("人员", {"A1": None}, "缺少“账号”列"),
        ("村组", {"A1": "名称"}, "“村组”不认识"),
    ],
)
def test_headings_that_nobody_knows_are_told_with_those_expected(
    client, system, sheet, cells, said
):
    book = workbook()
    write(book, "people", {"username": "wang", "full_name": "王"})
    told_in = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
    for place, text in cells.items():
        told_in[place] = text

    answer = send(client, system, content(book))

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_value_below_no_heading_is_told(client, system):
    book = workbook()
    write(book, "people", {"username": "wang", "full_name": "王"})
    book["人员"]["H4"] = "备注"

    send(client, system, content(book))

    assert "H 列没有表头" in told("people", 4)


def test_merged_cells_are_named(client, system):
    book = workbook()
    write(book, "people", {"username": "wang", "full_name": "王"})
    book["人员"].merge_cells("D4:D6")

    answer = send(client, system, content(book))

    assert answer.status_code == 422
    assert "“人员”D4:D6" in answer.content.decode()


def hide_row(page):
    page.row_dimensions[4].hidden = True


def hide_column(page):
    page.column_dimensions["B"].hidden = True


def hide_sheet(page):
    page.sheet_state = "hidden"


@pytest.mark.parametrize(
    ("hide", "said"),
    [
        (hide_row, "这一行是隐藏的"),
        (hide_column, "B 列是隐藏的，却有内容"),
        (hide_sheet, "“人员”表是隐藏的"),
    ],
)
def test_what_nobody_saw_in_the_sheet_is_told_and_not_entered(client, system, hide, said):
    book = workbook()
    write(book, "people", *WHOLE["people"][1:])
    hide(book["人员"])

    send(client, system, content(book))

    assert outcomes() == {("people", 4): "fault"}
    assert said in told("people", 4)
    assert "再上传" in told("people", 4)


def test_a_row_drawn_together_to_nothing_is_hidden(client, system):
    file = filled(people=WHOLE["people"][1:])
    flat = rewritten(file, PEOPLE, '<row r="4"', '<row ht="0" r="4"')

    send(client, system, flat)

    assert "这一行是隐藏的" in told("people", 4)


def test_what_is_hidden_and_says_nothing_is_no_fault(client, system):
    """Help and example are in the way of who fills it in, and so are sheets without a row."""
    book = workbook()
    write(book, "people", *WHOLE["people"][1:])
    book["岗位"].sheet_state = "hidden"
    for number in (2, 3, 9):
        book["人员"].row_dimensions[number].hidden = True
    book["人员"].column_dimensions["K"].hidden = True

    send(client, system, content(book))

    assert outcomes() == {("people", 4): "new"}


@pytest.mark.parametrize(("columns", "said"), [("AB", "整行划有删除线"), ("B", "B 列划有删除线")])
def test_what_is_struck_out_is_remarked_to_who_accepts_it(client, system, columns, said):
    book = workbook()
    people = {"xin.li": "李新", "xin.zhang": "张新"}
    write(book, "people", *({"username": one, "full_name": of} for one, of in people.items()))
    for column in columns:
        book["人员"][f"{column}4"].font = Font(strike=True)

    shown = text_of(send(client, system, content(book)))

    assert outcomes()["people", 4] == "new"
    assert said in told("people", 4)
    assert "有提示的 1 行，请先看过，再确认。" in shown
    remarked = text_of(client.get(page("table", last().pk), {"remarks": "remarked"}))
    assert "李新" in remarked
    assert "张新" not in remarked


def test_a_word_struck_out_within_a_cell_is_remarked(client, system):
    file = filled(people=[{"username": "xin.li", "full_name": "Lee"}])
    is_shared = 't="s"><v>0</v>'
    file = rewritten(
        file, PEOPLE, 't="inlineStr"><is><t>Lee</t></is>', is_shared, sharedStrings=STRUCK
    )
    file = rewritten(file, "[Content_Types].xml", "</Types>", f"{OF_STRINGS}</Types>")

    send(client, system, file)

    assert last().rows.get().values["full_name"] == "李理新"
    assert "B 列划有删除线" in told("people", 4)


@pytest.mark.parametrize("written", [46_388, "2027年1月1日", 20_270_101, date(2027, 1, 1)])
def test_a_day_is_read_however_the_spreadsheet_holds_it(client, system, written):
    seat = {"username": "xin.li", "role": "核查员", "area_code": "341821000000"}

    send(client, system, filled(people=WHOLE["people"][1:], seats=[seat | {"starts_on": written}]))

    assert last().rows.get(sheet="seats").values["starts_on"] == "2027-01-01"


def test_codes_held_as_numbers_are_codes(client, system):
    send(client, system, filled(jurisdictions=[{"code": int(TOWN), "name_zh": "甲镇"}]))

    assert last().rows.get().values["code"] == TOWN


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [("表.xls", b"x", "另存为 .xlsx"), ("表.xlsx", b"not a zip", "已损坏")],
)
def test_what_is_no_table_is_refused(client, system, name, file, said):
    answer = send(client, system, file, name=name)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_hundred_thousand_rows_are_refused_before_they_are_kept(client, system, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)

    answer = send(client, system, filled(people=[{"username": f"w{n}"} for n in range(4)]))

    assert "超过 3 行" in answer.content.decode()
    assert not CountyTable.objects.exists()
    assert not TableRow.objects.exists()


def test_at_the_real_bound_a_file_of_a_hundred_thousand_rows_says_what_to_do():
    """Rows written as text into the file of one: read until there are too many, and no further."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>w{n}</t></is></c></row>'
        for n in range(5, 100_005)
    )
    file = with_rows(filled(people=[{"username": "w"}]), rows)

    with pytest.raises(reading.Unreadable, match="这份表超过 30000 行。请拆成几份，分几次上传。"):
        for _row in reading.read("表.xlsx", file):
            pass


def test_what_changed_since_the_preview_is_shown_again_and_not_entered(client, system):
    person = factories.PersonFactory(jurisdiction=last_area(system), email="old@example.org")
    person.set_unusable_password()
    person.save()
    rows = [{"username": person.username, "email": "new@example.org"}]
    beside = [{"username": "xin.new", "full_name": "新人"}]
    send(client, system, filled(people=beside + rows))
    sheet = Sheet(client, page("table", last().pk), to=page("table_accept", last().pk))
    Person.objects.filter(pk=person.pk).update(email="other@example.org")

    answer = press(client, sheet)

    assert answer.status_code == 422
    shown = text_of(answer)
    assert "other@example.org → new@example.org" in shown
    assert "已变" in shown
    assert not Person.objects.filter(username="xin.new").exists()
    # What was seen before is not accepted; what is seen now is.
    assert press(client, sheet).status_code == 422
    accept(client, system)
    assert Person.objects.get(pk=person.pk).email == "new@example.org"


def last_area(person):
    return person.seats.get().jurisdiction


def test_each_part_is_accepted_by_its_own_administrator(client, system, security):
    send(client, system, filled(**WHOLE))
    table = last()

    assert client.post(page("table_seats", table.pk)).status_code == 404
    client.force_login(security)
    assert client.post(page("table_accept", table.pk)).status_code == 404
    assert client.get(page("table_add")).status_code == 404
    assert client.get(page("table", table.pk)).status_code == 200


def test_a_table_is_seen_in_its_own_county_only(client, system):
    send(client, system, filled(**WHOLE))
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, elsewhere))

    assert client.get(page("table", last().pk)).status_code == 404
    assert "录入表.xlsx" not in client.get(page("tables")).content.decode()


def test_the_next_table_of_the_area_takes_the_place_of_the_last(client, system):
    send(client, system, filled(**WHOLE))
    first = last()

    send(client, system, filled(people=WHOLE["people"][1:], seats=WHOLE["seats"]))

    assert not first.rows.exists()
    client.force_login(system)
    assert "不再保留" in client.get(page("table", first.pk)).content.decode()


def test_a_part_that_waits_to_be_accepted_outlives_a_table_without_it(client, system, security):
    only = {name: WHOLE[name] for name in ("jurisdictions", "organizations", "people")}
    send(client, system, filled(**WHOLE))
    first = last()
    accept(client, system)

    send(client, system, filled(**only))

    assert set(outcomes(first)) == {("seats", 4), ("seats", 5)}
    client.force_login(security)
    press(client, Sheet(client, page("table", first.pk), to=page("table_seats", first.pk)))
    assert Seat.objects.filter(person__username="xin.zhang").exists()
    send(client, system, filled(**only))
    assert not first.rows.exists(), "what was accepted goes"


def on_the_desk(client, person):
    client.force_login(person)
    return page("table", last().pk) in client.get("/", follow=True).content.decode()


def test_a_part_stands_on_the_desk_of_who_may_accept_it_now(client, system, security):
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    stranger = factories.seated(Role.SECURITY_ADMINISTRATOR, elsewhere)
    everybody = (system, security, stranger)
    send(client, system, filled(**WHOLE))

    assert [on_the_desk(client, one) for one in everybody] == [True, False, False]
    accept(client, system)
    assert [on_the_desk(client, one) for one in everybody] == [False, True, False]
    accept(client, security, "table_seats")
    assert [on_the_desk(client, one) for one in everybody] == [False, False, False]


def set_aside(client, person, name):
    client.force_login(person)
    address = page(name, last().pk)
    return Sheet(client, page("table", last().pk), to=address).send(aside="yes")


def test_a_part_that_is_not_entered_waits_for_nobody_any_more(client, system, security):
    send(client, system, filled(**WHOLE))
    accept(client, system)

    answer = set_aside(client, security, "table_seats")

    assert answer.url == page("table", last().pk), "no password is asked for: nothing is given"
    assert "这一部分不录入了，什么也没有改动" in text_of(client.get(answer.url))
    assert not on_the_desk(client, security)
    assert not Seat.objects.filter(person__username="xin.zhang").exists()
    assert AuditEvent.objects.get(action="table.set_aside").details == {"rows": 2}
    send(client, system, filled(**WHOLE))
    assert on_the_desk(client, security), "the same file may be uploaded again"


def test_what_was_entered_stays_where_a_part_is_set_aside_and_another_may_not(
    client, system, security
):
    send(client, system, filled(**WHOLE))

    assert client.post(page("table_seats", last().pk), {"aside": "yes"}).status_code == 404
    accept(client, system)
    client.post(page("table_accept", last().pk), {"aside": "yes"})

    assert Person.objects.filter(username="xin.zhang").exists()
    assert last().rows.filter(is_entered=True).count() == 5
    assert not AuditEvent.objects.filter(action="table.set_aside").exists()


def test_a_part_with_a_fault_waits_for_nobody(client, system):
    send(client, system, filled(people=[{"username": "wang", "full_name": "王", "home": "没有"}]))

    assert not on_the_desk(client, system)


@pytest.fixture
def by_a_worker(monkeypatch):
    """A table of more than two rows is long."""
    for room in (bringing, accepting):
        monkeypatch.setattr(room, "AT_ONCE", 2)


def test_a_long_table_is_judged_and_entered_by_a_worker(client, system, by_a_worker):
    send(client, system, filled(**WHOLE))
    assert "排队中" in text_of(seen_by(client, system))
    running.run(last().job_id)
    assert set(outcomes().values()) == {"new"}

    accept(client, system)
    assert not Person.objects.filter(username="xin.li").exists()
    running.run(last().job_id)

    assert Organization.objects.get(name_zh="新设村").superior.name_zh == "新设镇党委"
    assert "已录入" in text_of(seen_by(client, system))


def test_nothing_is_set_aside_while_a_worker_enters_it(client, system, by_a_worker):
    send(client, system, filled(**WHOLE))
    running.run(last().job_id)
    accept(client, system)

    answer = client.post(page("table_accept", last().pk), {"aside": "yes"})

    assert "正在办理，请等它结束" in text_of(answer)
    running.run(last().job_id)
    assert Person.objects.filter(username="xin.li").exists()


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(
    client, system, by_a_worker, monkeypatch, held_clock
):
    monkeypatch.setattr("designation.administration.tables.running.ROWS_A_CHUNK", 2)
    send(client, system, filled(**WHOLE))
    running.run(last().job_id)
    accept(client, system)
    whole, calls = accepting.enter, []

    def dies(rows, judging):
        calls.append(rows)
        if len(calls) == 2:
            raise KeyboardInterrupt
        whole(rows, judging)

    monkeypatch.setattr(accepting, "enter", dies)
    with pytest.raises(KeyboardInterrupt):
        running.run(last().job_id)
    monkeypatch.setattr(accepting, "enter", whole)
    held_clock.move_to(clock.now() + timedelta(minutes=3))
    running.run(last().job_id)

    assert Jurisdiction.objects.filter(code=TOWN).count() == 1
    assert last().rows.filter(is_entered=True).count() == 5
    assert AuditEvent.objects.filter(action="person.add").count() == 2


def test_a_worker_leaves_out_what_changed_and_the_preview_shows_it(
    client, system, by_a_worker, county
):
    send(client, system, filled(**WHOLE))
    running.run(last().job_id)
    accept(client, system)
    Person.objects.create_user("xin.li", full_name="另一个人", jurisdiction=county.jurisdiction)
    running.run(last().job_id)

    shown = text_of(seen_by(client, system))
    assert "已变" in shown
    assert Person.objects.get(username="xin.li").full_name == "另一个人"
    assert Person.objects.filter(username="xin.zhang").exists()
    accept(client, system)
    assert Person.objects.get(username="xin.li").full_name == "李新"


def test_what_a_worker_entered_stays_when_it_is_stopped(client, system, by_a_worker):
    send(client, system, filled(**WHOLE))
    running.run(last().job_id)
    accept(client, system)

    client.post(page("table_stop", last().pk))

    running.run(last().job_id)
    assert not Person.objects.filter(username="xin.li").exists()
    assert "停" not in told("people", 4)
    accept(client, system)
    running.run(last().job_id)
    assert Person.objects.filter(username="xin.li").exists()


def test_a_table_that_was_not_judged_to_its_end_is_not_accepted(client, system, by_a_worker):
    send(client, system, filled(**WHOLE))

    client.post(page("table_stop", last().pk))

    assert "还没有核对完" in text_of(seen_by(client, system))
    client.post(page("table_stop", last().pk))


def test_who_lost_the_seat_meanwhile_enters_nothing(client, system, by_a_worker):
    send(client, system, filled(**WHOLE))
    running.run(last().job_id)
    accept(client, system)
    system.seats.update(ended_at=clock.now())

    running.run(last().job_id)

    assert not Jurisdiction.objects.filter(code=TOWN).exists()


def test_each_row_costs_the_same(client, system):
    """Linear: the statements for sixty rows are at most those for twenty, three times."""

    def statements(count):
        rows = [{"username": f"n{count}.{n}", "full_name": f"人{n}"} for n in range(count)]
        table = bringing.bring("a.xlsx", filled(people=rows), actor=system)
        with CaptureQueriesContext(
            connection,
        ) as spent:
            accepting.enter(parts.ENTRIES.left(table).order_by("pk"), judging(table, system))
        return len(spent)

    few, many = statements(20), statements(60)
    assert many <= 3 * few


def judging(table, person):
    return accepting.Judging(table, person)


def test_the_words_of_a_list_are_looked_up_once_and_not_for_each_cell():
    category = sheet("titles").column("category")

    assert category.words is category.words
    assert (category.code_of("农村"), category.code_of("ＮＣ")) == ("NC", "NC")
