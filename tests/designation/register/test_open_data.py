"""The register as open data: the same titles as on its pages, with terms, kept while it stands."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.db import transaction

from designation.register import open_data
from designation.register.standing import REASON_NOT_PUBLIC, Act, Status
from designation.site import clock
from tests.designation.certificates.test_checking import issue
from tests.designation.register.test_as_of import DAY
from tests.designation.register.test_standing import a_title, happened
from tests.public_addresses import public
from tests.titles_given import Title
from tooling.places import ROOT

pytestmark = pytest.mark.django_db

CSV, JSON, FEED = (public(f"register:{name}") for name in ("open_csv", "open_json", "feed"))
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def title(held_clock):
    return a_title()


def content(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def lines(client, **asked):
    """The first line, and the titles by the names of the fields."""
    first, rest = content(client.get(CSV, asked)).decode("utf-8-sig").split("\r\n", 1)
    return first, list(csv.DictReader(io.StringIO(rest)))


def loaded(client, **asked):
    return json.loads(content(client.get(JSON, asked)))


def test_a_line_says_what_the_page_of_a_title_says(client, title, settings):
    settings.SITE_ADDRESS = "https://designation.example"

    head, (row,) = lines(client)

    assert tuple(row) == open_data.FIELDS
    assert (
        row
        | {
            "number": title.number,
            "name_as_given": title.name_zh,
            "name_now": title.name_zh,
            "area": title.area_name_zh,
            "category": "NC",
            "deciding_body": "中共青山县委",
            "document_number": title.decision.document_number,
            "designated_on": "2026-02-10",
            "valid_until": "2029-02-10",
            "status": "valid",
            "status_name": "有效",
            "taken_over": "false",
            "page": f"https://designation.example/zh-hans/register/{title.number}/",
        }
        == row
    )
    assert "format=2" in head
    assert "请注明来源：https://designation.example" in head
    assert f"as_of={clock.today()}" in head


def test_json_says_the_same(client, title):
    said = loaded(client)

    assert said["format"] == open_data.FORMAT
    assert {"publisher", "licence", "generated_at", "as_of", "language"} < said.keys()
    _head, rows = lines(client)
    assert [one | {"taken_over": "false"} for one in said["titles"]] == rows


def test_a_county_says_who_publishes_and_on_which_terms(client, title, settings):
    settings.OPEN_DATA_PUBLISHER = "中共青山县委组织部"
    assert "请注明来源：中共青山县委组织部" in loaded(client)["licence"]
    settings.OPEN_DATA_LICENCE = "CC BY 4.0"
    assert loaded(client)["licence"] == "CC BY 4.0"


def test_they_are_narrowed_as_the_list_is_and_as_of_a_day(client, title, held_clock):
    held_clock.move(60 * DAY)
    happened(title, Act.REVOKED, clock.today())

    assert loaded(client, status="valid")["titles"] == []
    (then,) = loaded(client, status="valid", on=str(clock.today() - DAY))["titles"]
    assert then["status"] == "valid"
    assert loaded(client, on="去年", category="ZZ")["titles"], "what is wrong narrows nothing"
    assert loaded(client, text="没有这个村") == loaded(client, text="没有这个村") | {"titles": []}


@pytest.mark.parametrize(
    ("act", "status"), [(Act.WARNED, Status.WARNED), (Act.ORDERED, Status.ORDERED)]
)
def test_what_stands_against_a_title_in_force_is_its_status_and_not_why(client, title, act, status):
    happened(title, act, clock.today(), reason="台账不全，限期补齐。")

    (one,) = loaded(client)["titles"]
    assert (one["status"], one["status_name"]) == (status.value, str(status.label))
    _head, (row,) = lines(client)
    assert row["status"] == status.value
    assert loaded(client, status="valid")["titles"] == []
    assert loaded(client, status=status.value)["titles"] == [one]
    entry = next(feed_entries(client))
    assert entry.findtext(f"{ATOM}title") == f"{title.name_zh} · {act.label}"
    assert entry.findtext(f"{ATOM}summary") == (
        f"{clock.today()} · 中共青山县委组织部 青组发〔2027〕5号"
    )


@pytest.mark.parametrize("act", REASON_NOT_PUBLIC)
def test_why_and_until_when_to_correct_are_in_no_file_and_no_feed(client, title, act):
    step = happened(title, act, clock.today(), reason="台账不全，限期补齐。")
    unsaid = {step.reason, str(step.correct_by or step.reason)}

    for address in (CSV, JSON, FEED):
        said = content(client.get(address)).decode()
        assert not [one for one in unsaid if one in said]


def test_in_english_names_and_words_are_english_and_codes_the_same(client, title):
    english = public("register:open_json", language="en")

    (one,) = json.loads(content(client.get(english)))["titles"]

    assert (one["status"], one["status_name"]) == ("valid", "Valid")
    assert "/en/register/" in one["page"]


def feed_entries(client):
    root = ET.fromstring(content(client.get(FEED)))  # noqa: S314 - it is our own
    return root.iter(f"{ATOM}entry")


def test_the_feed_tells_what_happened_the_last_recorded_first(client, title, settings):
    settings.SITE_ADDRESS = "https://designation.example"
    happened(title, Act.REVOKED, clock.today(), reason="复核不合格，逾期未整改到位。")

    answer = client.get(FEED)

    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - it is our own
    titles = [one.findtext(f"{ATOM}title") for one in root.iter(f"{ATOM}entry")]
    assert titles == [f"{title.name_zh} · 撤销", f"{title.name_zh} · 命名"]
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href").startswith("https://designation.example/zh-hans/")
    assert "复核不合格" in entry.findtext(f"{ATOM}summary")
    assert "可自由使用" in root.findtext(f"{ATOM}rights")


def test_titles_taken_over_from_before_push_nothing_out_of_the_feed(client, title):
    happened(title, Act.REVOKED, clock.today())
    imported = a_title(is_imported=True)
    happened(imported, Act.WARNED, clock.today())

    told = [entry.findtext(f"{ATOM}title") for entry in feed_entries(client)]

    assert told == [
        f"{imported.name_zh} · 警告",
        f"{title.name_zh} · 撤销",
        f"{title.name_zh} · 命名",
    ]


def test_the_feed_has_an_author_and_what_somebody_typed_in_it_is_text(client, title, settings):
    settings.OPEN_DATA_PUBLISHER = "青山县委组织部"
    happened(title, Act.REVOKED, clock.today(), reason="得分<60分，<img src=x>见附件。")

    root = ET.fromstring(client.get(FEED).content)  # noqa: S314 - it is our own

    assert root.findtext(f"{ATOM}author/{ATOM}name") == "青山县委组织部"
    told = root.find(f"{ATOM}entry").find(f"{ATOM}summary")
    assert told.get("type") == "html"
    assert "得分&lt;60分，&lt;img src=x&gt;" in told.text


@pytest.mark.parametrize("address", [CSV, JSON])
def test_who_has_it_already_is_told_that_nothing_changed(client, title, address):
    first = client.get(address)
    content(first)
    known = {"if-none-match": first["ETag"]}

    assert client.get(address, headers=known).status_code == 304
    assert first["Cache-Control"] == "public, max-age=60"
    assert client.get(address, {"status": "valid"}, headers=known).status_code == 200
    happened(title, Act.CANCELLED, clock.today())
    assert client.get(address, headers=known).status_code == 200


def test_a_title_that_its_new_certificate_finds_is_no_unchanged_answer(client, county, held_clock):
    title, asked = Title(county), {"text": "〔2026〕第1号"}
    first = client.get(CSV, asked)
    assert title.row.number not in content(first).decode()

    issue(title)

    again = client.get(CSV, asked, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert title.row.number in content(again).decode()


def test_what_is_recorded_below_the_last_is_no_unchanged_answer(title):
    """Of two that record at once the one with the lower key may be done later."""
    with transaction.atomic():
        later = happened(title, Act.RENAMED, clock.today())
        transaction.set_rollback(True)
    last = happened(title, Act.RENAMED, clock.today())
    known = open_data.entity_tag("all")

    later.save(force_insert=True)

    assert later.pk < last.pk
    assert open_data.entity_tag("all") != known


def test_a_cell_that_a_spreadsheet_would_reckon_with_is_text(client, held_clock):
    title = a_title()
    happened(title, Act.RENAMED, clock.today())
    title.organization.name_zh = "=1+1村"
    title.organization.save()

    _head, (row,) = lines(client)

    assert not row["name_now"].startswith("=")


@pytest.mark.parametrize("address", [CSV, JSON])
def test_it_costs_the_same_for_one_title_and_for_three(
    client, title, address, django_assert_num_queries
):
    with django_assert_num_queries(5):
        content(client.get(address))
    a_title(officer=title.decision.recorded_by)
    a_title(officer=title.decision.recorded_by)
    with django_assert_num_queries(5):
        content(client.get(address))


def test_every_field_stands_in_the_document():
    told = (ROOT / "docs" / "open_data.md").read_text()

    assert [name for name in open_data.FIELDS if f"`{name}`" not in told] == []
