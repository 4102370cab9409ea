"""Waking a worker for the previews of what was just put in."""

import logging

from django.db import transaction

from designation.site.wake_up import WakeUpCall

from . import tasks

logger = logging.getLogger(__name__)


def _draw_now() -> None:
    try:
        tasks.draw_previews.delay()
    except tasks.draw_previews.OperationalError:
        logger.warning("The broker is not there; previews are drawn by the next sweep.")


wake_up = WakeUpCall(_draw_now)


def wake() -> None:
    """Ask a worker to draw, once what is written now is on record."""
    transaction.on_commit(wake_up.ring, robust=True)
