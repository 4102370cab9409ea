from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "designation.rounds"
    label = "rounds"
    verbose_name = _("申报批次")
