"""Background work: the passing of time."""

from celery import shared_task

from . import by_time, reminding


@shared_task
def carry_out_terms() -> None:
    by_time.carry_out()


@shared_task
def remind_of_terms() -> None:
    reminding.remind()
