"""Background work of accounts: the link that somebody asked for, and what is no longer needed."""

from celery import shared_task

from . import failures, forgotten_links


@shared_task
def send_forgotten(person_id: int, asked_from: str) -> None:
    forgotten_links.send(person_id, asked_from=asked_from)


@shared_task
def forget_sign_ins() -> int:
    """Once a day: sessions that are over, and failures of long ago; answers how many failures."""
    return failures.forget_old()
