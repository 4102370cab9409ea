"""Background work: terms of seats, last days of who leaves, accounts unused, reviews of rights."""

from celery import shared_task

from . import leaving, rights_reviews, seating, unused


@shared_task
def keep_terms() -> None:
    seating.keep_terms()
    leaving.switch_off_who_left()


@shared_task
def look_after_unused() -> None:
    """Once a day."""
    unused.look()


@shared_task
def look_after_rights() -> None:
    """Once a day."""
    rights_reviews.look()
