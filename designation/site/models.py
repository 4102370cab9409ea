"""Keys of requests that create something: each is used once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKey(models.Model):
    """A key that a creating form carried, and what came of it.

    ``content`` is a keyed SHA-256 of what was sent, so that the same key with other content is
    noticed; ``answer`` is where the person was led. Nobody is named for a form of the public.
    """

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.CharField(max_length=64)
    answer = models.CharField(max_length=300)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("提交凭证")

    def __str__(self) -> str:
        return self.key
