"""Changing a password oneself, and setting a first one on the server."""

from django.db import transaction

from designation.audit import events
from designation.audit.models import WithoutSeat

from ..organizations.models import Person
from ..organizations.scoping import area_code
from . import failures, letters


@transaction.atomic
def change_own(person: Person, password: str) -> None:
    """The person's own change; their other sessions end with the old password."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.set_password(password)
    person.must_change_password = False
    locked.password, locked.must_change_password = person.password, False
    locked.save(update_fields=["password", "must_change_password"])
    _record(locked, locked, "account.password_change", WithoutSeat.SELF)
    transaction.on_commit(lambda: letters.password_changed(locked))


@transaction.atomic
def record_first(person: Person) -> None:
    """A password was set on the server: who typed it knows it, so it lets in to be changed."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    locked.must_change_password = True
    locked.save(update_fields=["must_change_password"])
    failures.forget(locked)
    _record(locked, None, "account.first_password", WithoutSeat.SYSTEM)
    transaction.on_commit(lambda: letters.password_changed(locked))


def _record(person: Person, actor: Person | None, action: str, role: WithoutSeat) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=person,
            jurisdiction_code=area_code(person) or events.WHOLE_SITE,
            role=role,
        )
    )
