"""What cannot be served is said in words, and nothing inward shows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
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


def test_what_is_no_longer_ones_own_lists_what_was_typed_and_never_a_password(client, county):
    client.force_login(county.objection_officer)
    gone = reverse("notices:report", args=[0])

    answer = client.post(gone, {"report": "现场丈量三次", "password": "secret-word"})

    said = answer.content.decode()
    assert answer.status_code == 404
    assert "不再由您办理" in said
    assert "现场丈量三次" in said
    assert "secret-word" not in said
    assert "没有找到这个页面" in client.get(gone).content.decode()


def test_an_address_of_a_button_that_is_opened_by_itself_leads_back(client, county):
    client.force_login(county.objection_officer)
    address = reverse("notices:attachment", args=[1, 1])

    answer = client.get(address, headers={"referer": f"http://testserver{address}"})

    assert answer.status_code == 405
    assert "请从页面上办理" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


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
