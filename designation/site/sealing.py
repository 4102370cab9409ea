"""Sealing what nobody reads by chance under FIELD_KEY; FORMER_FIELD_KEYS open what they sealed.

A sealed value begins with the id of its key, a colon, and then a Fernet token. What was sealed
before keys had ids is a token alone: every key is tried on it.
"""

import base64
import hashlib
import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_ID_LENGTH = 8
_ENDS_ID = b":"


def _secrets() -> list[str]:
    """The present key first: it seals; the former ones open."""
    return [settings.FIELD_KEY, *settings.FORMER_FIELD_KEYS]


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest())


def key_id(secret: str) -> bytes:
    """By which a key is found again; it tells nothing of the key."""
    return hashlib.sha256(b"key id " + _key(secret)).hexdigest()[:_ID_LENGTH].encode()


def _opener(secrets: Sequence[str]) -> MultiFernet:
    if not secrets:
        raise InvalidToken
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _taken_apart(sealed: bytes) -> tuple[list[str], bytes]:
    """The keys that may open a sealed value, and its token."""
    named, colon, token = bytes(sealed).partition(_ENDS_ID)
    if not colon:
        return _secrets(), named
    return [secret for secret in _secrets() if key_id(secret) == named], token


def seal(values: dict[str, str]) -> bytes:
    return seal_file(json.dumps(values, ensure_ascii=False).encode())


def unseal(sealed: bytes) -> dict[str, str]:
    """Raises cryptography.fernet.InvalidToken when none of the keys is the one."""
    return json.loads(unseal_file(sealed))


def seal_file(content: bytes) -> bytes:
    present = settings.FIELD_KEY
    return key_id(present) + _ENDS_ID + Fernet(_key(present)).encrypt(content)


def unseal_file(sealed: bytes) -> bytes:
    """Raises cryptography.fernet.InvalidToken as ``unseal``."""
    secrets, token = _taken_apart(sealed)
    return _opener(secrets).decrypt(token)


def is_under_present_key(sealed: bytes) -> bool:
    return bytes(sealed).startswith(key_id(settings.FIELD_KEY) + _ENDS_ID)


def resealed(sealed: bytes) -> bytes:
    """The same under the present key, with the moment at which it was first sealed.

    Raises cryptography.fernet.InvalidToken as ``unseal``.
    """
    if is_under_present_key(sealed):
        return bytes(sealed)
    secrets, token = _taken_apart(sealed)
    _opener(secrets).decrypt(token)
    rotated = _opener(_secrets()).rotate(token)
    return key_id(settings.FIELD_KEY) + _ENDS_ID + rotated
