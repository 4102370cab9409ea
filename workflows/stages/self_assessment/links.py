"""The pages of the head's word, of signed papers, and of the internal posting."""

from typing import Any

from django.utils.translation import gettext_lazy

from designation.applications.models import Stage
from designation.site.templatetags.moments import day

from ...case.facts import Case
from ...declared import Link, Outcome, Shown
from . import head_reading
from .posting import may_register
from .typed import may_bring

_: Any = gettext_lazy


def _is_next(case: Case) -> bool:
    """The content stands: what is left is to hang it up and to say so."""
    return case.application.stage == Stage.SELF_ASSESSED and not case.posting_proofs


def _posted(case: Case) -> tuple[str, int | str] | None:
    posting = case.posting
    if posting is None or posting.posted_from is None or posting.posted_to is None:
        return None
    return f"{day(posting.posted_from)} – {day(posting.posted_to)}", case.application.pk


CONFIRM = Link(
    "applications:confirm",
    _("核对并承诺"),
    head_reading.may_confirm,
    goes_first=lambda _case: True,
)
BRING = Link("applications:signed_papers", _("上传签字纸质件"), may_bring, shown=Shown.BESIDE)
REGISTER = Link("applications:posting", _("登记内部公示"), may_register, goes_first=_is_next)
POSTED = Outcome(_("内部公示"), "applications:posting", _posted)
