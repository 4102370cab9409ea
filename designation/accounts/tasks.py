"""Background work of accounts: the link that somebody asked for."""

from celery import shared_task

from . import forgotten_links


@shared_task
def send_forgotten(person_id: int, asked_from: str) -> None:
    forgotten_links.send(person_id, asked_from=asked_from)
