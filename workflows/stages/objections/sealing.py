"""Sealing personal data under FIELD_KEY."""

import base64
import hashlib
import json

from cryptography.fernet import Fernet
from django.conf import settings


def _key() -> Fernet:
    digest = hashlib.sha256(settings.FIELD_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(identity: dict[str, str]) -> bytes:
    return _key().encrypt(json.dumps(identity, ensure_ascii=False).encode())


def unseal(sealed: bytes) -> dict[str, str]:
    """Raises cryptography.fernet.InvalidToken when the key is another."""
    return json.loads(_key().decrypt(bytes(sealed)))
