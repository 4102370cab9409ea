"""A calendar year on its page: loaded by one person, confirmed by another, warned of if missing."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.calendar import loads, months, proposals, terms
from designation.calendar.models import CalendarException, CalendarLoad, CalendarYear
from designation.calendar.working_days import calendar, forget
from designation.organizations.models import Role
from designation.site import clock, seen_whole
from tests import factories
from tests.calendars import LINES_2027
from tests.sheets import Sheet, fill_in

pytestmark = pytest.mark.django_db

DOCUMENT = "国办发明电〔2026〕5号"
ADD = reverse("calendar:add")


@pytest.fixture(autouse=True)
def read_anew():
    yield
    forget()


@pytest.fixture
def administrator(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction, full_name="管一")


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def rows_of(lines=LINES_2027):
    return [line.split(",") for line in lines]


def csv_file(lines=LINES_2027, *, head="日期,类型", encoding="utf-8", name="2027.csv"):
    return SimpleUploadedFile(name, "\r\n".join([head, *lines]).encode(encoding))


def xlsx_file(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return SimpleUploadedFile("2027年.xlsx", held.getvalue())


def json_file(content):
    return SimpleUploadedFile("2027.json", json.dumps(content).encode())


def send(person, file, **typed):
    return Sheet(browser(person), ADD).send({"file": file, "document": DOCUMENT, **typed})


def faults(answer):
    assert answer.status_code == 422
    return answer.context["form"].errors["file"]


def loaded(administrator, lines=LINES_2027, **typed):
    answer = send(administrator, csv_file(lines), **typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return CalendarLoad.objects.latest("pk")


def load_page(load):
    return reverse("calendar:load", args=[load.pk])


def confirm(person, load, **typed):
    sheet = Sheet(browser(person), load_page(load), to="/confirm/")
    return sheet.send({"compared": "on"} | typed)


def test_one_person_loads_a_year_and_another_confirms_it_and_only_then_it_counts(
    county, administrator, django_capture_on_commit_callbacks
):
    load = loaded(administrator)
    assert 2027 not in calendar().years

    page = browser(county.coordinator).get(load_page(load)).content.decode()
    assert "全年 365 天，其中工作日 248 天" in page
    assert "2027年2月" in page
    assert "2026年2月" in page
    assert f"{DOCUMENT} ·" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(county.coordinator, load).url == reverse("calendar:year", args=[2027])

    assert calendar().period(date(2026, 12, 28), 5).last_day == date(2027, 1, 5)
    year = CalendarYear.objects.get(year=2027)
    assert year.source_document == DOCUMENT
    assert year.exceptions.count() == len(LINES_2027)
    shown = browser(administrator).get(reverse("calendar:year", args=[2027])).content.decode()
    assert "管一" in shown
    assert f"{county.coordinator.full_name} 2026年3月2日" in shown
    acts = AuditEvent.objects.filter(action__startswith="calendar.").order_by("sequence")
    assert [(event.action, event.actor_role) for event in acts] == [
        ("calendar.load", Role.SYSTEM_ADMINISTRATOR),
        ("calendar.confirm", Role.COUNTY_COORDINATOR),
    ]
    assert {event.details["document"] for event in acts} == {DOCUMENT}


def test_another_system_administrator_may_confirm(county, administrator):
    load = loaded(administrator)
    other = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)

    assert confirm(other, load).status_code == 302
    assert CalendarLoad.objects.get().outcome == "confirmed"


def test_who_loaded_it_does_not_confirm_it_in_whatever_seat(county, administrator):
    load = loaded(administrator)
    factories.SeatFactory(
        person=administrator, role=Role.COUNTY_COORDINATOR, jurisdiction=county.jurisdiction
    )
    page = browser(administrator).get(load_page(load))
    assert "须由另一位系统管理员或县级经办人确认" in page.content.decode()
    assert "/confirm/" not in page.content.decode()

    address = reverse("calendar:confirm", args=[load.pk])
    refused = browser(administrator).post(address, {"compared": "on"})

    assert refused.status_code == 422
    assert "这一年由您载入" in refused.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_the_database_lets_nobody_confirm_their_own_and_keeps_what_was_decided(
    county, administrator
):
    load = loaded(administrator)
    rows, coordinator = CalendarLoad.objects.filter(pk=load.pk), county.coordinator
    decided = {"outcome": "confirmed", "decided_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_by=administrator, **decided)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(year=2028)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(outcome="declined", decided_by=coordinator, decided_at=clock.now())
    rows.update(decided_by=coordinator, **decided)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(outcome="", decided_by=None, decided_at=None)


@pytest.mark.parametrize(
    "role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.DECIDING_OFFICER]
)
def test_the_act_itself_asks_who_may(county, administrator, role):
    other = factories.seated(role, county.jurisdiction)
    year = proposals.proposed("2027.csv", csv_file().read())
    with pytest.raises(loads.LoadRefused, match="只有系统管理员可以载入"):
        loads.bring(year, DOCUMENT, actor=other)
    load = loads.bring(year, DOCUMENT, actor=administrator)
    seen = seen_whole.as_shown(loads.as_shown(load))
    with pytest.raises(loads.LoadRefused, match="可以确认"):
        loads.confirm(load.pk, actor=other, seen=seen)
    with pytest.raises(loads.LoadRefused, match="可以退回"):
        loads.decline(load.pk, actor=other, reason="不对")
    with pytest.raises(loads.LoadRefused, match="理由"):
        loads.decline(load.pk, actor=administrator, reason=" ")


def test_a_right_is_asked_when_it_is_used(county, administrator):
    load = loaded(administrator)
    sheet = Sheet(browser(county.coordinator), load_page(load), to="/confirm/")
    county.coordinator.seats.update(ended_at=clock.now())

    assert sheet.send({"compared": "on"}).status_code == 404
    assert CalendarLoad.objects.get().outcome == ""


def test_it_is_confirmed_only_by_who_says_to_have_compared_it(county, administrator):
    load = loaded(administrator)
    refused = confirm(county.coordinator, load, compared=None)

    assert refused.status_code == 422
    assert "请先与通知原文核对" in refused.content.decode()
    assert CalendarLoad.objects.get().outcome == ""


def test_a_load_that_is_wrong_is_sent_back_with_its_reason_and_loaded_again(county, administrator):
    load = loaded(administrator)
    again = send(administrator, csv_file())
    assert faults(again) == ["2027 年已有一份日历等待确认，请先确认或退回那一份。"]

    empty = fill_in(browser(county.coordinator), load_page(load), {"reason": ""}, to="/decline/")
    assert empty.status_code == 422
    fill_in(browser(county.coordinator), load_page(load), {"reason": "漏了一天。"}, to="/decline/")
    load.refresh_from_db()

    assert (load.outcome, load.reason, load.decided_by) == (
        "declined",
        "漏了一天。",
        county.coordinator,
    )
    assert not CalendarYear.objects.filter(year=2027).exists()
    page = browser(administrator).get(load_page(load)).content.decode()
    assert "漏了一天。" in page
    assert loaded(administrator).pk != load.pk


def test_two_who_decide_one_after_the_other_are_told(county, administrator):
    load = loaded(administrator)
    other = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction, full_name="管二")
    late = Sheet(browser(county.coordinator), load_page(load), to="/confirm/")
    back = Sheet(browser(county.coordinator), load_page(load), to="/decline/")
    confirm(other, load)

    for sheet, typed in ((late, {"compared": "on"}), (back, {"reason": "有误。"})):
        answer = sheet.send(typed)
        assert answer.status_code == 422
        assert "管二已经办理：已确认启用。" in answer.content.decode()


def test_a_change_of_a_year_in_force_is_shown_day_by_day_and_takes_its_place_and_moves_no_end(
    county, administrator, django_capture_on_commit_callbacks
):
    rows = CalendarException.objects.filter(year=2026).values_list("date", "kind")
    lines = [f"{day},{kind}" for day, kind in rows]
    swapped = [*(line for line in lines if "10-10" not in line), "2026-10-11,make_up"]
    lasting = terms.begin(
        "application.submitted",
        about=county.village,
        at=datetime(2026, 9, 28, 2, tzinfo=UTC),
        days=5,
    )
    load = loaded(administrator, swapped)

    page = browser(county.coordinator).get(load_page(load)).content.decode()
    assert "与现行日历不同：2026年10月10日(周六)，补班 → 按周末规律" in page
    assert "与现行日历不同：2026年10月11日(周日)，按周末规律 → 补班" in page
    assert calendar().is_working(date(2026, 10, 10))
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(county.coordinator, load).status_code == 302

    assert not calendar().is_working(date(2026, 10, 10))
    before = lasting.due_at
    lasting.refresh_from_db()
    assert lasting.due_at == before
    told = AuditEvent.objects.get(action="calendar.confirm").details["changed"]
    assert told == {"2026-10-10": ["补班", "按周末规律"], "2026-10-11": ["按周末规律", "补班"]}


def test_what_was_confirmed_is_what_was_seen(county, administrator):
    rows = CalendarException.objects.filter(year=2026).values_list("date", "kind")
    load = loaded(administrator, [f"{day},{kind}" for day, kind in rows])
    sheet = Sheet(browser(county.coordinator), load_page(load), to="/confirm/")
    CalendarException.objects.filter(date="2026-10-10").delete()

    refused = sheet.send({"compared": "on"})

    assert refused.status_code == 422
    assert "现行日历在您打开页面后有改动" in refused.content.decode()


@pytest.mark.parametrize(
    "file",
    [
        lambda: csv_file(encoding="gb18030"),
        lambda: csv_file(head="date,kind"),
        lambda: csv_file([line.replace(",", "\t") for line in LINES_2027], head="日期\t类型"),
        lambda: csv_file(
            [
                f"{day.replace('-', '/')},{'放假' if kind == 'holiday' else '补班'}"
                for day, kind in rows_of()
            ]
        ),
        lambda: xlsx_file([["日期", "类型", "备注"], *([*row, "按通知"] for row in rows_of())]),
        lambda: xlsx_file(
            [
                ["kind", "date"],
                *([kind, datetime.fromisoformat(day)] for day, kind in rows_of()),
                [],
            ]
        ),
        lambda: json_file([{"date": day, "kind": kind} for day, kind in rows_of()]),
        lambda: json_file(
            {"year": 2027, "days": [{"date": day, "kind": kind} for day, kind in rows_of()]}
        ),
    ],
)
def test_a_year_is_read_from_the_files_that_offices_have(administrator, file):
    answer = send(administrator, file())

    assert answer.status_code == 302, answer.context["form"].errors
    year = loads.proposed(CalendarLoad.objects.get())
    assert sorted((str(day), str(kind)) for day, kind in year.kinds.items()) == sorted(
        map(tuple, rows_of())
    )


def damaged_xlsx():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return SimpleUploadedFile("2027.xlsx", held.getvalue())


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (lambda: csv_file(name="2027.txt"), "只能读取 .xlsx、.csv 和 .json 文件。"),
        (lambda: csv_file(head="甲,乙"), "第一行应是表头"),
        (lambda: csv_file([], head=" "), "第一行应是表头"),
        (lambda: csv_file([]), "文件中没有日期。"),
        (lambda: SimpleUploadedFile("a.csv", b'date,kind\n"' + b"x" * 200_000), "文件已损坏"),
        (lambda: SimpleUploadedFile("a.csv", b"x" * 1_100_000), "文件超过 1 MB"),
        (lambda: csv_file(["2027-01-01,holiday"] * 1200), "文件行数过多"),
        (lambda: SimpleUploadedFile("a.json", b"{"), "文件已损坏"),
        (lambda: SimpleUploadedFile("a.json", b"[" * 100_000), "文件已损坏"),
        (lambda: SimpleUploadedFile("a.json", b"\xff\xff\xff"), "无法辨认文字编码"),
        (lambda: json_file({"year": 2027}), "JSON 文件应是一个列表"),
        (lambda: json_file(["2027-01-01"]), "第 1 行：应写明日期"),
        (lambda: SimpleUploadedFile("a.xlsx", b"PK"), "文件已损坏"),
        (damaged_xlsx, "文件已损坏"),
        (lambda: csv_file(["1999-01-01,放假"]), "不能判断 1999 年"),
        (lambda: csv_file(["2029-01-01,放假"]), "只能载入 2026 年和 2027 年的日历"),
        (lambda: csv_file(["2025-01-01,放假"]), "文件是 2025 年的"),
    ],
)
def test_a_file_that_is_no_year_is_refused_with_what_to_do(administrator, file, told):
    answer = send(administrator, file())

    assert told in faults(answer)[0]
    assert answer.context["form"]["document"].value() == DOCUMENT
    assert not CalendarLoad.objects.exists()


UNBALANCED = (
    "工作日放假天数减去周末补班天数是 12，应是 13：缺行或多行。"
    "通知本身另有规定的，请在“放假天数”中写明。"
)


def test_every_fault_is_told_with_its_line(administrator):
    lines = [line for line in LINES_2027 if "06-09" not in line]
    answer = send(administrator, csv_file([*lines, "2027-03-08,补班", "2026-12-26,补班"]))

    assert faults(answer) == [
        "第 24 行：2027-03-08 是星期一，本来就上班；补班只能在周六、周日。",
        "第 25 行：2026-12-26 不在 2027 年。",
        "端午节：2027-06-09 按《全国年节及纪念日放假办法》应放假，文件中没有。",
        UNBALANCED,
    ]


def test_lines_that_cannot_be_read_are_all_named(administrator):
    answer = send(
        administrator,
        csv_file(
            ["2027-13-01,放假", "2027-01-01,放假,多一格", "2027-01-01,过节", "2027-05-03,放假"]
        ),
    )

    assert [fault[:7] for fault in faults(answer)] == ["第 2 行：应", "第 3 行：应", "第 4 行：应"]


def test_a_notice_that_gives_another_number_is_taken_at_its_word(county, administrator):
    lines = [*LINES_2027, "2027-09-03,放假", "2027-10-02,放假"]
    assert "应是 13" in faults(send(administrator, csv_file(lines)))[0]
    assert "days_off" in send(administrator, csv_file(lines), days_off="99").context["form"].errors

    load = loaded(administrator, lines, days_off="14")

    page = browser(county.coordinator).get(load_page(load)).content.decode()
    assert "第 26 行：2027-10-02 是星期六，本来就休息，不起作用。" in page


def test_the_months_say_what_each_day_is():
    year = months.official(2026)
    february = year.months[1]
    told = {day.day.day: day for week in february.weeks for day in week if day}

    assert [len(week) for week in february.weeks] == [7] * 5
    assert february.weeks[0][:6] == (None,) * 6
    assert (told[14].kind, told[14].is_working) == ("make_up", True)
    assert (told[16].kind, told[16].is_working) == ("holiday", False)
    assert str(told[17].festival) == "春节"
    assert (year.days, year.working_days) == (365, 248)
    assert months.official(2024).days == 366


def test_the_first_year_is_shown_without_one_before(county):
    page = browser(county.coordinator).get(reverse("calendar:year", args=[2004]))
    assert "2003年" not in page.content.decode()
    assert browser(county.coordinator).get(reverse("calendar:year", args=[2003])).status_code == 404


def desk(person):
    return browser(person).get(reverse("home")).content.decode()


MISSING = "2027 年的工作日历还没有载入"


def test_from_november_the_first_page_says_that_next_year_is_missing_and_who_can_load_it(
    county, held_clock, administrator
):
    held_clock.move_to(datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    assert MISSING not in desk(administrator)
    held_clock.move_to(datetime(2026, 10, 31, 16, 0, tzinfo=UTC))

    assert MISSING in desk(administrator)
    assert ADD in desk(administrator)
    assert MISSING in desk(county.coordinator)
    assert "请系统管理员（管一）按国务院办公厅通知载入" in desk(county.coordinator)
    for person in (county.head, county.reviewer, county.deciding_officer):
        assert "工作日历" not in desk(person)


def test_where_nobody_can_load_it_the_first_page_says_who_can_change_that(county, held_clock):
    held_clock.move_to(datetime(2026, 11, 2, tzinfo=UTC))
    assert "请系统管理员（暂无人担任，请安全管理员授予岗位）" in desk(county.coordinator)


def test_what_waits_to_be_confirmed_stands_on_the_first_page_of_who_may(
    county, held_clock, administrator
):
    held_clock.move_to(datetime(2026, 11, 2, tzinfo=UTC))
    load = loaded(administrator)

    assert load_page(load) in desk(county.coordinator)
    assert load_page(load) not in desk(administrator)
    assert MISSING not in desk(administrator)
    confirm(county.coordinator, load)
    forget()
    for person in (county.coordinator, administrator):
        assert MISSING not in desk(person)
        assert load_page(load) not in desk(person)


def test_another_process_finds_a_change_within_a_minute(held_clock):
    assert calendar().is_working(date(2026, 10, 10))
    CalendarException.objects.filter(date="2026-10-10").delete()

    assert calendar().is_working(date(2026, 10, 10))
    held_clock.move_to(datetime(2026, 3, 2, 1, 1, 1, tzinfo=UTC))
    assert not calendar().is_working(date(2026, 10, 10))


def test_the_list_shows_what_waits_and_what_counts(county, administrator):
    load = loaded(administrator)
    page = browser(county.coordinator).get(reverse("calendar:list")).content.decode()

    assert load_page(load) in page
    assert reverse("calendar:year", args=[2026]) in page
    assert ADD not in page
    assert str(load) == "2027 年工作日历"
