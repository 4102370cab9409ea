"""Who is told of what happens to a title: the unit that holds it, and the county's coordinators."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In, Over
from designation.announcements.subjects import SubjectKind
from designation.audit.models import WithoutSeat
from designation.organizations.models import Organization, Role
from designation.register.models import Designation, TitleStep
from designation.register.rules import lives_read_by
from designation.register.standing import Act
from designation.site import clock

from ..stages.appeals import told as appeals
from .case import TitleCase

_FIELDS = ("organization", "number", "document", "dated", "reason", "correct_by", "until")
_UNIT = (In(Role.HEAD, "holder"), In(Role.PREPARER, "holder"))
_COUNTY = (Over(Role.COUNTY_COORDINATOR),)
_BODY = (
    _("名册编号：%(number)s"),
    _("依据文件：%(document)s（%(dated)s）"),
    _("理由：%(reason)s"),
)
_SENTENCES: Mapping[Act, Any] = {
    Act.WARNED: _("%(organization)s的称号被警告，仍然有效，请及时改正。"),
    Act.LIFTED: _("%(organization)s的称号已解除警告。"),
    Act.ORDERED: _("%(organization)s的称号被责令限期整改，请在%(correct_by)s前整改到位。"),
    Act.PROLONGED: _("%(organization)s的整改期限延长到%(correct_by)s。"),
    Act.PASSED: _("%(organization)s的称号整改合格，整改结束。"),
    Act.REVOKED: _("%(organization)s的称号已撤销。"),
    Act.CANCELLED: _("%(organization)s的称号已注销。"),
    Act.RESTORED: _("%(organization)s的称号已恢复，有效期至%(until)s。"),
    Act.EXTENDED: _("%(organization)s的称号已延续，有效期至%(until)s。"),
    Act.CORRECTED: _("%(organization)s的称号有效期登记有误，已更正为至%(until)s。"),
}
_FORMERLY = (_("原来登记的有效期至：%(until_formerly)s"),)


_ENDS_SOON = "title.ends_soon"


def declare() -> None:
    words = {"dated": _("文件日期"), "correct_by": _("整改期限")}
    name_fields(words | {"until_formerly": _("原来登记的有效期至"), **appeals.WORDS})
    for act, sentence in _SENTENCES.items():
        action = f"title.{act}"
        formerly = ("until_formerly",) if act == Act.CORRECTED else ()
        store(action, said=(*_FIELDS, *formerly, *appeals.FIELDS), parties=("holder",))
        body = (*_FORMERLY, *_BODY) if formerly else _BODY
        to_the_unit = (*body, *appeals.LINES) if act == Act.REVOKED else body
        announce(
            Announcement(action, _UNIT, sentence, to_the_unit, is_decision=True),
            Announcement(action, _COUNTY, sentence, body),
        )
    store(_ENDS_SOON, said=("organization", "number", "until"), parties=("holder",))
    announce(
        Announcement(
            _ENDS_SOON,
            _UNIT,
            _("%(organization)s的称号有效期至%(until)s，现在起可以申报延续。"),
            (
                _("名册编号：%(number)s"),
                _(
                    "要继续使用称号的，请留意县里新一批次的申报；到期后不再有效，名册上会显示已到期。"
                ),
            ),
        )
    )
    subjects.register(
        "register.designation",
        SubjectKind(
            opens=_("查看称号"),
            page=lambda title: ("titles:title", [title.pk]),
            may_see=lambda person, key: lives_read_by(person).filter(pk=key).exists(),
        ),
    )


def happened(case: TitleCase, step: TitleStep) -> None:
    """Tell the holder and the county, within the transaction of the act."""
    formerly = {"until_formerly": said.day(case.standing.until)}
    tell(
        Event(
            action=f"title.{step.act}",
            subject=case.title,
            jurisdiction_code=case.area_code,
            actor=step.actor,
            role=step.role,
            said={
                "organization": said.name(case.holder),
                "number": case.title.number,
                "document": step.document,
                "dated": said.day(step.decision.decided_on if step.decision else step.effective_on),
                "reason": step.reason,
                "correct_by": said.day(step.correct_by),
                "until": said.day(step.until or case.standing.until),
                **(formerly if step.act == Act.CORRECTED else {}),
                **appeals.of(step),
            },
            parties={"holder": case.holder.pk},
            at=case.now,
        )
    )


def ends_soon(title: Designation, holder: Organization) -> None:
    """Tell the holder that the title runs out, within the transaction that notes it."""
    tell(
        Event(
            action=_ENDS_SOON,
            subject=title,
            jurisdiction_code=title.jurisdiction.code,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={
                "organization": said.name(holder),
                "number": title.number,
                "until": said.day(title.until),
            },
            parties={"holder": holder.pk},
            at=clock.now(),
        )
    )
