"""Where the case page leads to its archive."""

from django.utils.translation import gettext_lazy as _

from workflows.declared import Link, Shown

from .rules import may_archive

ARCHIVE = Link("reports:archive_case", _("归档"), may_archive, shown=Shown.BELOW)
