"""``make data`` and ``make open``: data to measure with, each size in a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.data.sizes import COUNTIES

from . import demo, servers
from .places import LOCAL, ROOT


def _home(size: str) -> str:
    return f"data-{size}"


def _filled(size: str) -> Path:
    """Stands there once an embedded database holds its data."""
    return LOCAL / _home(size) / "filled"


def fill(size: str, titles: str) -> int:
    """Make the data, in the database that DATABASE_URL names or in an embedded one."""
    environment = demo.environment(LOCAL / _home(size))
    with servers.kept(_home(size), quick=True) as addresses:
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks.data", size, titles],
            check=False,
            cwd=ROOT,
            env=environment | addresses,
        )
    if ended.returncode == 0:
        _filled(size).touch()
        print(f"Start the system on it: make open SIZE={size}")
    return ended.returncode


def open_site(size: str) -> int:
    """Start the system on the data, as the demo is started."""
    if not (os.environ.get("DATABASE_URL") or _filled(size).exists()):
        sys.exit(f"There is no data of that size yet: make data SIZE={size}")
    return demo.main(_home(size))


def main() -> int:
    wanted, size, *titles = sys.argv[1:]
    if size not in COUNTIES:
        sys.exit(f"SIZE is one of {', '.join(COUNTIES)}.")
    if wanted == "open":
        return open_site(size)
    return fill(size, titles[0] if titles else "")


if __name__ == "__main__":
    sys.exit(main())
