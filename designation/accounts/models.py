"""Password links that go out by e-mail to many at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkMailing(models.Model):
    """The letters of one press: to whom a worker mails the link that was made for them.

    It holds no link. Each is written into its letter when that goes out, and how far a letter has
    come is what the room that delivers says of it (``designation.announcements.arrivals``).
    """

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("操作人")
    )
    made_at = models.DateTimeField(_("时间"))
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="link_mailings", verbose_name=_("收件人")
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("密码链接邮件")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
