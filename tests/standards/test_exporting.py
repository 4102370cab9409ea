"""A standard goes out as the data file that it came in by."""

import pytest
import yaml

from standards import catalogue
from standards.exporting import as_data, as_yaml
from standards.loading import DATA, SAMPLES, load
from standards.models import StandardVersion

pytestmark = pytest.mark.django_db
FILES = sorted([*DATA.glob("*.yaml"), *SAMPLES.glob("*.yaml")])


def read(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_data_file_comes_out_as_it_went_in(file):
    said = read(file)
    version = StandardVersion.objects.get(category=said["category"], number=said["number"])

    assert yaml.safe_load(as_yaml(version)) == said


def test_what_was_exported_can_be_loaded_as_another_version(tmp_path, held_clock):
    first = catalogue.current("NC")
    again = as_data(first) | {"number": 2}
    file = tmp_path / "NC-2.yaml"
    file.write_text(yaml.safe_dump(again, allow_unicode=True), encoding="utf-8")

    second, is_new = load(file, published_at=held_clock.now())

    assert is_new
    assert as_data(second) == again
    assert catalogue.rebuild_text(second) == catalogue.rebuild_text(first)


def test_an_export_costs_three_statements(django_assert_num_queries):
    version = catalogue.current("SQ")
    with django_assert_num_queries(3):
        as_data(version)
