"""A person's own settings: kept, and on record."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.site.refusal import Refusal

from ..organizations.models import Person
from .record import record


def held(person: Person) -> Person:
    """The person as they are on record, held to the end of the transaction."""
    return Person.objects.select_for_update().get(pk=person.pk)


def keep(person: Person, *, actor: Person, changed: Mapping[str, Any]) -> None:
    """Keep the settings as filled in, inside a transaction; ``changed`` is what the log holds.

    Raises Refusal for who is another.
    """
    if person.pk != actor.pk:
        raise Refusal.because("not_allowed", _("个人设置只能由本人修改。"))
    person.save()
    record(actor, "person.settings", actor=actor, details=changed)
