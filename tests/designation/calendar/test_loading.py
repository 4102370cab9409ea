"""The calendar data and its loading."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from designation.calendar import extraction
from designation.calendar.loading import DATA, SOURCE, known_years, load
from designation.calendar.models import CalendarException, CalendarYear

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_calendar(db):
    CalendarYear.objects.all().delete()


@pytest.fixture
def next_year(tmp_path):
    def write(*lines, head="date,kind"):
        path = tmp_path / "2027.csv"
        path.write_text("\n".join([head, *lines]), encoding="utf-8-sig")
        return path

    return write


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


def test_a_later_year_is_loaded_from_a_file_with_the_notice_s_number(next_year):
    path = next_year("2027-01-01,holiday", "2027-02-20,make_up")
    call_command("load_calendar", file=path, document="国办发明电〔2026〕0号", verbosity=0)
    assert 2027 in known_years()
    assert CalendarYear.objects.get(year=2027).source_document == "国办发明电〔2026〕0号"


def test_a_year_that_was_changed_is_written_anew_only_on_demand(next_year):
    load(next_year("2027-01-01,holiday"), "first")
    changed = next_year("2027-01-01,holiday", "2027-01-04,holiday")
    assert load(changed, "second") == 0
    out = io.StringIO()
    call_command("load_calendar", file=changed, document="second", replace=True, stdout=out)
    assert CalendarException.objects.filter(year=2027).count() == 2
    assert "Restart" in out.getvalue()


@pytest.mark.parametrize(
    "line", ["2027-13-01,holiday", "2027-01-01,feast", "1 January,holiday", "2027-01-01"]
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_loaded(line, next_year):
    path = next_year("2027-05-01,holiday", line)
    with pytest.raises(CommandError, match="line 3"):
        call_command("load_calendar", file=path, document="x", verbosity=0)
    assert 2027 not in known_years()


def test_a_day_given_both_ways_is_refused(next_year):
    with pytest.raises(ValueError, match="stands twice"):
        load(next_year("2027-05-01,holiday", "2027-05-01,make_up"), "x")


def test_a_file_without_its_document_number_is_refused(next_year):
    with pytest.raises(CommandError, match="together"):
        call_command("load_calendar", file=next_year("2027-05-01,holiday"), verbosity=0)


def test_the_database_refuses_a_day_under_the_wrong_year():
    with pytest.raises(IntegrityError):
        CalendarException.objects.create(date=date(2025, 7, 1), year_id=2026, kind="holiday")


def test_a_year_and_its_days_name_themselves():
    day = CalendarException.objects.select_related("year").get(date=date(2026, 1, 4))
    assert str(day.year) == "2026"
    assert str(day) == "2026-01-04 补班"
