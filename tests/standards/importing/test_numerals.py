"""Numbers in figures and in words."""

from decimal import Decimal

import pytest

from standards.importing.numerals import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        ("1,200", 1200),
        ("2.5", "2.5"),
        ("３０", 30),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("三百零五", 305),
        ("一千二百", 1200),
        ("三万", 30_000),
        ("一万二千", 12_000),
        ("半", "0.5"),
        ("零", 0),
    ],
)
def test_a_number_is_read_as_a_person_reads_it(written, number):
    assert number_of(written) == Decimal(number)


@pytest.mark.parametrize(
    "written", ["若干", "两半", "一万一万", "三五", "一百二", "十百", "百", "二三十"]
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="no number"):
        number_of(written)
