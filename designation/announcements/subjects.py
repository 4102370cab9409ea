"""What events may be about: each kind of subject says where its page is, and who may see it.

Registered by the room whose page it is. A page is kept by the name of its address, so that an
old message still leads there when the address itself has changed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Person

DESK = "home"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether a person who holds ``role`` may be told of the subject with this key."""

    subject_id: str
    person: Person
    role: str


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """``opens`` stands on the button of a message; ``page`` is name and arguments of an address.

    ``may_see`` is asked when the page is opened. ``admits`` returns those of many who may be told
    of it at all, in a fixed number of statements; without it, whoever holds the seat may.
    ``label`` names the subject without saying a secret. ``own_address`` makes the address anew for
    whoever is told, each time it is asked for: where it may be kept nowhere.
    """

    opens: Any
    page: Callable[[Any], tuple[str, list[Any]]]
    may_see: Callable[[Person, str], bool]
    admits: Callable[[Collection[Asked]], Collection[Asked]] | None = None
    label: Callable[[Any], str] = str
    own_address: Callable[[Person], str] | None = None


_KINDS: dict[str, SubjectKind] = {}
_ELSEWHERE = SubjectKind(_("打开工作台"), lambda _row: (DESK, []), lambda _person, _key: False)


def register(model: str, kind: SubjectKind) -> None:
    """Say where the page of a ``model`` (``applications.application``) is."""
    _KINDS[model] = kind


def kind_of(model: str) -> SubjectKind:
    """Of what no room registered, or not any more: the desk."""
    return _KINDS.get(model, _ELSEWHERE)


def reference(row: models.Model) -> dict[str, Any]:
    """A subject as an event keeps it: type, key and page."""
    model = row._meta.label_lower  # noqa: SLF001 - Django's public name for it
    name, arguments = kind_of(model).page(row)
    return {"type": model, "id": str(row.pk), "page": [name, arguments]}


def address(kept: Mapping[str, Any]) -> str:
    """The address of a kept page; the desk where it cannot be made."""
    name, arguments = kept["page"]
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return reverse(DESK)


def address_for(person: Person, kept: Mapping[str, Any]) -> str:
    """As ``address``; the desk, too, where the person may not see it, or not any more."""
    kind = kind_of(kept["type"])
    if not kind.may_see(person, kept["id"]):
        return reverse(DESK)
    return kind.own_address(person) if kind.own_address else address(kept)
