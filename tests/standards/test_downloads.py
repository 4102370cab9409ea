"""Anyone takes a settled version away, on paper or as data; a draft only who makes it."""

from urllib.parse import unquote

import pytest
import yaml
from django.urls import reverse

from designation.organizations.models import Role
from standards import downloads
from tests import factories
from tests.public_addresses import public

pytestmark = pytest.mark.django_db
FILES = list(downloads.DOWNLOADS)
BEGINS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "yaml": b"category: "}


def content(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("file", FILES)
def test_a_published_version_and_a_sample_are_taken_away_as_each_kind_of_file(client, file):
    for answer in (
        client.get(public("standards:version_file", args=["NC", 1, file])),
        client.get(public("standards:sample_file", args=["GQ", file])),
    ):
        assert answer.status_code == 200
        assert content(answer).startswith(BEGINS[file.rpartition(".")[2]])


def test_files_are_kept_under_a_name_that_says_what_they_are(client):
    answer = client.get(public("standards:version_file", args=["NC", 1, "annex.docx"]))

    kept = unquote(answer["Content-Disposition"])
    assert kept.startswith("attachment")
    assert kept.endswith("农村基层党组织建设示范标准（第1版）附件.docx")


def test_a_pdf_opens_where_it_was_asked_for(client):
    answer = client.get(public("standards:version_file", args=["NC", 1, "annex.pdf"]))

    assert answer["Content-Disposition"].startswith("inline")


def test_the_data_file_says_where_the_text_is_from(client):
    printed = client.get(public("standards:version_file", args=["NC", 1, "standard.yaml"]))
    drafted = client.get(public("standards:sample_file", args=["GQ", "standard.yaml"]))

    assert yaml.safe_load(content(printed))["provenance"] == "verbatim"
    assert yaml.safe_load(content(drafted))["provenance"] == "drafted"


@pytest.mark.parametrize(
    ("page", "route", "args"),
    [("detail", "version_file", ["NC", 1]), ("sample", "sample_file", ["GQ"])],
)
def test_the_page_of_a_standard_leads_to_every_file(client, page, route, args):
    shown = client.get(public(f"standards:{page}", args=args[:1])).content.decode()

    for file in FILES:
        assert public(f"standards:{route}", args=[*args, file]) in shown


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("version_file", ["GQ", 1, "annex.pdf"]),
        ("version_file", ["QQ", 1, "standard.yaml"]),
        ("version_file", ["NC", 99, "sheet.pdf"]),
        ("version_file", ["NC", 1, "annex.exe"]),
        ("sample_file", ["NC", "annex.pdf"]),
        ("sample_file", ["GQ", "annex.odt"]),
    ],
)
def test_what_is_not_there_is_not_exported(client, name, args):
    assert client.get(public(f"standards:{name}", args=args)).status_code == 404


def test_a_draft_is_printed_for_its_makers_and_for_nobody_else(client, own):
    address = reverse("drafting:file", args=[own.draft.pk, "annex.pdf"])
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="别县")
    client.force_login(factories.seated(Role.STANDARDS_MANAGER, elsewhere))
    assert client.get(address).status_code == 404

    client.force_login(own.manager)
    assert client.get(address).status_code == 200
    page = client.get(reverse("drafting:draft", args=[own.draft.pk])).content.decode()
    assert address in page
