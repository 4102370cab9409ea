"""Background work of the course: the passing of time."""

from celery import shared_task

from .stages.public_notice import erasure, periods


@shared_task
def end_notice_periods() -> None:
    periods.end_those_over()


@shared_task
def erase_identities() -> None:
    erasure.erase_identities()
