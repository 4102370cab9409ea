"""The pages of the first review, and of the county's check of the papers."""

from typing import Any

from django.utils.translation import gettext_lazy

from ...declared import Link
from .marks import may_check, may_mark

_: Any = gettext_lazy

REVIEW = Link("applications:review", _("进入初审"), may_mark)
PAPERS = Link("applications:review", _("资料审查"), may_check)
