"""What every environment shares. Secrets and addresses come from environment variables."""

from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import ERROR
from django.utils.translation import gettext_lazy as _

from designation.evidence.storage_address import PASSING, described

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    # First, for its changepassword stands before Django's own.
    "designation.accounts.apps.AccountsConfig",
    "designation.organizations.apps.OrganizationsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "axes",
    "csp",
    "standards.apps.StandardsConfig",
    "designation.site.apps.SiteConfig",
    "designation.audit.apps.AuditConfig",
    "designation.exports.apps.ExportsConfig",
    "designation.retention.apps.RetentionConfig",
    "designation.administration.apps.AdministrationConfig",
    "designation.calendar.apps.CalendarConfig",
    "designation.adoptions.apps.AdoptionsConfig",
    "designation.rounds.apps.RoundsConfig",
    "designation.evidence.apps.EvidenceConfig",
    "designation.applications.apps.ApplicationsConfig",
    "designation.register.apps.RegisterConfig",
    "workflows.apps.WorkflowsConfig",
    "authoring.apps.AuthoringConfig",
    "authoring.drafting.apps.DraftingConfig",
    "reports.apps.ReportsConfig",
    "notifications.apps.NotificationsConfig",
]

MIDDLEWARE = [
    "designation.site.origin.Origin",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "designation.site.compression.Compressed",
    "csp.middleware.CSPMiddleware",
    "designation.site.public_pages.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "designation.site.uploads.Arriving",
    "designation.site.text.Intake",
    "designation.accounts.after_sign_out.SignedInPages",
    "designation.accounts.session_end.SessionEnd",
    "designation.accounts.first_password.FirstPassword",
    "designation.site.present_session.SentByScript",
    "designation.site.errors.Untaken",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "designation.urls"
# What lies below a language; see designation/site/public_pages.py.
PUBLIC_URLCONF = "designation.public_urls"
WSGI_APPLICATION = "designation.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "designation.site.layout.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "designation.site.public_pages.frame",
                "designation.organizations.context.site",
                "notifications.context.unread",
            ],
        },
    },
]

FORM_RENDERER = "designation.site.inputs.InputRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///designation")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A lock that cannot be had is answered as "try again", never waited for without end; and who holds
# locks and does nothing is ended by the database, so that nobody waits for them (our defaults).
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c lock_timeout=5s -c idle_in_transaction_session_timeout=15s"
)

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
# Counts of the public's sendings only: they may be lost, and waiting for them holds no page long.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "designation",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}
# What earlier values of FIELD_KEY sealed is still opened with them; see docs/operation.md.
FORMER_FIELD_KEYS = env.list("FORMER_FIELD_KEYS", default=[])
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A stopped Redis must not hold a page: the outbox keeps what could not be sent.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "carry-out-terms": {"task": "designation.calendar.tasks.carry_out_terms", "schedule": 60.0},
    "remind-of-terms": {"task": "designation.calendar.tasks.remind_of_terms", "schedule": 300.0},
    "end-sittings": {"task": "workflows.tasks.end_sittings", "schedule": 300.0},
    "erase-identities": {"task": "workflows.tasks.erase_identities", "schedule": 3600.0},
    "tell-each-morning": {"task": "workflows.tasks.tell_each_morning", "schedule": 600.0},
    "keep-terms": {"task": "designation.administration.tasks.keep_terms", "schedule": 300.0},
    "look-after-unused": {
        "task": "designation.administration.tasks.look_after_unused",
        "schedule": 24 * 3600.0,
    },
    "look-after-rights": {
        "task": "designation.administration.tasks.look_after_rights",
        "schedule": 24 * 3600.0,
    },
    "look-at-ending-titles": {
        "task": "workflows.tasks.look_at_ending_titles",
        "schedule": 24 * 3600.0,
    },
    "deliver-outbox": {"task": "notifications.tasks.deliver_outbox", "schedule": 60.0},
    "forget-request-keys": {
        "task": "designation.site.tasks.forget_request_keys",
        "schedule": 24 * 3600.0,
    },
    "draw-previews": {"task": "designation.evidence.tasks.draw_previews", "schedule": 60.0},
    "compare-saves": {"task": "designation.site.tasks.compare_saves", "schedule": 6 * 3600.0},
    "forget-files": {"task": "designation.exports.tasks.forget_files", "schedule": 24 * 3600.0},
    "look-at-periods": {
        "task": "designation.retention.tasks.look_at_periods",
        "schedule": 24 * 3600.0,
    },
    "forget-sign-ins": {
        "task": "designation.accounts.tasks.forget_sign_ins",
        "schedule": 24 * 3600.0,
    },
    "resend-jobs": {"task": "designation.site.tasks.resend_jobs", "schedule": 60.0},
}

AUTH_USER_MODEL = "organizations.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "designation.accounts.backend.Accounts",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "designation.accounts.passwords.KindsOfCharacters"},
]
# Our default: how long the link by which a person sets a password may be used. Seconds.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60
LOGIN_URL = "organizations:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "organizations:login"

# The header in which the proxy writes the client's address (X-Real-IP, X-Forwarded-For); none is
# believed unless it is named here (designation/site/origin.py).
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER", default="")

# Assessors' practice for GB/T 22239: five failures, then half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
# Trying on while locked does not lengthen the lock, or nobody could ever wait it out.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The audit log keeps who signed in.
AXES_DISABLE_ACCESS_LOG = True
AXES_USERNAME_CALLABLE = "designation.accounts.failures.counted_as"
AXES_CLIENT_IP_CALLABLE = "designation.accounts.failures.address"
# Locking is by account on purpose: many clerks share one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
# A mail server that does not answer must not hold the worker.
EMAIL_TIMEOUT = 10
# Tabler's name for it.
MESSAGE_TAGS = {ERROR: "danger"}
# Our defaults after the practice of assessors: idle, and at the longest whatever one does.
IDLE_MINUTES = 30
ADMINISTRATOR_IDLE_MINUTES = 15
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "designation.site.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# A family for a role of printed documents (body, title, heading), before those that come first.
DOCUMENT_FONTS: dict[str, str] = env.dict("DOCUMENT_FONTS", default={})
DOCUMENT_FONT_FOLDERS = [
    *filter(None, [env("DOCUMENT_FONTS_DIR", default="")]),
    BASE_DIR / "node_modules" / "@expo-google-fonts" / "noto-serif-sc",
]
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
TABLER = BASE_DIR / "node_modules" / "@tabler" / "core" / "dist"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # Its stylesheets and what they show; the rest is not used, and part of it names missing files.
    ("tabler/css", TABLER / "css"),
    ("tabler/img", TABLER / "img"),
]
# Where evidence lies: an S3 store by its address (docs/operation.md), else the folder MEDIA_ROOT.
STORAGES = {
    "default": described(env("EVIDENCE_STORAGE_URL", default="")),
    # Beside it, in a folder of its own: files that were made for somebody to fetch.
    "exports": described(env("EVIDENCE_STORAGE_URL", default=""), folder=PASSING),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / ".local" / "media")))
# Evidence is served by a view that asks who may see it; there is no public media address.
MEDIA_URL = ""

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Where a county's gateway may stand (docs/webhook.md): networks, as 10.20.0.0/16, that may be
# reached though they are private. A request takes as many seconds at most to connect, and to be
# answered; our default.
WEBHOOK_NETWORKS = [ip_network(one) for one in env.list("WEBHOOK_NETWORKS", default=[])]
WEBHOOK_PLAIN_HTTP = env.bool("WEBHOOK_PLAIN_HTTP", default=False)
WEBHOOK_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="designation@localhost")
SITE_ADDRESS = env("SITE_ADDRESS", default="http://localhost:8000").rstrip("/")

CLOCK = "designation.site.clock.system_now"

# Limits on evidence (domain: caps 100 files, 20 MB each, 500 MB together), and on any other
# file that a form takes. Bytes.
EVIDENCE_FILE_LIMIT = 20 * 1024 * 1024
EVIDENCE_TOTAL_LIMIT = 500 * 1024 * 1024
EVIDENCE_COUNT_LIMIT = 100
# Of one form sent whole, without a script; our default. With one, each file is a request.
EVIDENCE_AT_ONCE = 20
# What the library of one organization may hold together; our default.
EVIDENCE_LIBRARY_LIMIT = 5 * 1024 * 1024 * 1024
# The sheet of a meeting has five fields for each of those verified: a county of 1,900
# organizations, all of one category.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# So that whoever chose too many is told which ones.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# A request announced as longer is read no further than its first file. A proxy in front needs
# the same figure (docs/operation.md).
REQUEST_LIMIT = 50 * 1024 * 1024
# Files wait in memory, which the limits above bound: a full disk for temporary files cannot
# cost an upload, nor can one that broke off leave anything there.
FILE_UPLOAD_HANDLERS = [
    "designation.site.uploads.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = REQUEST_LIMIT

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
