"""Background work: the terms of seats."""

from celery import shared_task

from . import seating


@shared_task
def keep_terms() -> None:
    seating.keep_terms()
