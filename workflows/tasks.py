"""Background work of the course: the passing of time."""

from celery import shared_task

from .stages.public_notice import periods


@shared_task
def end_notice_periods() -> None:
    periods.end_those_over()
