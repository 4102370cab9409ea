"""Background work: the terms of seats, and the last days of who leaves."""

from celery import shared_task

from . import leaving, seating


@shared_task
def keep_terms() -> None:
    seating.keep_terms()
    leaving.switch_off_who_left()
