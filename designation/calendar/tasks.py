"""Background work: the passing of time."""

from celery import shared_task

from . import by_time


@shared_task
def carry_out_terms() -> None:
    by_time.carry_out()
