"""Waking a worker from a thread of its own: a broker that hangs or is away holds no page."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

logger = logging.getLogger(__name__)

# One thread for all calls of the process: they speak to one broker.
_SENDER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wake-up")


class WakeUpCall:
    """``call`` sends a message to the broker; ``ring`` has it sent and does not wait.

    A call that waits to be sent serves everything that rings with the same words before it goes.
    One that is lost costs time only: the sweep of beat finds the work in the database.
    """

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self._lock = Lock()
        self._waiting: set[tuple[Any, ...]] = set()

    def ring(self, *words: Any) -> None:
        with self._lock:
            waits = words in self._waiting
            self._waiting.add(words)
        if not waits:
            _SENDER.submit(self._send, words)

    def settle(self) -> None:
        """Wait until all that rang has been sent or given up."""
        _SENDER.submit(lambda: None).result()

    def _send(self, words: tuple[Any, ...]) -> None:
        # Before the message: what rings from here on may have come too late for it.
        with self._lock:
            self._waiting.discard(words)
        try:
            self._call(*words)
        except Exception:
            logger.exception("A worker could not be woken; the next sweep does its work.")
