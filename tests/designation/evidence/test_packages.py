"""What a package unpacks to is counted as it comes, packages within it included."""

import pytest

from designation.evidence import office
from designation.evidence.content import received
from designation.evidence.names import DOCX
from designation.evidence.refusals import EvidenceRefused
from tests import files

BOOK = {"xl/a.xml": bytes(60_000)}


def test_the_package_and_what_lies_within_it_are_counted_together(monkeypatch):
    content = files.docx(
        parts={"word/a.xml": bytes(60_000), "word/book.xlsx": files.xlsx(parts=BOOK)}
    )
    assert received(content, "a.docx").media_type == DOCX

    monkeypatch.setattr(office, "_MOST_UNPACKED", 100_000)
    with pytest.raises(EvidenceRefused, match="请"):
        received(content, "a.docx")


def test_a_long_part_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(office, "_CHUNK", 1_000)

    assert received(files.docx(parts={"word/a.xml": bytes(9_000)}), "a.docx").media_type == DOCX
