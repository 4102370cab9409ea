"""Production: secrets must be there, and everything travels over TLS."""

import sys

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 - settings modules are layered by star import
from .base import SILENCED_SYSTEM_CHECKS, SITE_ADDRESS, STORAGES, env

_REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions",
    "FIELD_KEY": "a long random text that seals personal data; keep it apart from backups",
    "DATABASE_URL": "postgres://user:password@host/name",
    "REDIS_URL": "redis://host:6379/0",
    "ALLOWED_HOSTS": "the site's host names, separated by commas",
    "SITE_ADDRESS": "https://the-site, used in e-mails",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
}

_missing = [name for name in _REQUIRED if not env.str(name, default="")]
if _missing:
    _lines = "\n".join(f"  {name}: {_REQUIRED[name]}" for name in _missing)
    _message = f"Production needs these environment variables:\n{_lines}"
    sys.stderr.write(_message + "\n")
    raise ImproperlyConfigured(_message)

SECRET_KEY = env("SECRET_KEY")
FIELD_KEY = env("FIELD_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
vars().update(env.email_url("EMAIL_URL"))

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# Subdomains and preload lists (W005, W021) belong to whoever runs the parent domain.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES["staticfiles"] = {"BACKEND": "designation.site.static_files.StaticFiles"}
