"""What an administrator enters of areas, organizations and people: saved, and on record."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from designation.audit import events
from designation.site import clock

from ..organizations import names
from ..organizations.models import Jurisdiction, Organization, Person
from ..organizations.scoping import area_code


class Overtaken(ValueError):
    """Another row was saved meanwhile that this one must not equal; ``str()`` tells what to do."""

    def __init__(self) -> None:
        super().__init__(_("他人刚刚录入了名称、代码或账号相同的一条，请核对后再保存。"))


def save(form: Any, *, actor: Person, noun: str, role: str) -> None:
    """As ``_save``; raises Overtaken where the database refuses a second one."""
    try:
        _save(form, actor=actor, noun=noun, role=role)
    except IntegrityError as error:
        raise Overtaken from error


@transaction.atomic
def _save(form: Any, *, actor: Person, noun: str, role: str) -> None:
    """Save a valid RecordedForm, with one event; where the name is another, a renaming.

    The former name is kept with the day from which the new one holds.
    """
    model = type(form.instance)
    stored = model.objects.select_for_update().filter(pk=form.instance.pk).first()
    details = form.recorded()
    saved = form.save()
    act = "edit" if stored else "add"
    if stored and stored.name_borne != saved.name_borne:
        on = form.cleaned_data.get("renamed_on") or clock.today()
        names.keep(saved, names.borne(stored), on=on, actor=actor)
        act, details = "rename", details | {"renamed_on": on}
    _record(saved, actor, f"{noun}.{act}", role, details)


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
    if isinstance(saved, Person):
        return area_code(saved) or events.WHOLE_SITE
    return saved.jurisdiction.code
