"""A creating form is sent twice, by a proxy or a finger: its work is done once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.http import QueryDict

from designation.site import request_keys, tasks
from designation.site.models import RequestKey
from tests import factories

pytestmark = pytest.mark.django_db


def sent(key="k-1", **fields):
    data = QueryDict(mutable=True)
    data.update({"request_key": key, "csrfmiddlewaretoken": "x"} | fields)
    return data


@pytest.fixture
def person():
    return factories.PersonFactory()


@pytest.fixture
def work():
    calls = []

    def do():
        calls.append(1)
        return f"/made/{len(calls)}/"

    do.calls = calls
    return do


def test_the_same_key_and_content_has_the_same_answer_and_one_effect(person, work, held_clock):
    first = request_keys.once(sent(name="甲"), work, person=person)
    again = request_keys.once(sent(name="甲"), work, person=person)

    assert first == again == "/made/1/"
    assert len(work.calls) == 1


def test_the_same_key_with_other_content_is_asked_about(person, work, held_clock):
    request_keys.once(sent(name="甲"), work, person=person)

    with pytest.raises(request_keys.SentBefore) as asked:
        request_keys.once(sent(name="乙"), work, person=person)

    assert asked.value.answer == "/made/1/"
    assert "已经提交过一次" in str(asked.value)
    assert len(work.calls) == 1


def test_anothers_key_tells_nothing_of_what_came_of_it(person, work, held_clock):
    request_keys.once(sent(name="甲"), work, person=person)

    with pytest.raises(request_keys.SentBefore) as asked:
        request_keys.once(sent(name="甲"), work, person=factories.PersonFactory())

    assert asked.value.answer == ""


def test_the_same_content_sent_to_another_address_is_another_matter(person, work, held_clock, rf):
    said = {"request_key": "k-1", "organization": "7"}
    request_keys.once(request_keys.sent(rf.post("/one/", said)), work, person=person)

    with pytest.raises(request_keys.SentBefore):
        request_keys.once(request_keys.sent(rf.post("/two/", said)), work, person=person)

    assert len(work.calls) == 1


def test_a_key_with_what_the_database_does_not_take_is_a_key_without_it(person, work, held_clock):
    request_keys.once(sent(key="k-\x001"), work, person=person)

    assert RequestKey.objects.get().key == "k-1"


def test_what_was_refused_leaves_the_key_unused(person, work, held_clock):
    def refused():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the test's own
        request_keys.once(sent(), refused, person=person)

    assert request_keys.once(sent(), work, person=person) == "/made/1/"


def test_the_forms_token_and_digests_are_no_content(person, work, held_clock):
    request_keys.once(sent(name="甲", shown="{}"), work, person=person)

    renewed = sent(name="甲", shown='{"a": ""}')
    renewed["csrfmiddlewaretoken"] = "another"

    assert request_keys.once(renewed, work, person=person) == "/made/1/"


def test_a_request_without_a_key_is_done_as_it_comes(person, work):
    request_keys.once(sent(key=""), work, person=person)
    request_keys.once(sent(key=""), work, person=person)

    assert len(work.calls) == 2
    assert not RequestKey.objects.exists()


def test_a_key_of_the_public_names_nobody(work, held_clock, rf):
    from django.contrib.auth.models import AnonymousUser

    request_keys.once(sent(), work, person=AnonymousUser())

    assert RequestKey.objects.get().person is None


def test_old_keys_are_cleared_and_younger_ones_stay(person, work, held_clock):
    request_keys.once(sent(key="old"), work, person=person)
    held_clock.move(request_keys.KEPT + timedelta(seconds=1))
    request_keys.once(sent(key="young"), work, person=person)

    assert tasks.forget_request_keys() == 1
    assert list(RequestKey.objects.values_list("key", flat=True)) == ["young"]


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_do_the_work_once():
    person, calls, answers, together = factories.PersonFactory(), [], [], Barrier(2)

    def work():
        calls.append(1)
        return f"/made/{len(calls)}/"

    def send():
        together.wait()
        try:
            answers.append(request_keys.once(sent(name="甲"), work, person=person))
        finally:
            connection.close()

    threads = [Thread(target=send) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["/made/1/", "/made/1/"]
    assert len(calls) == 1
