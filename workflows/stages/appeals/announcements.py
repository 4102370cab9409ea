"""Who is told of an appeal: the unit that made it, and those who may hear it.

Of an upheld one against a decision the case itself speaks, as it goes back; of one against a
revocation whoever restores titles is asked for the new decision. Where nothing is left to restore,
they read that the revocation was wrong, and what that is worth now.
"""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In, Over
from designation.organizations.models import Person, Role
from designation.site import clock

from .models import Against, Appeal
from .queries import may_be_restored

_FIELDS = ("organization", "round", "against", "document", "answer", "due")
_UNIT = (In(Role.HEAD, "unit"), In(Role.PREPARER, "unit"))
_HEARING = (Over(Role.COUNTY_COORDINATOR), Over(Role.OBJECTION_OFFICER))
_ABOUT = (_("对哪一决定：%(against)s"),)
_FINAL = _("本答复是最终答复，不能再次申请复核。")
# An upheld one against the revocation of a title that has run out since, or whose holder is gone.
_IN_VAIN = "appeal.upheld_in_vain"
_ANSWER = (*_ABOUT, _("答复文号：%(document)s"), _("答复：%(answer)s"), _FINAL)


def declare() -> None:
    name_fields({"against": _("对哪一决定"), "answer": _("答复"), "document": _("发文字号")})
    for status in Appeal.Status:
        store(f"appeal.{status}", said=_FIELDS, parties=("unit", "title"))
    store(_IN_VAIN, said=_FIELDS, parties=("unit", "title"))
    bar_ended = _("撤销称号带来的限制申报自答复之日起解除。")
    lodged = _("%(organization)s申请复核，请在%(due)s前书面答复。")
    announce(
        Announcement("appeal.lodged", _HEARING, lodged, _ABOUT, asks_to_act=True),
        Announcement(
            "appeal.lodged",
            _UNIT,
            _("已收到%(organization)s的复核申请，%(due)s前书面答复。"),
            _ABOUT,
        ),
        Announcement("appeal.taken_up", _UNIT, _("%(organization)s的复核申请已受理。"), _ABOUT),
        Announcement(
            "appeal.reported", _UNIT, _("%(organization)s的复核申请已核实，将提交研究。"), _ABOUT
        ),
        Announcement("appeal.withdrawn", _HEARING, _("%(organization)s已撤回复核申请。"), _ABOUT),
        Announcement(
            "appeal.withdrawn", _UNIT, _("%(organization)s的复核申请已撤回，原决定不变。"), _ABOUT
        ),
        Announcement(
            "appeal.not_upheld",
            _UNIT,
            _("%(organization)s申请复核的答复：维持原决定。"),
            _ANSWER,
            is_decision=True,
        ),
        Announcement(
            "appeal.upheld",
            _UNIT,
            _("%(organization)s申请复核的答复：复核成立。"),
            (*_ANSWER, bar_ended),
            is_decision=True,
        ),
        Announcement(
            _IN_VAIN,
            _UNIT,
            _("%(organization)s申请复核的答复：复核成立，撤销称号不当。"),
            (
                *_ANSWER,
                bar_ended,
                _(
                    "称号的有效期已满，或者持有的单位已经撤并，称号不再恢复；"
                    "没有其他限制的，可以重新申报，申报未通过的批次除外。"
                ),
            ),
            is_decision=True,
        ),
        Announcement(
            _IN_VAIN,
            (Over(Role.DECIDING_OFFICER),),
            _(
                "%(organization)s的称号撤销经复核不能成立；称号的有效期已满，或者单位已经撤并，不再恢复。"
            ),
            (*_ANSWER, bar_ended),
            page="title",
        ),
        Announcement(
            "appeal.upheld",
            (Over(Role.DECIDING_OFFICER),),
            _("%(organization)s的称号撤销经复核不能成立，请依据新的命名决定恢复称号。"),
            _ANSWER,
            asks_to_act=True,
            page="title",
        ),
    )


def happened(appeal: Appeal, status: str, *, actor: Person, role: str) -> None:
    """Tell that it was made, heard or answered; of a case that goes back, its passage does."""
    application, title = appeal.application, appeal.title
    if status == Appeal.Status.UPHELD and title is None:
        return
    in_vain = title is not None and status == Appeal.Status.UPHELD and not may_be_restored(title)
    tell(
        Event(
            action=_IN_VAIN if in_vain else f"appeal.{status}",
            subject=appeal,
            jurisdiction_code=appeal.area_code,
            actor=actor,
            role=role,
            said={
                "organization": said.name(appeal.organization),
                "round": said.of_round(application.round if application else None),
                "against": said.words(Against(appeal.against).label),
                "document": appeal.document_number,
                "answer": appeal.answer,
                "due": said.deadline(appeal.due_at),
            },
            parties={
                "unit": appeal.organization_id,
                "title": subjects.reference(title) if title else None,
            },
            at=clock.now(),
        )
    )
