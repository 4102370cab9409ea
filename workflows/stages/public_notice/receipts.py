"""Receipt codes: issued with the empty form, so that a form sent twice registers one objection."""

import secrets

from django.core import signing

from .models import NoticeEntry

# Without letters and digits that are mistaken for each other on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_SALT = "objection-receipt"


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _place in range(_CODE_LENGTH))


def issue(entry: NoticeEntry) -> str:
    """A signed token that carries the code of the objection about to be raised."""
    return signing.dumps([entry.pk, new_code()], salt=_SALT)


def code_in(token: str, entry: NoticeEntry) -> str:
    """The code that ``token`` carries; a new one when it is missing, forged or for another."""
    try:
        entry_id, code = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return new_code()
    return code if entry_id == entry.pk else new_code()
