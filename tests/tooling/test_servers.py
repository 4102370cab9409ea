"""The embedded servers, started for real on this machine."""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tooling import servers
from tooling.places import ROOT


@pytest.fixture
def home(tmp_path):
    """A place with a space in its name that the account of PostgreSQL can come to."""
    place = tmp_path / "a county"
    place.mkdir()
    for part in [place, *place.parents][: len(place.parts) - 2]:
        part.chmod(part.stat().st_mode | 0o711)
    return place


def is_listening(url):
    address = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname, address.port)) == 0


def test_data_written_in_one_run_is_there_in_the_next(home):
    with servers.postgres(home / "postgres") as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('红旗村')")
    with servers.postgres(home / "postgres") as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("红旗村",)]
    assert not is_listening(url)


def test_two_copies_run_side_by_side_and_leave_no_process(home):
    with servers.redis(home / "one") as first, servers.redis(home / "two") as second:
        assert first != second
        assert redis.from_url(first).ping()
        assert redis.from_url(second).ping()
    assert not is_listening(first)
    assert not is_listening(second)


def test_a_lock_left_by_a_crashed_run_does_not_keep_postgresql_from_starting(home):
    data = home / "postgres"
    with servers.postgres(data):
        pass
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    with servers.postgres(data) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_second_run_over_the_same_data_is_told_so(home):
    with (
        servers.postgres(home / "postgres"),
        pytest.raises(SystemExit, match="already runs over"),
        servers.postgres(home / "postgres"),
    ):
        pass


def test_named_servers_are_used_instead_of_started_ones(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/designation")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    with servers.passing() as addresses:
        assert addresses == {
            "DATABASE_URL": "postgres://elsewhere/designation",
            "REDIS_URL": "redis://elsewhere:6379/0",
        }


def test_a_command_beside_servers_passes_its_exit_code_on():
    command = [sys.executable, "-m", "tooling.with_servers", sys.executable, "-c", "exit(3)"]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 3
