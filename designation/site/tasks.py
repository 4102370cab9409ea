from celery import shared_task

from . import request_keys, tallies
from .jobs import running, waking


@shared_task
def forget_request_keys() -> int:
    return request_keys.forget_old()


@shared_task
def compare_saves() -> int:
    """Once a night; answers how many days were compared."""
    return len(tallies.compare())


@shared_task
def run_job(pk: int) -> None:
    running.run(pk)


@shared_task
def resend_jobs() -> None:
    """Of every kind: those that no message reached, and those whose worker died."""
    for pk in running.left_behind():
        waking.send(pk)
