"""The accessibility statement: what is aimed at, what is not met, and a way to complain."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.public_addresses import public


def test_everybody_reads_what_is_aimed_at_what_is_not_met_and_where_to_complain(client, db):
    page = client.get(public("accessibility")).content.decode()

    aims, lacks = ("GB/T 37668—2019", "WCAG 2.1", "AA", "部分符合"), ("还没有做到的", "PDF")
    for words in (*aims, *lacks, "12345", "12385"):
        assert words in page


def test_it_is_there_in_english(client, db):
    page = client.get(public("accessibility", language="en")).content.decode()

    assert "Not met yet" in page
    assert "12345" in page


@pytest.mark.parametrize("signed_in", [True, False])
def test_it_is_linked_at_the_foot_of_every_page(client, db, signed_in):
    if signed_in:
        client.force_login(factories.PersonFactory())
    page = client.get(reverse("home") if signed_in else public("home")).content.decode()

    link = reverse("accessibility") if signed_in else public("accessibility")
    assert f'href="{link}"' in page.partition("<footer")[2]


def test_it_asks_the_database_nothing(client, db):
    with CaptureQueriesContext(connection) as counted:
        client.get(public("accessibility"))

    assert len(counted) == 0
