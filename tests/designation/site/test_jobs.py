"""Long work: asked for once, done in chunks, resumed without loss or doubling, called off."""

from copy import copy
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from designation.site.jobs import asking, kinds, pages, running, waking
from designation.site.jobs.kinds import CHUNK, Chunk
from designation.site.jobs.models import Job, State
from designation.site.models import RequestKey
from designation.site.refusal import Refusal
from designation.site.registered import NotRegistered
from designation.site.tasks import resend_jobs, run_job

from . import counting
from .counting import KIND, NOW, Counting, left_by, result_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten_after(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", copy(kinds._KINDS))


@pytest.fixture
def works(held_clock):
    """Registers the counting of so many rows, in chunks of ``size``; see Counting."""

    def register(rows, size=2, **told):
        counting.known(lambda job: Counting(job, rows, size, **told))

    return register


def asked(**given):
    return asking.ask(
        KIND,
        lambda job: RequestKey.objects.create(key=f"about {job.pk}", used_at=NOW),
        **given,
    )


def after(job):
    job.refresh_from_db()
    return job


def test_a_job_says_what_it_is_about_and_waits(works):
    works(5)
    job = after(asked())
    subject = RequestKey.objects.get(key=f"about {job.pk}")
    assert (job.kind, job.subject_type, job.subject_id) == (
        KIND,
        "site.requestkey",
        str(subject.pk),
    )
    assert (job.state, job.asked_by, job.attempt) == (State.QUEUED, None, 0)
    assert str(job) == f"{KIND} {subject.pk}"


def test_it_is_done_in_chunks_and_ends_with_its_result(works):
    works(5)
    job = asked()
    run_job(job.pk)
    assert left_by(job) == [0, 1, 2, 3, 4]
    assert result_of(job) == [10]
    assert (after(job).state, job.done, job.total, job.memo) == (State.DONE, 5, 5, {})
    assert job.ended_at is not None


def test_a_kind_that_nobody_registered_cannot_be_asked_for(held_clock):
    with pytest.raises(NotRegistered):
        asked()
    assert not Job.objects.exists()


def test_what_may_be_under_way_once_is_asked_for_again_when_it_has_ended(works):
    works(1)
    first = asked(slot="one")
    with pytest.raises(Refusal) as refused:
        asked(slot="one")
    assert refused.value.code == asking.UNDER_WAY
    assert str(refused.value) == counting.WORDS.under_way
    asked(slot="another")
    run_job(first.pk)
    assert asked(slot="one").pk


def test_a_worker_of_an_older_version_leaves_a_kind_it_does_not_know(works):
    works(3)
    job = asked()
    del kinds._KINDS[KIND]
    run_job(job.pk)
    assert (after(job).state, job.attempt) == (State.QUEUED, 0)


def test_a_chunk_is_never_longer_than_what_may_be_lost(held_clock):
    class TooMuch(Counting):
        def chunk(self, _memo):
            return Chunk(CHUNK + 1, {})

    counting.known(lambda job: TooMuch(job, 10_000))
    job = asked()
    run_job(job.pk)
    assert after(job).state == State.FAILED


def test_the_longest_chunk_there_may_be_is_done(works):
    works(CHUNK + 1, CHUNK)
    job = asked()
    run_job(job.pk)
    assert (after(job).state, len(left_by(job))) == (State.DONE, CHUNK + 1)


def test_a_chunk_that_leaves_nothing_needs_no_writing(held_clock):
    class Looking(Counting):
        def chunk(self, memo):
            return None if memo else Chunk(1, {"seen": 1})

    counting.known(lambda job: Looking(job, 1))
    job = asked()
    run_job(job.pk)
    assert (after(job).state, job.done) == (State.DONE, 1)


def test_rows_that_come_in_while_it_runs_are_counted(held_clock):
    class Growing(Counting):
        def total(self):
            return 1

    counting.known(lambda job: Growing(job, 3, 1))
    job = asked()
    run_job(job.pk)
    assert (after(job).done, job.total) == (3, 3)


@pytest.mark.parametrize(("few", "many"), [(2, 3), (3, 7)])
def test_each_chunk_costs_the_same_statements(few, many, works):
    def statements(chunks):
        works(2 * chunks)
        job = asked()
        with CaptureQueriesContext(connection) as captured:
            run_job(job.pk)
        return len(captured)

    # Its own transaction, begun and ended; its rows; how far it is.
    assert statements(many) - statements(few) == 4 * (many - few)


# A worker dies, or is given up for dead


def killed_at(number):
    def hear(first):
        if first == number:
            raise KeyboardInterrupt

    return hear


def test_what_one_worker_left_another_goes_on_with(works, held_clock):
    works(7, hear=killed_at(4))
    job = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    assert (left_by(job), after(job).done) == ([0, 1, 2, 3], 4)

    works(7)
    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    run_job(job.pk)
    assert (left_by(job), result_of(job)) == (list(range(7)), [21])
    assert (after(job).state, job.attempt, job.done) == (State.DONE, 2, 7)


def test_a_job_whose_worker_was_heard_of_is_not_taken_up_by_another(works, held_clock):
    works(7, hear=killed_at(4))
    job = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)

    held_clock.move(running.UNHEARD)
    works(7)
    run_job(job.pk)
    assert (after(job).attempt, job.done) == (1, 4)


def test_one_given_up_for_dead_that_comes_back_writes_nothing(works, held_clock):
    def meanwhile(first):
        if first == 2 and after(job).attempt == 1:
            held_clock.move(running.UNHEARD + timedelta(seconds=1))
            Job.objects.filter(pk=job.pk).update(attempt=2, heard_at=held_clock.now())

    works(6, reads=meanwhile)
    job = asked()
    run_job(job.pk)
    assert left_by(job) == [0, 1]
    assert (after(job).state, job.done, job.attempt) == (State.RUNNING, 2, 2)


def test_what_is_done_by_something_else_now_begins_anew(works, held_clock):
    works(5, hear=killed_at(4))
    job = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)

    class ByOthers(Counting):
        source = "other numbers"

    counting.known(lambda job: ByOthers(job, 3))
    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    run_job(job.pk)
    assert (left_by(job), result_of(job), after(job).done) == ([0, 1, 2], [3], 3)


def sent_again(monkeypatch):
    sent = []
    monkeypatch.setattr(waking, "send", sent.append)
    resend_jobs()
    return sent


def test_the_sweep_sends_what_was_never_taken_up_and_what_its_worker_left(
    works, held_clock, monkeypatch
):
    works(7, hear=killed_at(2))
    left = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(left.pk)
    works(7)
    waiting, done = asked(), asked()
    run_job(done.pk)
    assert sent_again(monkeypatch) == []
    held_clock.move(running.UNSENT + timedelta(seconds=1))
    assert sent_again(monkeypatch) == [waiting.pk]
    held_clock.move(running.UNHEARD)
    assert sent_again(monkeypatch) == [left.pk, waiting.pk]


def test_a_job_that_no_worker_survives_is_given_up(works, held_clock, monkeypatch, caplog):
    works(7, hear=killed_at(2))
    job = asked()
    for _attempt in range(running.MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            run_job(job.pk)
        held_clock.move(running.UNHEARD + timedelta(seconds=1))
    assert sent_again(monkeypatch) == []
    assert (after(job).state, left_by(job)) == (State.FAILED, [])
    assert "it is given up" in caplog.text


# Called off, refused, broken


def test_what_no_worker_has_in_hand_is_called_off_at_once(works, held_clock):
    works(5)
    job = asked()
    assert asking.cancel(job)
    assert job.state == State.CANCELLED
    run_job(job.pk)
    assert (left_by(job), after(job).attempt) == ([], 0)
    assert not asking.cancel(job)


def test_a_worker_hears_between_two_chunks_that_it_is_called_off(works):
    def calls_off(first):
        if first == 2:
            assert asking.cancel(job)
            assert job.is_under_way

    works(9, reads=calls_off)
    job = asked()
    run_job(job.pk)
    assert (after(job).state, job.done, left_by(job)) == (State.CANCELLED, 2, [])


def test_what_a_dead_worker_left_is_called_off_at_once(works, held_clock):
    works(7, hear=killed_at(4))
    job = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    assert asking.cancel(job)
    assert (job.state, left_by(job)) == (State.CANCELLED, [])


def test_a_worker_that_died_without_hearing_is_answered_for_by_the_sweep(
    works, held_clock, monkeypatch
):
    works(7, hear=killed_at(4))
    job = asked()
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    asking.cancel(job)
    assert job.is_under_way
    held_clock.move(running.UNHEARD + timedelta(seconds=1))
    assert sent_again(monkeypatch) == []
    assert (after(job).state, left_by(job)) == (State.CANCELLED, [])


def test_what_a_rule_refuses_while_it_runs_says_by_which_finding(works):
    def refuses(first):
        if first == 2:
            raise Refusal.because("no_numbers_left", "没有数了。")

    works(5, hear=refuses)
    job = asked()
    run_job(job.pk)
    assert (after(job).state, job.reason, left_by(job)) == (State.FAILED, "no_numbers_left", [])


def test_what_breaks_is_logged_and_leaves_nothing(works, caplog):
    def breaks(first):
        if first == 2:
            raise ZeroDivisionError("out of order")

    works(5, hear=breaks)
    job = asked()
    run_job(job.pk)
    assert (after(job).state, job.reason, left_by(job)) == (State.FAILED, "", [])
    assert "out of order" in caplog.text


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"done": 2, "total": 1}, "job_done_of_total"),
        ({"state": State.DONE}, "job_says_when_it_ended"),
        ({"ended_at": NOW}, "job_says_when_it_ended"),
    ],
)
def test_the_database_refuses_a_job_that_contradicts_itself(changes, constraint, works):
    works(1)
    job = asked()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**changes)


# What a page shows


def shown(job):
    context = {"job": job, "here": "/here/", "cancel": "/cancel/"}
    return render_to_string("parts/job.html", context)


def test_one_part_shows_any_job_under_way_with_and_without_script(works):
    works(5)
    job = asked()
    waiting = shown(job)
    assert "排队中，马上开始。" in waiting
    assert 'href="/here/"' in waiting
    assert 'hx-get="/here/"' in waiting
    assert 'action="/cancel/"' in waiting
    assert "不点了" in waiting
    job.state, job.done, job.total = State.RUNNING, 2, 5
    under_way = shown(job)
    assert "已点 2 个，共 5 个。" in under_way
    assert 'max="5"' in under_way
    assert 'value="2"' in under_way
    job.cancel_asked_at = NOW
    called_off = shown(job)
    assert "正在取消" in called_off
    assert "/cancel/" not in called_off


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.QUEUED, "▶ 排队中"),
        (State.RUNNING, "▶ 点数中"),
        (State.DONE, "✓ 已完成"),
        (State.CANCELLED, "– 已取消"),
        (State.FAILED, "✕ 未完成"),
    ],
)
def test_each_state_has_a_shape_and_a_word(state, said, works):
    works(5)
    badge = render_to_string("parts/job_state.html", {"job": Job(kind=KIND, state=state)})
    assert said in " ".join(badge.split())


def test_a_page_that_asks_how_far_it_is_shows_its_whole_self_at_the_end(works, rf):
    works(5)
    job, request = asked(), rf.get("/here/")
    request.user = AnonymousUser()
    asks = pages.progress(request, job, "/here/")
    assert 'hx-trigger="every 2s"' in asks.content.decode()
    run_job(job.pk)
    assert pages.progress(request, after(job), "/here/").headers["HX-Refresh"] == "true"
