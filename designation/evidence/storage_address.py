"""From one address in the environment to Django's description of a storage."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = {"BACKEND": "designation.evidence.storage.ContentStorage"}
# Files that are made and thrown away again, written piece by piece.
PASSING = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"allow_overwrite": True},
}
_SCHEMES = {"s3": "https", "s3+http": "http"}
# Seconds: a store that does not answer must not hold a page for minutes.
_CONNECT_TIMEOUT, _READ_TIMEOUT, _TRIES = 5, 20, 2


def described(address: str, *, folder: dict[str, Any] = FOLDER) -> dict[str, Any]:
    """An entry of ``STORAGES``: ``folder``, which is MEDIA_ROOT, for "", else an S3 store.

    ``s3://KEY:SECRET@host[:port]/bucket[?region=…&prefix=…]``; ``s3+http://`` speaks without TLS,
    for a store on the same machine. Key and secret are written as in any URL (%2F for /). Raises
    ImproperlyConfigured for anything else.
    """
    if not address:
        return dict(folder)
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if parts.scheme not in _SCHEMES or not parts.hostname or not bucket or "/" in bucket:
        # The address itself holds a secret, so it is not repeated.
        raise ImproperlyConfigured(
            "EVIDENCE_STORAGE_URL must read s3://KEY:SECRET@host/bucket, with ?region= and "
            "?prefix= where they are wanted; leave it out to keep the files in MEDIA_ROOT."
        )
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = parts.netloc.rpartition("@")[2]
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "endpoint_url": f"{_SCHEMES[parts.scheme]}://{host}",
            "region_name": given.get("region"),
            "location": given.get("prefix", ""),
            # Names follow from the content: the same again replaces itself.
            "file_overwrite": True,
            "default_acl": None,
            "client_config": _client(),
        },
    }


def _client() -> Any:
    from botocore.config import Config

    return Config(
        s3={"addressing_style": "path"},
        signature_version="s3v4",
        connect_timeout=_CONNECT_TIMEOUT,
        read_timeout=_READ_TIMEOUT,
        retries={"total_max_attempts": _TRIES},
    )
