"""The record of designations, and the wiring of the site."""

from .celery import app as celery_app

__all__ = ("celery_app",)
