"""Background work: the look at what is due."""

from celery import shared_task

from . import looking


@shared_task
def look_at_periods() -> tuple[int, int]:
    """Once a day; answers how many were announced, and how many went."""
    return looking.look()
