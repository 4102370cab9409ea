"""Run a command beside servers of its own: ``python -m tooling.with_servers COMMAND ...``."""

import os
import subprocess
import sys

from . import servers
from .places import ROOT


def main() -> int:
    servers.end_in_order()
    with servers.passing() as addresses:
        return subprocess.run(
            sys.argv[1:], check=False, cwd=ROOT, env=os.environ | addresses
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
