"""Background work of the libraries."""

from celery import shared_task

from . import previews


@shared_task
def draw_previews() -> None:
    previews.draw_waiting()
