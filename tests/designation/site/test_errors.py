"""What cannot be served is said in words, and nothing inward shows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import Client
from psycopg.errors import DeadlockDetected, LockNotAvailable

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


@pytest.mark.parametrize("cause", [LockNotAvailable, DeadlockDetected])
def test_who_meets_another_at_a_row_is_told_to_try_again_with_what_they_typed(rf, cause):
    untaken = errors.Untaken(lambda _request: None)
    request = rf.post("/", {"opinion": "同意推荐"})
    request.user = AnonymousUser()
    met = OperationalError("met")
    met.__cause__ = cause()

    answer = untaken.process_exception(request, met)

    assert answer.status_code == 409
    assert "同意推荐" in answer.content.decode()
