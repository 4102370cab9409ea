"""A form over a row whose changes stand in the log: the log knows who changed which field."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model, Q

from designation.site.shown_form import ShownForm

from .models import AuditEvent

# Our default: who changed a field longer ago than this many changes is not looked for.
_FAR_ENOUGH = 50


class RecordedForm(ShownForm):
    """``subject`` is what the events are about: the row of the form, unless it says otherwise."""

    @property
    def subject(self) -> Model:
        return self.instance  # type: ignore[attr-defined,no-any-return]

    def about(self) -> Q:
        """Which events may hold changes of the form's fields."""
        kind = self.subject._meta.label_lower  # noqa: SLF001 - Django's public name for it
        return Q(subject_type=kind, subject_id=str(self.subject.pk))

    def last_changed(self, names: Iterable[str]) -> Mapping[str, tuple[str, datetime | None]]:
        """One statement."""
        wanted = list(names)
        named = Q(details__changed__has_any_keys=wanted) | Q(details__fields__has_any_keys=wanted)
        rows = (
            AuditEvent.objects.filter(self.about(), named)
            .select_related("actor")
            .order_by("-sequence")[:_FAR_ENOUGH]
        )
        found: dict[str, tuple[str, datetime | None]] = {}
        for event in rows:
            who = event.actor.full_name if event.actor else ""
            for name in (*event.details.get("changed", ()), *event.details.get("fields", ())):
                found.setdefault(name, (who, event.at))
        return found
