"""Tables for spreadsheets hold every text as it is, and none of them is run."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from standards.printing import spreadsheets
from tests.hostile import HOSTILE

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def read_back(*texts):
    book, file = Workbook(write_only=True), BytesIO()
    spreadsheets.add_sheet(book, "表", [["头"], *([text] for text in texts)], [40])
    spreadsheets.write(book, file, title="表", dated=DAY)
    return [row[0] for row in load_workbook(file).active.iter_rows(min_row=2)]


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_a_cell_holds_what_was_kept_and_is_text(sample):
    (cell,) = read_back(sample.kept)
    assert cell.value == sample.kept
    assert cell.data_type == "s"


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_a_text_from_before_the_cleaning_makes_no_workbook_fail(sample):
    (cell,) = read_back(sample.typed)
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\t=1", " =1", "\r=1"],
)
def test_a_line_of_plain_text_is_not_run(text):
    assert spreadsheets.safe(text) == f"'{text}"
    line = StringIO()
    csv.writer(line).writerow([spreadsheets.safe(text)])
    assert next(csv.reader(StringIO(line.getvalue(), newline="")))[0].startswith("'")


def test_figures_and_words_stay_as_they_are():
    assert [spreadsheets.safe(value) for value in (1, None, "红旗村", "a=b")] == [
        1,
        None,
        "红旗村",
        "a=b",
    ]
