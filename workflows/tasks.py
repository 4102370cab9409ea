"""Background work: the passing of time in the course, and replays."""

from celery import shared_task

from designation.applications import sittings

from .replays import requesting, running
from .stages.public_notice import erasure, periods


@shared_task
def end_notice_periods() -> None:
    periods.end_those_over()


@shared_task
def end_sittings() -> None:
    sittings.end_those_over()


@shared_task
def erase_identities() -> None:
    erasure.erase_identities()


@shared_task
def run_replay(pk: int) -> None:
    running.run(pk)


@shared_task
def resend_replays() -> None:
    for pk in running.left_behind():
        requesting.send(pk)
