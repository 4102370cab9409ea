"""Asking for long work, and calling it off."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from designation.site import clock, endings
from designation.site.refusal import Refusal

from . import kinds, waking
from .models import Job, State
from .running import is_unheard

# The code of the refusal.
UNDER_WAY = "under_way"


def ask(
    kind: str, make: Callable[[Job], models.Model], *, actor: Any = None, slot: str = ""
) -> Job:
    """Put a job in the queue, and wake a worker once this is committed.

    ``make`` makes the row that the job is about, which may point to it. Raises Refusal while a
    job of the same ``slot`` is under way, and NotRegistered.
    """
    words = kinds.of(kind).words
    with endings.act():
        try:
            with transaction.atomic():
                job = Job.objects.create(kind=kind, slot=slot, asked_by=actor, asked_at=clock.now())
        except IntegrityError as taken:
            raise Refusal.because(UNDER_WAY, str(words.under_way)) from taken
        subject = make(job)
        job.subject_type = subject._meta.label_lower  # noqa: SLF001 - Django's public name for it
        job.subject_id = str(subject.pk)
        job.save(update_fields=["subject_type", "subject_id"])
        transaction.on_commit(partial(waking.send, job.pk), robust=True)
    return job


def cancel(job: Job) -> bool:
    """Call off a job that is under way; False when it had ended already.

    What no worker has in hand ends now. A worker that runs it hears of it between two chunks and
    takes back what the former ones left; until then ``job`` is under way.
    """
    now = clock.now()
    waiting = Q(state=State.QUEUED) | is_unheard(now)
    with endings.act():
        ended = Job.objects.filter(waiting, pk=job.pk).update(
            state=State.CANCELLED, cancel_asked_at=now, ended_at=now, memo={}
        )
        if ended:
            kinds.of(job.kind).undo(job)
        running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
        asked = ended or running.update(cancel_asked_at=now)
    job.refresh_from_db()
    return bool(asked)
