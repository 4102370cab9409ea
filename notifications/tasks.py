"""Background work of notifications."""

from celery import shared_task

from . import delivery, emails


@shared_task
def deliver_outbox() -> None:
    delivery.deliver_waiting()
    emails.send_waiting()
