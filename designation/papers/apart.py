"""Templates that somebody brought are read in a process of its own: it has no secret and no time.

Nothing of a hostile file that keeps a reader busy or eats memory reaches the process that answers
requests.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .filling import Fault, Schema

_PROGRAM = Path(__file__).with_name("filling.py")
# Our defaults: an honest template takes less than one second.
SECONDS = 10
_MEMORY = 1024 * 1024 * 1024


def filled(
    template: bytes,
    context: Mapping[str, Any],
    schema: Schema,
    *,
    body: Sequence[str] = (),
    seconds: int = SECONDS,
) -> bytes | Fault:
    """The file with its fields filled in, or the first fault of the template.

    It has to write one of ``body`` at least, where that names any.
    """
    asked = {
        "template": base64.b64encode(template).decode(),
        "context": context,
        "schema": schema,
        "body": list(body),
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file comes by its input
            [sys.executable, "-I", str(_PROGRAM), str(seconds), str(_MEMORY)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=2 * seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Fault("too_slow", "")
    if done.returncode:
        return Fault("unreadable", "")
    answer = json.loads(done.stdout)
    if "fault" in answer:
        return Fault(*answer["fault"])
    return base64.b64decode(answer["file"])
