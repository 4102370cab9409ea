"""Tests: quick password hashing, mail and files in memory or a temporary place."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings modules are layered by star import
from .base import CACHES, DATABASES, MIDDLEWARE

SECRET_KEY = "tests-only"  # noqa: S105 - protects nothing outside tests
FIELD_KEY = "tests-only"
CERTIFICATE_KEY = "dGVzdHMtb25seSBrZXkgb2YgMzIgYnl0ZXMgaGVyZSE="
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="designation-media-"))
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {
    "NAME": "test_designation" + os.environ.get("TEST_DB_SUFFIX", ""),
}
# The transaction around a test stands idle while the test waits for a browser or a process.
DATABASES["default"]["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"
# Side by side, each counts the public's sendings for itself.
CACHES["default"]["KEY_PREFIX"] += os.environ.get("PYTEST_XDIST_WORKER", "")
AXES_ENABLED = False
# Static files are served by Django's own test servers; whitenoise would ask for a collected tree.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
