"""The six categories that the source document names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    JG = "JG", _("机关(事业)单位")
    NC = "NC", _("农村")
    SQ = "SQ", _("社区")
    GQ = "GQ", _("国有企业")
    LX = "LX", _("非公经济组织和社会组织")
    XX = "XX", _("中小学校")
