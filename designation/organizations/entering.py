"""What an administrator enters of areas, organizations and people: saved, and on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.forms import ModelForm

from designation import clock
from designation.audit import changes, events

from . import names
from .models import Jurisdiction, Organization, Person

# Of people the log says that these changed, not what they were: the log is kept for good.
_UNTOLD = frozenset({"username", "full_name", "email", "password", "language"})
_NAMES = frozenset({"name_zh", "full_name", "renamed_on"})


@transaction.atomic
def save(form: ModelForm, *, actor: Person, noun: str, role: str) -> Any:
    """Save a valid form; a new name is an event of its own, and the former one is kept.

    Two administrators may have had the same row open: the former name is the one in the record.
    """
    model = type(form.instance)
    stored = model._base_manager.select_for_update().filter(pk=form.instance.pk).first()  # noqa: SLF001 - Django's name for it
    saved = form.save()
    if stored is None:
        _record(saved, actor, f"{noun}.add", role, _changes(form, None, saved))
        return saved
    renamed = stored.name_borne != saved.name_borne
    if renamed:
        on = form.cleaned_data.get("renamed_on") or clock.today()
        names.keep(saved, names.borne(stored), on=on, actor=actor)
        _record(saved, actor, f"{noun}.rename", role, _renaming(stored, saved, on))
    details = _changes(form, stored, saved)
    if details or not renamed:
        _record(saved, actor, f"{noun}.edit", role, details)
    return saved


def _renaming(stored: Any, saved: Any, on: date) -> Mapping[str, Any]:
    if isinstance(saved, Person):
        return {"renamed_on": on}
    return {"old": stored.name_borne, "new": saved.name_borne, "renamed_on": on}


def _changes(form: ModelForm, stored: Any, saved: Any) -> Mapping[str, Any]:
    """Old and new values, and of what is personal only that it changed."""
    changed = [name for name in form.changed_data if stored is None or name not in _NAMES]
    told = [name for name in changed if name not in _UNTOLD | {"renamed_on"}]
    untold = [name for name in changed if name in _UNTOLD]
    found = changes.between(changes.values(stored, told), changes.values(saved, told))
    return {key: value for key, value in (("changes", found), ("changed", untold)) if value}


def _record(saved: Any, actor: Person, action: str, role: str, details: Mapping[str, Any]) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=saved,
            jurisdiction_code=_code(saved),
            role=role,
            details=details,
        )
    )


def _code(saved: Jurisdiction | Organization | Person) -> str:
    """The area whose audit administrator sees the event."""
    if isinstance(saved, Jurisdiction):
        return saved.code
    organization = saved.home_organization if isinstance(saved, Person) else saved
    return organization.jurisdiction.code if organization else ""
