"""A real worker, killed with SIGKILL amid a job: nothing is lost, nothing done twice."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from designation.celery import app
from designation.site import clock
from designation.site.jobs import asking, kinds, running, waking
from designation.site.jobs.models import Job, State
from designation.site.models import RequestKey
from designation.site.tasks import run_job
from tests.designation.site import counting
from tests.designation.site.counting import KIND, left_by, result_of

from .told_worker import ROWS, SIZE, TOLD

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
# Only so that a test that fails ends: what is waited for comes over the line.
PATIENCE = 120


class Line:
    """The other end of the line on which a worker says where it is, and waits to go on."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(PATIENCE)

    @property
    def port(self):
        return self.server.getsockname()[1]

    @contextlib.contextmanager
    def heard(self, said):
        """The worker stands still where it has ``said`` so, until the block ends."""
        while True:
            caller, _address = self.server.accept()
            with caller:
                caller.settimeout(PATIENCE)
                if caller.recv(100).decode() == said:
                    yield
                    return
                caller.sendall(b"go on")

    def close(self):
        self.server.close()


@pytest.fixture
def line():
    made = Line()
    yield made
    made.close()


@pytest.fixture
def queue():
    """A queue of this test's own."""
    name = f"tests-{secrets.token_hex(4)}"
    yield name
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge(name)


@pytest.fixture
def worker(line, queue, tmp_path):
    """Starts Celery's worker in a process of its own, with this test's database and broker."""
    started = []
    found = settings.DATABASES["default"] | connection.settings_dict
    place = f"{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"

    def start():
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "designation.settings.test",
            "DATABASE_URL": f"postgres://{place}",
            TOLD: str(line.port),
        }
        command = [sys.executable, "-m", "celery", "-A", "designation", "worker", "-P", "solo"]
        more = ["-Q", queue, "-I", "tests.resilience.told_worker", "--without-mingle"]
        with (tmp_path / f"worker-{len(started)}").open("wb") as log:
            made = subprocess.Popen(
                [*command, *more], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        started.append(made)
        return made

    yield start
    for one in started:
        one.kill()
        one.wait(PATIENCE)


def asked():
    return asking.ask(
        KIND, lambda job: RequestKey.objects.create(key=f"about {job.pk}", used_at=clock.now())
    )


@pytest.mark.parametrize("where", ["between two chunks", "within a chunk"])
def test_a_job_whose_worker_is_killed_ends_as_if_it_had_not_been(
    where, line, worker, monkeypatch, queue
):
    monkeypatch.setattr(kinds, "_KINDS", copy(kinds._KINDS))
    monkeypatch.setattr(waking, "send", lambda _pk: None)
    counting.known(lambda job: counting.Counting(job, ROWS, SIZE))
    job = asked()
    first = worker()
    run_job.apply_async([job.pk], queue=queue)

    with line.heard(f"{where} 3"):
        os.kill(first.pid, signal.SIGKILL)
        first.wait(PATIENCE)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done) == (State.RUNNING, 1, 3 * SIZE)
    assert left_by(job) == list(range(3 * SIZE))

    # Nobody waits two minutes for it here.
    long_ago = clock.now() - running.UNHEARD - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(heard_at=long_ago)
    assert running.left_behind() == [job.pk]
    worker()
    run_job.apply_async([job.pk], queue=queue)
    with line.heard("finished"):
        job.refresh_from_db()

    assert (job.attempt, job.done, job.total) == (2, ROWS, ROWS)
    assert left_by(job) == list(range(ROWS))
    assert result_of(job) == [sum(range(ROWS))]
