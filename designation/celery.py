"""The Celery application: background work and the beat that drives the passing of time."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.development")

app = Celery("designation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
