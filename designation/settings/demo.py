"""The demo: its own clock, a marked control that moves it, mail written to files.

The demo app, its clock and its control exist under these settings only.
"""

from base64 import b64encode
from hashlib import sha256

from .base import *  # noqa: F403 - settings modules are layered by star import
from .base import BASE_DIR, CELERY_BEAT_SCHEDULE, INSTALLED_APPS, TEMPLATES, env

SECRET_KEY = env("SECRET_KEY")
FIELD_KEY = env("FIELD_KEY")
# Of the demo's own, as its other keys are.
CERTIFICATE_KEY = b64encode(sha256(f"certificates {SECRET_KEY}".encode()).digest()).decode()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo.apps.DemoConfig"]
ROOT_URLCONF = "demo.urls"
CLOCK = "demo.clock.demo_now"
TEMPLATES[0]["OPTIONS"]["context_processors"].append("demo.context.demo")  # type: ignore[index]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / ".local" / "demo" / "mail"
MEDIA_ROOT = BASE_DIR / ".local" / "demo" / "media"
# A minute is long for a person who just moved the clock.
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["schedule"] = 5.0
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
