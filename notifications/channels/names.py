"""Looking a name up within a time of ours: the system's own resolver knows no limit that we set."""

import socket
from queue import Empty, Queue
from threading import Thread


def looked_up(host: str, port: int, *, within: float) -> list[str]:
    """Every address that the name leads to, in the resolver's order.

    Raises OSError where none is found, or not within so many seconds, and UnicodeError. A resolver
    that hangs holds a thread until it gives up by itself, and neither its caller nor the end of
    the process: nothing ends a look-up from outside.
    """
    found: Queue[list[str] | OSError | UnicodeError] = Queue()
    Thread(target=_look_up, args=(host, port, found), daemon=True, name="look-up").start()
    try:
        answer = found.get(timeout=within)
    except Empty:
        raise TimeoutError(f"{host} was not found within {within} seconds") from None
    if isinstance(answer, list):
        return answer
    raise answer


def _look_up(host: str, port: int, found: "Queue[list[str] | OSError | UnicodeError]") -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        found.put(error)
    else:
        found.put([str(entry[4][0]) for entry in entries])
