"""The stages of an application: each declared once.

A room of ours declares its stage here; an app of its own declares it when it starts
(``Stage.declare``). What hangs on a stage is declared by ``workflows.declared.Place``, and which
leads to which by ``workflows.flow``. The database takes a new one from the next ``migrate`` on
(``standards.code_constraints``).
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standards.codes import Code, CodesThat


class Stage(Code):
    """Where an application stands.

    ``is_end``: nothing leads out of it but an upheld appeal. ``is_private``: only the applicant's
    own people see it. ``is_noticed``: it stands before the public, or has stood there, so that the
    applicant withdraws no more.
    """

    __slots__ = ("is_end", "is_noticed", "is_private")

    DRAFT: ClassVar["Stage"]
    SELF_ASSESSED: ClassVar["Stage"]
    SUBMITTED: ClassVar["Stage"]
    RETURNED: ClassVar["Stage"]
    RECOMMENDED: ClassVar["Stage"]
    VERIFYING: ClassVar["Stage"]
    VERIFIED: ClassVar["Stage"]
    CHOSEN: ClassVar["Stage"]
    RESERVE: ClassVar["Stage"]
    ON_NOTICE: ClassVar["Stage"]
    AWAITING_DESIGNATION: ClassVar["Stage"]
    DESIGNATED: ClassVar["Stage"]
    NOT_CHOSEN: ClassVar["Stage"]
    REJECTED: ClassVar["Stage"]
    WITHDRAWN: ClassVar["Stage"]

    is_end: bool
    is_private: bool
    is_noticed: bool

    @classmethod
    def declare(
        cls,
        value: str,
        label: str | Promise,
        *,
        is_end: bool = False,
        is_private: bool = False,
        is_noticed: bool = False,
    ) -> "Stage":
        """Add a stage to those there are. Raises ValueError for a code that cannot be one."""
        stage = cls.enter(value, label)
        stage.is_end, stage.is_private, stage.is_noticed = is_end, is_private, is_noticed
        return stage


Stage.DRAFT = Stage.declare("draft", _("草稿"), is_private=True)
Stage.SELF_ASSESSED = Stage.declare("self_assessed", _("自评已确认"), is_private=True)
Stage.SUBMITTED = Stage.declare("submitted", _("待审核"))
Stage.RETURNED = Stage.declare("returned", _("补正中"))
Stage.RECOMMENDED = Stage.declare("recommended", _("已推荐"))
Stage.VERIFYING = Stage.declare("verifying", _("核查中"))
Stage.VERIFIED = Stage.declare("verified", _("核查合格"))
Stage.CHOSEN = Stage.declare("chosen", _("拟命名"))
Stage.RESERVE = Stage.declare("reserve", _("候补"))
Stage.ON_NOTICE = Stage.declare("on_notice", _("公示中"), is_noticed=True)
Stage.AWAITING_DESIGNATION = Stage.declare("awaiting_designation", _("待命名"), is_noticed=True)
Stage.DESIGNATED = Stage.declare("designated", _("已命名"), is_end=True)
Stage.NOT_CHOSEN = Stage.declare("not_chosen", _("达标未入选"), is_end=True)
Stage.REJECTED = Stage.declare("rejected", _("未通过"), is_end=True)
Stage.WITHDRAWN = Stage.declare("withdrawn", _("已撤回"), is_end=True)

FINAL_STAGES = CodesThat(Stage, lambda stage: stage.is_end)
PRIVATE_STAGES = CodesThat(Stage, lambda stage: stage.is_private)
NOTICED_STAGES = CodesThat(Stage, lambda stage: stage.is_noticed)
# In the hands of those who decide on it: no draft any more, and at no end yet.
IN_HAND_STAGES = CodesThat(Stage, lambda stage: not stage.is_end and not stage.is_private)
# These hold a place of their category: chosen, and whatever follows from that.
PLACED_STAGES = CodesThat(
    Stage, lambda stage: stage.is_noticed or stage in (Stage.CHOSEN, Stage.DESIGNATED)
)
# Until the notice is published.
WITHDRAWABLE_STAGES = CodesThat(Stage, lambda stage: not stage.is_end and not stage.is_noticed)
