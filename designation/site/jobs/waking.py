"""Waking a worker for a job."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

from designation.site.wake_up import WakeUpCall

logger = logging.getLogger(__name__)

TASK = "designation.site.tasks.run_job"


def send(pk: int) -> None:
    """Have a worker woken from the thread that does so; a broker that hangs holds no page."""
    wake_up.ring(pk)


def _send_now(pk: int) -> None:
    try:
        current_app.send_task(TASK, [pk])
    except OperationalError:
        logger.warning("The broker is not there; job %s stays in the queue.", pk)


wake_up = WakeUpCall(_send_now)
