"""Numbers of certificates: without gap or double; of threads and processes see tests/resilience."""

import pytest
from django.db import IntegrityError, transaction

from designation.certificates import issuing, numbers, series
from designation.certificates.models import Certificate
from tests.titles_given import Title
from tests.workflows.test_two_counties import Neighbour


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("〔2026〕第12号", (2026, 12)),
        ("青山县〔2026〕第 12 号", (2026, 12)),
        ("[2026]第12号", (2026, 12)),
        ("2026年第12号", (2026, 12)),
        ("２０２６第１２号", (2026, 12)),
        ("2026", None),
        ("青发〔2026〕8号", None),
        ("红旗村", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, read):
    assert numbers.read(typed) == read
    assert read is None or numbers.said(*read) == "〔2026〕第12号"


@pytest.mark.django_db
def test_each_county_counts_from_one_in_each_year(county, held_clock):
    neighbour = Neighbour()
    area, other = county.jurisdiction, neighbour.jurisdiction

    taken = [series.take(area, 2026), series.take(area, 2026), series.take(area, 2027)]

    assert (*taken, series.take(other, 2026)) == (1, 2, 1, 1)


@pytest.mark.django_db
def test_a_number_is_taken_back_with_what_it_was_taken_for(county, held_clock):
    first, second = Title(county), Title(county)

    with transaction.atomic():
        assert issuing.issue(first.row, actor=county.deciding_officer).number == 1
        transaction.set_rollback(True)

    assert issuing.issue(second.row, actor=county.deciding_officer).number == 1


@pytest.mark.django_db
def test_the_database_lets_no_gap_no_double_and_no_change(county, held_clock):
    title = Title(county)
    row = issuing.issue(title.row, actor=county.deciding_officer)
    copy = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    fresh = copy | {"id": None, "supersedes_id": row.pk}

    for wrong in ({"number": 3}, {"number": 1}, {"number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.create(**fresh | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
