"""The link that was asked for by e-mail: for whom there is one, and sending it.

It ends no other link, or anybody could end those on paper by asking. The three administrators are
given theirs by another one: a mailbox is not enough to act for a county.
"""

from django.db import transaction

from designation.audit.models import WithoutSeat

from ..organizations.models import Person, Seat
from ..organizations.roles import ADMINISTRATOR_ROLES
from ..organizations.tenure import not_over
from . import letters, password_links
from .record import record


@transaction.atomic
def send(person_id: int, *, asked_from: str) -> None:
    """Record that a link was asked for, and mail it; for who may have none nothing happens."""
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None or not may_have(person):
        return
    record(
        person,
        "account.password_forgotten",
        actor=None,
        role=WithoutSeat.PUBLIC,
        asked_from=asked_from,
    )
    path = password_links.path_of(person)
    transaction.on_commit(
        lambda: letters.password_forgotten(person, path, hours=password_links.hours())
    )


def may_have(person: Person) -> bool:
    """Whether the person has a password to forget, an address, and no administrator's seat."""
    administers = Seat.objects.filter(not_over(), person=person, role__in=ADMINISTRATOR_ROLES)
    has_both = bool(person.email) and person.has_usable_password()
    return person.is_active and has_both and not administers.exists()
