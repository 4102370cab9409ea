"""Receipt codes: by them an objector follows what became of an objection, without an account."""

import secrets

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10


_LONGEST_TYPED = 40


def read(typed: str) -> str:
    """The code in what was typed: with blanks, hyphens or small letters it is the same."""
    return "".join(sign for sign in typed[:_LONGEST_TYPED].upper() if sign.isalnum())


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _place in range(_CODE_LENGTH))
