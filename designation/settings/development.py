"""Development: debug pages, a key that protects nothing."""

from .base import *  # noqa: F403 - settings modules are layered by star import
from .base import env

DEBUG = True
ALLOWED_HOSTS = ["*"]
SECRET_KEY = env("SECRET_KEY", default="development-only")
FIELD_KEY = env("FIELD_KEY", default="development-only")
CERTIFICATE_KEY = env("CERTIFICATE_KEY", default="ZGV2ZWxvcG1lbnQtb25seSBrZXksIHNpZ25zIG5vIG8=")
