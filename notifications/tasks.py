"""Background work of notifications."""

from celery import shared_task

from . import carrying, channels, delivery, readiness, webhook_trials


@shared_task
def deliver_outbox() -> None:
    readiness.tell_of_those_ready()
    delivery.deliver_waiting()
    webhook_trials.carry_out()
    for carrier in channels.carriers():
        carrying.carry_waiting(carrier)
