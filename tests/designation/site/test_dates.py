from datetime import date, datetime

import pytest

from designation.site.clock import SHANGHAI
from designation.site.dates import day_in, moment_in


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02",
        "2026-3-2",
        "2026年3月2日",
        "2026年03月02日",
        "2026 年 3 月 2 日",
        "2026年3月2号",
        "2026年3月2",
        "2026.3.2",
        "2026．3．2",
        "2026。3。2",
        "2026/3/2",
        "2026、3、2",
        "2026 3 2",
        "２０２６年３月２日",
        "２０２６－０３－０２",
        "2026—3—2",
        "20260302",
        "二〇二六年三月二日",
        "二零二六年三月二号",
        "2026年3月2日(周一)",
        "2026年3月2日（星期一）",
        " 2026-3-2\u200b ",
    ],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert day_in(typed) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3月2日",
        "2026年13月2日",
        "2026-02-30",
        "26-3-2",
        "明天",
        "2026-3-2-1",
        "0000-1-1",
        "0202-6-1",
        "9999-12-31",
        "9" * 5000,
    ],
)
def test_what_is_no_day_is_not_guessed(typed):
    with pytest.raises(ValueError, match=r".*"):
        day_in(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02T17:30",
        "2026-03-02 17:30:00",
        "2026-03-02T17:30:00.000",
        "2026年3月2日 17:30",
        "2026年3月2日17：30",
        "2026.3.2 17时30分",
        "2026/3/2 下午5:30",
        "2026/3/2 下午5点30分",
        "２０２６年３月２日　１７：３０",
        "2026年3月2日(周一)17:30",
    ],
)
def test_a_moment_is_read_as_people_write_it(typed):
    assert moment_in(typed) == datetime(2026, 3, 2, 17, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [("2026-3-2 24:00", 3, 0), ("2026年3月2日 9点", 2, 9), ("2026-3-2 中午12:00", 2, 12)],
)
def test_the_end_of_a_day_and_full_hours_are_moments_too(typed, day, hour):
    assert moment_in(typed) == datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "typed", ["2026-3-2", "17:30", "2026-3-2 25:00", "2026-3-2 17:61", "2026-3-2 24:01", " " * 9000]
)
def test_what_is_no_moment_is_not_guessed(typed):
    with pytest.raises(ValueError, match=r".*"):
        moment_in(typed)
