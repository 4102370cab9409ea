"""Changing a password oneself, and setting a first one on the server."""

from django.db import transaction

from designation.audit.models import WithoutSeat

from ..organizations.models import Person
from . import failures, letters
from .record import record


@transaction.atomic
def change_own(person: Person, password: str) -> None:
    """The person's own change; their other sessions end with the old password."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.set_password(password)
    person.must_change_password = False
    locked.password, locked.must_change_password = person.password, False
    locked.save(update_fields=["password", "must_change_password"])
    record(locked, "account.password_change", actor=locked)
    transaction.on_commit(lambda: letters.password_changed(locked))


@transaction.atomic
def record_first(person: Person) -> None:
    """A password was set on the server: who typed it knows it, so it lets in to be changed."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    locked.must_change_password = True
    locked.save(update_fields=["must_change_password"])
    failures.forget(locked)
    record(locked, "account.first_password", actor=None, role=WithoutSeat.SYSTEM)
    transaction.on_commit(lambda: letters.password_changed(locked))
