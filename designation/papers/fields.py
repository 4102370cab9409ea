"""The fields of each paper: one frozen dataclass a kind, of plain texts and of lists of rows.

Rooms above fill them from their record; the official layout and a county's own Word template are
given the same. Every field has its words (``says``), in which the page of templates lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, ClassVar, get_args, get_type_hints

from django.utils.translation import gettext_lazy as _

_SAYS = "says"


def says(words: Any, default: Any = "") -> Any:
    """A field with its words; empty unless it is filled."""
    return field(default=default, metadata={_SAYS: words})


@dataclass(frozen=True, slots=True)
class Listed:
    """One name on a list: on a notice, or in the annex of a decision."""

    place: str = says(_("序号"))
    name: str = says(_("组织名称"))
    area: str = says(_("所在辖区"))
    category: str = says(_("类别"))
    number: str = says(_("名册编号"))
    valid_until: str = says(_("有效期至"))


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One line of a correction list."""

    place: str = says(_("序号"))
    item: str = says(_("条目"))
    asked: str = says(_("要求"))
    reason: str = says(_("退回原因"))


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was printed wrong, and what is right."""

    place: str = says(_("序号"))
    before: str = says(_("原公示为"))
    after: str = says(_("更正为"))


@dataclass(frozen=True, slots=True)
class Paper:
    """What every paper has. ``is_draft``: it is not on record yet, and says so on every page."""

    KIND: ClassVar[str] = ""
    NAME: ClassVar[Any] = ""

    issuing_body: str = says(_("发文机关"))
    document_number: str = says(_("发文字号"))
    dated: str = says(_("成文日期"))
    addressee: str = says(_("主送机关"))
    issued_by: str = says(_("印发机关"))
    is_draft: bool = False

    @property
    def unit(self) -> str:
        """Whom it is about, or to: by which one is told from others of its kind."""
        return self.addressee


@dataclass(frozen=True, slots=True)
class Notice(Paper):
    """公示: no kind of document by the rules of 2012; no red head, and a number of its own."""

    KIND = "notice"
    NAME = _("公示")

    number: str = says(_("公示编号"))
    title: str = says(_("标题"))
    basis: str = says(_("公示依据"))
    procedure: str = says(_("评定过程"))
    meeting: str = says(_("研究会议"))
    first_day: str = says(_("公示首日"))
    last_day: str = says(_("公示末日"))
    working_days: str = says(_("工作日数"))
    calendar_days: str = says(_("自然日数"))
    # Of a period that was extended; the days above are then those it has now.
    at_first: str = says(_("延长以前的公示期"))
    longer: str = says(_("公示期的延长"))
    contact_unit: str = says(_("受理单位"))
    contact_phone: str = says(_("受理电话"))
    contact_email: str = says(_("受理邮箱"))
    contact_address: str = says(_("受理地址"))
    names: tuple[Listed, ...] = says(_("名单"), ())


@dataclass(frozen=True, slots=True)
class NoticeCorrection(Paper):
    """更正公告: that a notice was wrong, what is right, and that another took its place."""

    KIND = "notice_correction"
    NAME = _("更正公告")

    former_title: str = says(_("原公示标题"))
    former_number: str = says(_("原公示编号"))
    former_published_on: str = says(_("原公示发布日期"))
    stopped_on: str = says(_("原公示终止日期"))
    reason: str = says(_("更正原因"))
    number: str = says(_("公示编号"))
    title: str = says(_("标题"))
    first_day: str = says(_("公示首日"))
    last_day: str = says(_("公示末日"))
    working_days: str = says(_("工作日数"))
    calendar_days: str = says(_("自然日数"))
    # Of a period that was extended; the days above are then those it has now.
    at_first: str = says(_("延长以前的公示期"))
    longer: str = says(_("公示期的延长"))
    contact_unit: str = says(_("受理单位"))
    contact_phone: str = says(_("受理电话"))
    corrections: tuple[Corrected, ...] = says(_("更正对照表"), ())


@dataclass(frozen=True, slots=True)
class DesignationDecision(Paper):
    """命名决定, with the list of titles as its annex."""

    KIND = "decision"
    NAME = _("命名决定")

    round_name: str = says(_("申报批次"))
    basis: str = says(_("开展依据"))
    procedure: str = says(_("评定过程"))
    noticed: str = says(_("公示期"))
    count: str = says(_("命名个数"))
    valid_years: str = says(_("有效期年数"))
    names: tuple[Listed, ...] = says(_("名单"), ())


@dataclass(frozen=True, slots=True)
class NotNamed(Paper):
    """不予命名: to the one unit that is told."""

    KIND = "not_named"
    NAME = _("不予命名通知")

    round_name: str = says(_("申报批次"))
    category: str = says(_("类别"))
    reason: str = says(_("事实和理由"))
    contact_unit: str = says(_("受理单位"))
    contact_phone: str = says(_("受理电话"))
    appeal_until: str = says(_("申请复核的末日"))
    appeal_to: str = says(_("受理复核的县"))


@dataclass(frozen=True, slots=True)
class CorrectionNotice(Paper):
    """退回补正通知, with its list."""

    KIND = "correction"
    NAME = _("补正通知")

    round_name: str = says(_("申报批次"))
    opinion: str = says(_("意见"))
    due: str = says(_("补正期限"))
    items: tuple[ToCorrect, ...] = says(_("补正清单"), ())


@dataclass(frozen=True, slots=True)
class ObjectionAnswer(Paper):
    """答复函: to whoever objected, who is called nothing else in it."""

    KIND = "objection_answer"
    NAME = _("异议答复函")

    receipt: str = says(_("查询码"))
    about: str = says(_("异议对象"))
    notice_title: str = says(_("公示标题"))
    received_on: str = says(_("收到日期"))
    result: str = says(_("办理结果"))
    reason: str = says(_("事实和理由"))
    contact_phone: str = says(_("受理电话"))


@dataclass(frozen=True, slots=True)
class _OfATitle(Paper):
    holder: str = says(_("持有单位"))
    category: str = says(_("类别"))
    title_number: str = says(_("名册编号"))
    given_by: str = says(_("命名决定"))
    given_on: str = says(_("命名日期"))
    reason: str = says(_("事实和理由"))

    @property
    def unit(self) -> str:
        return self.holder


@dataclass(frozen=True, slots=True)
class RectificationOrder(_OfATitle):
    """限期整改通知."""

    KIND = "rectification"
    NAME = _("限期整改通知")

    correct_by: str = says(_("整改期限"))


@dataclass(frozen=True, slots=True)
class Revocation(_OfATitle):
    """撤销决定."""

    KIND = "revocation"
    NAME = _("撤销称号决定")

    appeal_until: str = says(_("申请复核的末日"))
    appeal_to: str = says(_("受理复核的县"))


PAPERS: dict[str, type[Paper]] = {
    paper.KIND: paper
    for paper in (
        Notice,
        NoticeCorrection,
        DesignationDecision,
        NotNamed,
        CorrectionNotice,
        ObjectionAnswer,
        RectificationOrder,
        Revocation,
    )
}


def described(paper: type[Any]) -> Iterator[tuple[str, Any, type[Any] | None]]:
    """Name and words of each field that a template may write, with the row of a list."""
    hints = get_type_hints(paper)
    for one in fields(paper):
        if _SAYS in one.metadata:
            parts = get_args(hints[one.name])
            inner = [kind for kind in parts if isinstance(kind, type) and is_dataclass(kind)]
            yield one.name, one.metadata[_SAYS], inner[0] if inner else None
