"""Background work of notifications."""

from celery import shared_task

from . import delivery


@shared_task
def deliver_outbox() -> None:
    delivery.deliver_waiting()
    delivery.send_waiting_emails()
