"""Files damaged on their way: read as far as they are sound, or refused, never an error."""

import io
from contextlib import suppress

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards.importing import drafts
from standards.importing.documents import Unreadable
from standards.loading import DATA

LINES = ["某某示范标准", "一、队伍", "1.至少有3名干部。", "2.没有失职情况。"]


def saved(made):
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def word():
    made = docx.Document()
    for line in LINES:
        made.add_paragraph(line)
    made.add_table(rows=1, cols=2).cell(0, 0).text = "3"
    return saved(made)


def sheet():
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append([line])
    return saved(book)


SOUND = {
    "标准.docx": word(),
    "标准.xlsx": sheet(),
    "标准.txt": "\n".join(LINES).encode(),
    "标准.yaml": (DATA / "JG.yaml").read_bytes()[:6_000],
}
PLACES = st.integers(0, 10**6)


def read(name, content):
    with suppress(Unreadable):
        drafts.read(name, content)


@pytest.mark.parametrize("name", SOUND)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(flips=st.lists(st.tuples(PLACES, st.integers(1, 255)), min_size=1, max_size=8))
def test_bits_that_tipped_over_are_no_error(name, flips):
    content = bytearray(SOUND[name])
    for place, change in flips:
        content[place % len(content)] ^= change
    read(name, bytes(content))


@pytest.mark.parametrize("name", SOUND)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40)
@given(length=PLACES, more=st.binary(max_size=20))
def test_a_file_cut_short_is_no_error(name, length, more):
    content = SOUND[name]
    read(name, content[: length % len(content)] + more)


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("other", SOUND)
def test_a_file_under_the_ending_of_another_is_no_error(name, other):
    read(other, SOUND[name])
