"""Whose password it is, asked before whether the account is on.

Only so can somebody with the right password be told that their account was switched off, while
whoever guesses is told nothing, and waits as long for it. The sign-in form lets in who is active.
"""

from typing import Any

from django.contrib.auth.backends import AllowAllUsersModelBackend

from ..organizations.models import Person


class Accounts(AllowAllUsersModelBackend):
    """Knows everybody by their password; a session it gives to who is active alone."""

    def get_user(self, user_id: Any) -> Person | None:
        found = super().get_user(user_id)
        return found if isinstance(found, Person) and found.is_active else None
