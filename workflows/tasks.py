"""Background work of the stages; what time itself does stands in ``designation.calendar``."""

from celery import shared_task

from designation.applications import sittings

from .desk import daily
from .rechecks import reports
from .stages.objections import erasure
from .titles import ending, orders


@shared_task
def end_sittings() -> None:
    sittings.end_those_over()


@shared_task
def erase_identities() -> None:
    erasure.erase_identities()


@shared_task
def tell_each_morning() -> None:
    daily.tell_each_morning()


@shared_task
def look_at_ending_titles() -> None:
    """Once a day."""
    ending.look()
    orders.end_those_of_ended()
    reports.excuse_those_of_ended()
