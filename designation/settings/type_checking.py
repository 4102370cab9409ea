"""For the type checker: every app installed, so that it knows the demo's models too."""

from .test import *  # noqa: F403 - settings modules are layered by star import
from .test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "demo.apps.DemoConfig"]
