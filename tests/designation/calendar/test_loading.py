"""The calendar data and its loading."""

import io
from collections import defaultdict
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from designation.calendar import extraction, proposals, year_files
from designation.calendar.loading import DATA, SOURCE, known_years, load
from designation.calendar.models import CalendarException, CalendarLoad, CalendarYear
from tests.calendars import LINES_2027, written

pytestmark = pytest.mark.django_db


# Days borrowed across the turn of the year; a day of remembrance; the epidemic of 2020.
SAID_OTHERWISE = {2006: 9, 2007: 12, 2011: 10, 2012: 12, 2015: 12, 2020: 13}


def without(day):
    return [line for line in LINES_2027 if day not in line]


@pytest.fixture
def empty_calendar(db):
    CalendarYear.objects.all().delete()


@pytest.fixture
def run(tmp_path):
    """Give the command a file with these lines; what it says comes back."""

    def given(lines=LINES_2027, *, document="国办发明电〔2026〕0号", **options):
        out = io.StringIO()
        path = written(tmp_path, lines)
        call_command("load_calendar", file=path, document=document, stdout=out, **options)
        return out.getvalue()

    return given


def test_the_data_file_is_what_the_package_says_day_by_day():
    written = io.StringIO()
    extraction.write(written)
    assert DATA.read_text(encoding="utf-8") == written.getvalue()


def test_the_years_2004_to_2026_are_known_with_their_source(empty_calendar):
    assert load() == 23
    assert known_years() == frozenset(range(2004, 2027))
    assert set(CalendarYear.objects.values_list("source_document", flat=True)) == {SOURCE}


def test_the_make_up_days_of_2026_are_those_of_the_notice():
    make_up = CalendarException.objects.filter(year=2026, kind="make_up")
    assert [day.date for day in make_up] == [
        date(2026, month, day)
        for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
    ]


def test_a_second_load_changes_nothing(empty_calendar):
    load()
    count = CalendarException.objects.count()
    assert load() == 0
    assert CalendarException.objects.count() == count


def test_loading_costs_the_same_few_statements_for_any_number_of_days(
    empty_calendar, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        load()


def test_a_later_year_is_shown_and_handed_in_only_on_demand(run):
    told = run()

    assert "2027-02  02-05 Fri, 02-08 Mon" in told
    assert "02-20 Sat / 15" in told
    assert "2027-11  - / - / 22" in told
    assert "365 days: 248 worked, 117 off." in told
    assert "Mid-Autumn Festival 中秋节: 09-15 Wed" in told
    assert "Not handed in. Compare with 国办发明电〔2026〕0号" in told
    assert not CalendarLoad.objects.exists()

    assert "2027 counts once it is confirmed" in run(propose=True)
    (load,) = CalendarLoad.objects.all()
    assert (load.year, load.source_document) == (2027, "国办发明电〔2026〕0号")
    assert load.loaded_by is None
    assert len(load.lines) == len(LINES_2027)
    assert 2027 not in known_years()


def test_a_year_waits_once(run):
    run(propose=True)
    with pytest.raises(CommandError, match="A calendar of 2027 waits to be confirmed already"):
        run(propose=True)


def test_the_years_of_the_system_are_written_anew_only_on_demand():
    CalendarException.objects.filter(date="2026-01-04").delete()
    out = io.StringIO()
    call_command("load_calendar", stdout=out)
    assert not CalendarException.objects.filter(date="2026-01-04").exists()
    call_command("load_calendar", replace=True, stdout=out)
    assert CalendarException.objects.filter(date="2026-01-04").exists()
    assert out.getvalue().splitlines() == [f"{n} calendar years loaded." for n in (0, 23)]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["2027-01-01,holiday"], "Spring Festival 春节: 2027-02-05, 2027-02-08 must be off"),
        (LINES_2027[1:], "New Year 元旦: 2027-01-01 must be off and is not"),
        (without("02-05"), "Spring Festival 春节: 2027-02-05 must be off"),
        (without("04-05"), "Qingming 清明节: 2027-04-05 must be off"),
        ([*without("10-09"), "2027-05-01,make_up"], "Labour Day 劳动节: 2027-05-01 must be off"),
        (without("06-09"), "Dragon Boat Festival 端午节: 2027-06-09 must be off"),
        (without("09-15"), "Mid-Autumn Festival 中秋节: 2027-09-15 must be off"),
        (without("10-01"), "National Day 国庆节: 2027-10-01 must be off"),
        (without("10-09"), "make 14, and 13 days off are due"),
        (without("05-05"), "make 12, and 13 days off are due"),
        ([*LINES_2027, "2027-03-06,make_up"], "make 12, and 13 days off are due"),
        ([*LINES_2027, "2027-03-08,make_up"], "line 25: 2027-03-08 is a Monday, worked anyway"),
        ([*LINES_2027, "2026-12-26,make_up"], "line 25: 2026-12-26 lies outside 2027"),
    ],
)
@pytest.mark.parametrize("propose", [False, True])
def test_a_year_that_does_not_look_whole_is_refused_with_what_is_wrong(run, lines, fault, propose):
    with pytest.raises(CommandError, match="2027 does not look whole") as refused:
        run(lines, propose=propose)

    assert fault in str(refused.value)
    assert not CalendarLoad.objects.exists()


def test_a_day_off_that_is_off_anyway_is_named_and_has_no_effect(run, tmp_path):
    lines = [*LINES_2027, "2027-10-02,holiday"]
    told = run(lines, propose=True)

    assert "line 25: 2027-10-02 is a Saturday, off anyway: no effect." in told
    assert date(2027, 10, 2) not in proposals.proposed_in(written(tmp_path, lines)).kinds


def test_a_festival_that_is_not_made_good_beside_it_is_named(run):
    moved = [*without("05-03"), "2027-03-08,holiday"]
    moved = [line for line in moved if "05-04" not in line] + ["2027-03-09,holiday"]

    assert "Labour Day 劳动节: 0 weekdays off around it, 2 due." in run(moved)


def test_a_notice_that_gives_another_number_of_days_is_taken_at_its_word(run):
    lines = [*LINES_2027, "2027-09-03,holiday"]

    assert "Handed in: 2027" in run(lines, propose=True, days_off=14)


@pytest.mark.parametrize(
    "line",
    [
        "2027-13-01,holiday",
        "2027-01-01,feast",
        "1 January,holiday",
        "2027-01-01",
        "2027-01-01,holiday,2027-01-04",
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_loaded(line, run):
    with pytest.raises(CommandError, match="line 3"):
        run(["2027-05-03,holiday", line], propose=True)
    assert not CalendarLoad.objects.exists()


@pytest.mark.parametrize("again", ["2027-01-01,make_up", "2027-01-01,holiday"])
def test_a_day_given_twice_is_refused_with_both_lines(run, again):
    with pytest.raises(CommandError, match="line 25: 2027-01-01 stands twice, first in line 2"):
        run([*LINES_2027, again], propose=True)


@pytest.mark.parametrize("lines", [[], ["1999-01-01,holiday"], ["2100-01-01,holiday"]])
def test_a_file_without_a_year_of_the_law_is_refused(run, lines):
    with pytest.raises(CommandError, match=r"no day|known for 2000 to 2099"):
        run(lines, propose=True)


@pytest.mark.parametrize("document", ["", "   ", "长" * 201])
def test_a_year_needs_the_number_of_its_notice(run, document):
    with pytest.raises(CommandError, match="number of the notice"):
        run(document=document, propose=True)


def test_a_file_without_its_document_number_is_refused(tmp_path):
    with pytest.raises(CommandError, match="together"):
        call_command("load_calendar", file=written(tmp_path), verbosity=0)


def test_the_law_s_festivals_are_off_in_every_year_that_comes_with_the_system():
    """And the days borrowed balance, but where the notice itself said otherwise."""
    years = defaultdict(list)
    for line in proposals.lines(year_files.rows(DATA.name, DATA.read_bytes())):
        years[line.day.year].append(line)

    for year, lines in years.items():
        proposals.ProposedYear(year, tuple(lines), SAID_OTHERWISE.get(year)).check()


def test_the_database_refuses_a_day_under_the_wrong_year():
    with pytest.raises(IntegrityError):
        CalendarException.objects.create(date=date(2025, 7, 1), year_id=2026, kind="holiday")


def test_a_year_and_its_days_name_themselves():
    day = CalendarException.objects.select_related("year").get(date=date(2026, 1, 4))
    assert str(day.year) == "2026"
    assert str(day) == "2026-01-04 补班"
