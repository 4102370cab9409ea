"""Background work: the passing of time in the course."""

from celery import shared_task

from designation.applications import sittings

from .stages.objections import erasure
from .stages.public_notice import periods


@shared_task
def end_notice_periods() -> None:
    periods.end_those_over()


@shared_task
def end_sittings() -> None:
    sittings.end_those_over()


@shared_task
def erase_identities() -> None:
    erasure.erase_identities()
