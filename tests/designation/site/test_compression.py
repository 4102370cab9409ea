"""Pages come compressed, files as they are."""

import gzip

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from tests.course import PDF

pytestmark = pytest.mark.django_db

# Bytes of a page, compressed; our aim for a phone before a slow line.
MOST = 30_000


@pytest.fixture
def sent(client):
    def get(address, encoding="gzip, deflate, br"):
        return client.get(address, HTTP_ACCEPT_ENCODING=encoding)

    return get


def test_a_page_comes_compressed_and_reads_as_it_does_otherwise(client, sent, county):
    client.force_login(county.preparer)
    address = reverse("accessibility")

    response = sent(address)

    assert response["Content-Encoding"] == "gzip"
    assert int(response["Content-Length"]) == len(response.content)
    assert "Accept-Encoding" in response["Vary"]
    assert "无障碍" in gzip.decompress(response.content).decode()


def test_who_cannot_read_it_compressed_gets_it_as_it_is(client, sent, county):
    client.force_login(county.preparer)
    response = sent(reverse("accessibility"), encoding="identity")

    assert "Content-Encoding" not in response
    assert "无障碍" in response.content.decode()


def test_evidence_comes_as_it_is_and_says_its_length(client, sent, county):
    draft = county.start()
    file = county.attach(draft)
    client.force_login(county.preparer)

    response = sent(reverse("applications:evidence", args=[draft.pk, file.pk]))

    assert "Content-Encoding" not in response
    assert b"".join(response.streaming_content) == PDF
    assert int(response["Content-Length"]) == len(PDF)


def test_the_same_page_never_has_the_same_length_twice_in_a_row(client, sent, county):
    """So that what is hidden in it is not guessed by lengths (BREACH)."""
    client.force_login(county.preparer)
    lengths = {len(sent(reverse("accessibility")).content) for _turn in range(12)}
    assert len(lengths) > 1


def weight(sent, name, *where):
    return len(sent(reverse(f"applications:{name}", args=where)).content)


@pytest.mark.parametrize("number", [1, 2])
def test_a_long_section_weighs_at_most_thirty_kilobytes(client, sent, county, number):
    draft = county.start()
    county.answer_all(draft)
    client.force_login(county.preparer)

    assert weight(sent, "section", draft.pk, number) < MOST


def test_the_case_and_its_review_weigh_at_most_thirty_kilobytes(client, sent, county):
    submitted = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)

    weights = {name: weight(sent, name, submitted.pk) for name in ("case", "review")}

    assert {name: size for name, size in weights.items() if size >= MOST} == {}
