"""Run a command beside servers of its own: ``python -m tooling.with_servers COMMAND ...``."""

import os
import signal
import subprocess
import sys

from . import servers
from .places import ROOT


def main() -> int:
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    with servers.passing() as addresses:
        return subprocess.run(
            sys.argv[1:], check=False, cwd=ROOT, env=os.environ | addresses
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
