from celery import shared_task

from . import request_keys, tallies


@shared_task
def forget_request_keys() -> int:
    return request_keys.forget_old()


@shared_task
def compare_saves() -> int:
    """Once a night; answers how many days were compared."""
    return len(tallies.compare())
