"""A person's own settings: kept, and on record."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from designation.site import endings, filling
from designation.site.refusal import Refusal

from ..organizations.models import Person
from .record import record

COLUMNS = ("language", "large_type", "email")


def on_record(person: Person) -> Person:
    """The person as they are on record now, apart from the one who asks."""
    return Person.objects.get(pk=person.pk)


@endings.act()
def keep(
    person: Person,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
) -> Person:
    """Keep what ``values`` say of these COLUMNS; where they change nothing, nothing is recorded.

    The administrator changes some of them too: ``before`` is what the actor read in them, and what
    was changed since is refused. The log names the columns alone. Raises Refusal with a finding
    for each value that cannot be, and for who is another.
    """
    if person.pk != actor.pk:
        raise Refusal.because("not_allowed", _("个人设置只能由本人修改。"))
    held = Person.objects.select_for_update().get(pk=person.pk)
    filling.refuse(filling.overtaken(held, before))
    filled = filling.fill(held, values, columns=COLUMNS)
    filling.refuse(filled.findings)
    if filled.changes:
        held.save(update_fields=list(filled.changes))
        details = {"changed": list(filled.changes)}
        record(held, "person.settings", actor=actor, details=details)
    return held
