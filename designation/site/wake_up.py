"""Waking a worker from a thread of its own: a broker that hangs or is away holds no page."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

logger = logging.getLogger(__name__)


class WakeUpCall:
    """``call`` sends a message to the broker; ``ring`` has it sent and does not wait.

    A call that waits to be sent serves everything that rings before it goes. One that is lost
    costs time only: the sweep of beat finds the work in the database.
    """

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self._waits = Lock()
        self._sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wake-up")

    def ring(self) -> None:
        if self._waits.acquire(blocking=False):
            self._sender.submit(self._send)

    def settle(self) -> None:
        """Wait until all that rang has been sent or given up."""
        self._sender.submit(lambda: None).result()

    def _send(self) -> None:
        # Before the message: what rings from here on may have come too late for it.
        self._waits.release()
        try:
            self._call()
        except Exception:
            logger.exception("A worker could not be woken; the next sweep does its work.")
