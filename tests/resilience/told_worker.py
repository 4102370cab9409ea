"""Read by the worker that a test kills: a kind of job that says where it is, and is told to go on.

The test listens on a port of this machine; the worker stands still while nobody answers.
"""

import os
import socket

from designation.site.jobs import running
from tests.designation.site import counting

TOLD = "TESTS_TOLD_ON_PORT"
ROWS, SIZE = 17, 3


def say(where):
    with socket.create_connection(("127.0.0.1", int(os.environ[TOLD])), 120) as line:
        line.sendall(where.encode())
        line.recv(10)


if TOLD in os.environ:
    counting.known(
        lambda job: counting.Counting(
            job,
            ROWS,
            SIZE,
            reads=lambda first: say(f"between two chunks {first // SIZE}"),
            hear=lambda first: say(f"within a chunk {first // SIZE}"),
        )
    )
    carry_out = running.run

    def run_and_tell(pk):
        carry_out(pk)
        say("finished")

    running.run = run_and_tell
