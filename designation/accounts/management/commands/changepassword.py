"""``manage.py changepassword NAME``: Django's own, and what is set is a first password.

Whoever typed it on the server knows it, so its person must change it at the first sign-in. The
change is on record, and the person is told.
"""

from getpass import getuser
from typing import Any

from django.contrib.auth.management.commands import changepassword

from designation.accounts import password_changes
from designation.organizations.models import Person


class Command(changepassword.Command):
    help = "Set a first password, which its person must change at the first sign-in."

    def handle(self, *args: Any, **options: Any) -> str | None:
        done = super().handle(*args, **options)
        username = options["username"] or getuser()
        password_changes.record_first(Person.objects.get(username=username))
        return done
