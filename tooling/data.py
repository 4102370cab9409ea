"""``make data`` and ``make open``: data to measure with, each size in a database of its own."""

import subprocess
import sys

from . import demo, servers
from .places import LOCAL, ROOT


def _home(size: str) -> str:
    return f"data-{size}"


def fill(size: str, titles: str) -> int:
    """Make the data, in the database that DATABASE_URL names or in an embedded one."""
    with servers.kept(_home(size), quick=True) as addresses:
        return subprocess.run(
            [sys.executable, "-m", "benchmarks.data", size, titles],
            check=False,
            cwd=ROOT,
            env=demo.environment(LOCAL / _home(size)) | addresses,
        ).returncode


def main() -> int:
    wanted, size, *titles = sys.argv[1:]
    if wanted == "open":
        return demo.main(_home(size))
    return fill(size, *titles or [""])


if __name__ == "__main__":
    sys.exit(main())
