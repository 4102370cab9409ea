"""The signature under what a certificate states: Ed25519 (RFC 8032) over its canonical JSON."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from designation.site.refusal import Refusal

_SEED = 32
_DIGITS_OF_ID = 16


def canonical(content: Mapping[str, str]) -> bytes:
    """The one spelling of a content: keys in order, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(content: Mapping[str, str]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True, slots=True)
class Signer:
    """The key of this installation; ``key_id`` and ``public_key`` are what everybody may know."""

    private: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        return _text(self.private.public_key().public_bytes_raw())

    @property
    def key_id(self) -> str:
        raw = self.private.public_key().public_bytes_raw()
        return hashlib.sha256(raw).hexdigest()[:_DIGITS_OF_ID]

    def sign(self, content: Mapping[str, str]) -> str:
        return _text(self.private.sign(canonical(content)))


def signer() -> Signer:
    """By the key that the environment holds. Raises Refusal where it holds none, or no key."""
    try:
        seed = base64.b64decode(settings.CERTIFICATE_KEY, validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED:
        told = _(
            "本系统还没有设置证书签名密钥（CERTIFICATE_KEY），不能发证。请联系负责运行本系统的技术人员。"
        )
        raise Refusal.because("no_signing_key", told, rule=_("证书须有签名"))
    return Signer(Ed25519PrivateKey.from_private_bytes(seed))


def is_signed(content: Mapping[str, str], signature: str, public_key: str) -> bool:
    """Whether the signature is that of this content by this key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signature), canonical(content))
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
