"""Signing a request, as the Standard Webhooks specification has it, with the ids of the keys.

Any of its libraries checks what is made here; docs/webhook.md shows it without one.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

_PREFIX = "whsec_"
# "between 24 bytes (192 bits) and 64 bytes (512 bits)" (Standard Webhooks, Signature scheme).
_BYTES = 32


def new_secret() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def new_key_id() -> str:
    """By which a receiver finds the key; it tells nothing of it."""
    return secrets.token_hex(4)


def headers(
    identity: str, timestamp: int, body: bytes, keys: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The headers of a request signed with every key, given by id and secret."""
    keys = list(keys)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Designation",
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-key-id": " ".join(key_id for key_id, _secret in keys),
        "webhook-signature": " ".join(
            _signature(secret, identity, timestamp, body) for _key_id, secret in keys
        ),
    }


def _signature(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{identity}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
