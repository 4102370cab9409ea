"""A role of an app that does not exist: declared as such an app would when it starts."""

from contextlib import contextmanager

from django.utils.functional import lazy
from django.utils.translation import get_language

from designation.organizations.roles import HeldIn, Office, Role


def named(chinese, english):
    """A name in both languages, as a catalogue of the app's own would give it."""
    return lazy(lambda: english if get_language() == "en" else chinese, str)()


@contextmanager
def mediator(held_in=HeldIn.JURISDICTION):
    role = Role.declare(
        "mediator", named("调解员", "Mediator"), office=Office.COUNTY_OFFICE, held_in=held_in
    )
    try:
        yield role
    finally:
        Role.withdraw(role)
