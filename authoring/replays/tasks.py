from celery import shared_task

from . import requesting, running


@shared_task
def run_replay(pk: int) -> None:
    running.run(pk)


@shared_task
def resend_replays() -> None:
    for pk in running.left_behind():
        requesting.send(pk)
