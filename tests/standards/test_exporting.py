"""A standard goes out as the data file that it came in by."""

import pytest
import yaml
from django.urls import reverse

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


def test_anyone_downloads_a_standard_and_a_sample(client):
    printed = client.get(reverse("standards:version_yaml", args=["NC", 1]))
    drafted = client.get(reverse("standards:sample_yaml", args=["GQ"]))

    assert printed["Content-Disposition"] == 'attachment; filename="NC-1.yaml"'
    assert yaml.safe_load(printed.content)["provenance"] == "verbatim"
    assert yaml.safe_load(drafted.content)["provenance"] == "drafted"
    assert (
        reverse("standards:version_yaml", args=["NC", 1])
        in client.get(reverse("standards:detail", args=["NC"])).content.decode()
    )


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("version_yaml", ["GQ", 1]),
        ("version_yaml", ["QQ", 1]),
        ("version_yaml", ["NC", 99]),
        ("sample_yaml", ["NC"]),
    ],
)
def test_what_is_not_there_is_not_exported(client, name, args):
    assert client.get(reverse(f"standards:{name}", args=args)).status_code == 404
