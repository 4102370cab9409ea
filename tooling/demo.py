"""``make demo``: the whole system with demo data, stopped as a whole."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from . import servers
from .places import LOCAL, ROOT

_PREFERRED_PORT = 8000
_READY_SECONDS = 60


def key(place: Path, name: str) -> str:
    """A secret of the site that lives in ``place``, made once and readable by its owner only."""
    file = place / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def _held_port() -> socket.socket:
    """A socket bound to the port asked for, or else to a free one.

    Held from here until the web server takes it over: a second demo that starts meanwhile
    cannot be promised the same port.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((servers.HOST, int(os.environ.get("PORT", _PREFERRED_PORT))))
        held.listen()
    except OSError:
        held.close()
        held = socket.socket()
        held.bind((servers.HOST, 0))
        held.listen()
    return held


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, cwd=ROOT, env=environment)


class Children:
    """The processes of the demo; when one ends, all end."""

    def __init__(self, environment: dict[str, str], place: Path) -> None:
        self.environment, self.place = environment, place
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str, handing: tuple[int, ...] = ()) -> None:
        with self.log(name).open("ab") as output:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=handing,
            )

    def log(self, name: str) -> Path:
        return self.place / "logs" / f"{name}.log"

    def fallen(self) -> str | None:
        """The name of a child that has ended, None while all run."""
        return next((n for n, child in self.running.items() if child.poll() is not None), None)

    def stop(self) -> None:
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child in self.running.values():
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _wait_until_ready(address: str, children: Children) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and children.fallen() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz/", timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.3)


def _run(environment: dict[str, str], place: Path) -> int:
    held = _held_port()
    address = "http://{}:{}".format(*held.getsockname())
    environment["SITE_ADDRESS"] = address
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "load_demo")
    children = Children(environment, place)
    try:
        children.start(
            "web",
            "gunicorn",
            "designation.wsgi",
            "--bind",
            f"fd://{held.fileno()}",
            "--workers",
            "1",
            "--threads",
            "8",
            handing=(held.fileno(),),
        )
        held.close()
        worker = (
            "celery",
            "-A",
            "designation",
            "worker",
            "--concurrency",
            "1",
            "--loglevel",
            "INFO",
        )
        children.start("worker", *worker)
        schedule = str(place / "beat-schedule")
        children.start("beat", "celery", "-A", "designation", "beat", "--schedule", schedule)
        _wait_until_ready(address, children)
        if children.fallen() is None:
            _manage(environment, "demo_accounts")
            print(f"\nOpen {address}   (Ctrl-C stops everything)", flush=True)
        while (fallen := children.fallen()) is None:
            time.sleep(0.5)
        tail = children.log(fallen).read_text(errors="replace")[-2000:]
        print(f"{fallen} has stopped, so the demo stops. Its last words:\n{tail}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        children.stop()
    return 1


def _interrupt(*_signal: object) -> None:
    raise KeyboardInterrupt


def environment(place: Path) -> dict[str, str]:
    """What the site in ``place`` runs under, but for its servers' addresses."""
    (place / "logs").mkdir(parents=True, exist_ok=True)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "designation.settings.demo",
        "SECRET_KEY": key(place, "secret-key"),
        "FIELD_KEY": key(place, "field-key"),
    }


def main(home: str = "demo") -> int:
    """Run the site whose data, keys and logs lie in .local under ``home``."""
    # SIGINT too: a shell that starts us in the background has it ignored.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    place = LOCAL / home
    try:
        with servers.kept(home) as addresses:
            return _run(environment(place) | addresses, place)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
