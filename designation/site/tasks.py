from celery import shared_task

from . import request_keys


@shared_task
def forget_request_keys() -> int:
    return request_keys.forget_old()
