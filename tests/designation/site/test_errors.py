"""What cannot be served is said in words, and nothing inward shows."""

import pytest
from django.db import OperationalError
from django.test import Client

from designation.site import errors
from tests.public_addresses import public

pytestmark = pytest.mark.django_db


def test_an_error_of_ours_is_said_with_a_way_back_and_without_its_inside(monkeypatch):
    def fails(*_given):
        raise RuntimeError("inside")

    monkeypatch.setattr("designation.rounds.views.listing", fails)
    answer = Client(raise_request_exception=False).get(public("rounds:list"))

    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
    assert "inside" not in answer.content.decode()


def test_a_database_that_is_away_is_not_said_to_be_busy(rf):
    untaken = errors.Untaken(lambda _request: None)

    assert untaken.process_exception(rf.get("/"), OperationalError("gone")) is None
