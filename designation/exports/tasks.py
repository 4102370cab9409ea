from celery import shared_task

from . import keeping


@shared_task
def forget_files() -> int:
    """Once a day; answers how many went."""
    return keeping.forget_old()
