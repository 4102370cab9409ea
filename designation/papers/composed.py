"""How each paper is worded and laid out from its fields.

Official documents are Chinese, whatever the language of the page (decision 028): their sentences
are no texts to be translated.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import fields
from .official import Annex, Official, Paragraph
from .title_lines import title_lines

# By field of a row, what its column is called and how wide it is.
_COLUMNS = {
    "place": ("序号", 3),
    "name": ("组织名称", 8),
    "area": ("所在辖区", 6),
    "category": ("类别", 4),
    "number": ("名册编号", 7),
    "valid_until": ("有效期至", 6),
    "item": ("条目", 3),
    "asked": ("要求", 8),
    "reason": ("退回原因", 8),
    "before": ("原公示为", 8),
    "after": ("更正为", 8),
}
# By kind the list in its annex: its title, the field that holds it, and the columns.
LISTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "notice": ("拟命名名单", "names", ("place", "name", "area", "category")),
    "notice_correction": ("更正对照表", "corrections", ("place", "before", "after")),
    "decision": (
        "命名名单",
        "names",
        ("place", "name", "category", "number", "valid_until"),
    ),
    "correction": ("补正清单", "items", ("place", "item", "asked", "reason")),
}
# Of a number that is not given yet: room to write it.
_NO_NUMBER = "〔　　　　〕　　号"


def official(paper: fields.Paper) -> Official:
    """The paper as it is laid out."""
    return _COMPOSED[paper.KIND](paper)


def _laid_out(paper: fields.Paper, title: str, body: Iterable[str], **parts: Any) -> Official:
    """``body``: paragraphs, of which empty ones say nothing. A line of its own is one."""
    said = [line.strip() for text in body for line in text.splitlines() if line.strip()]
    given: dict[str, Any] = {"addressees": paper.addressee, "signature": paper.issuing_body}
    return Official(
        title=title,
        title_lines=title_lines(title),
        body=tuple(map(Paragraph, said)),
        dated=paper.dated,
        mark="草稿" if paper.is_draft else "",
        **given | parts,
    )


def _headed(paper: fields.Paper) -> dict[str, str]:
    """The red head with its number, and the imprint at the foot (版记)."""
    return {
        "issuer": f"{paper.issuing_body}文件",
        "number": paper.document_number or _NO_NUMBER,
        "issued_by": paper.issued_by,
        "issued_on": paper.dated,
    }


def _notice(paper: fields.Notice) -> Official:
    address = [
        ("受理单位", paper.contact_unit),
        ("受理电话", paper.contact_phone),
        ("受理邮箱", paper.contact_email),
        ("受理地址", paper.contact_address),
    ]
    return _laid_out(
        paper,
        paper.title,
        (
            _sentence(paper.basis),
            _sentence(paper.procedure),
            f"{paper.meeting}，现将拟命名名单予以公示（名单附后）。",
            f"公示期{_period(paper)}。" if paper.first_day else "",
            f"本公示期{paper.longer}。" if paper.longer else "",
            f"公示编号：{paper.number}" if paper.number else "",
            (
                "公示期间，任何单位和个人如有异议，可以向受理单位反映。以个人名义反映的，请签署真实"
                "姓名并注明联系方式；以单位名义反映的，请加盖公章。反映的情况应当真实、具体。"
            ),
            *(f"{what}：{where}" for what, where in address if where),
        ),
        signature=paper.contact_unit,
        annexes=_annexes(paper),
    )


def _period(paper: fields.Notice | fields.NoticeCorrection) -> str:
    """That of the day on which the paper is dated."""
    return paper.at_first or period_said(
        paper.first_day, paper.last_day, paper.working_days, paper.calendar_days
    )


def period_said(first: str, last: str, working_days: str, calendar_days: str) -> str:
    """In working days, unless the round counts calendar days."""
    days = f"{calendar_days}个自然日" if calendar_days else f"{working_days}个工作日"
    return f"{days}，自{first}至{last}"


def _notice_correction(paper: fields.NoticeCorrection) -> Official:
    """As the notice itself: no kind of document, so without red head."""
    asked = f"联系电话：{paper.contact_phone}。" if paper.contact_phone else ""
    # A correction that is corrected bears the very title of the one that takes its place.
    former = f"（编号：{paper.former_number}）" if paper.former_number else ""
    span = f"，为{_period(paper)}" if paper.first_day else ""
    longer = f"该公示期{paper.longer}。" if paper.longer else ""
    anew = f"公示期重新计算{span}。{longer}"
    return _laid_out(
        paper,
        f"关于更正《{paper.former_title}》的公告",
        (
            (
                f"{paper.former_published_on}发布的《{paper.former_title}》{former}内容有误，已于"
                f"{paper.stopped_on}终止。更正原因：{_sentence(paper.reason)}"
            ),
            f"现予更正（对照表附后），以重新发布的《{paper.title}》为准。",
            f"公示编号：{paper.number}" if paper.number else "",
            f"{anew}此前提出的异议继续办理，不必重新提出。",
            asked,
            "特此公告。",
        ),
        signature=paper.contact_unit,
        annexes=_annexes(paper),
    )


def _decision(paper: fields.DesignationDecision) -> Official:
    each = "分别" if "、" in paper.noticed else ""
    noticed = f"并{each}经{paper.noticed}公示，" if paper.noticed else ""
    years = f"有效期{paper.valid_years}年，自本决定作出之日起计算。" if paper.valid_years else ""
    return _laid_out(
        paper,
        f"{paper.issuing_body}关于公布{paper.round_name}命名名单的决定",
        (
            _sentence(paper.basis),
            (
                f"{_clause(paper.procedure)}{noticed}{paper.issuing_body}研究决定，命名"
                f"{_first(paper.names)}{paper.count}个组织为示范点（名单附后）。{years}"
            ),
            (
                "希望受到命名的组织珍惜称号，继续发挥示范带动作用，自觉接受监督；各有关单位要对照"
                "先进找差距，扎实做好创建工作。"
            ),
        ),
        annexes=_annexes(paper),
        **_headed(paper),
    )


def _not_named(paper: fields.NotNamed) -> Official:
    asked = f"如需了解情况，请联系{paper.contact_unit}，电话：{paper.contact_phone}。"
    return _laid_out(
        paper,
        f"{paper.issuing_body}关于不予命名的通知",
        (
            (
                f"你单位在{paper.round_name}中申报的{paper.category}示范点，经研究，决定不予命名。"
                "现将事实和理由通知如下："
            ),
            paper.reason,
            _appeal(paper, "你单位"),
            asked if paper.contact_phone else "特此通知。",
        ),
    )


def _correction(paper: fields.CorrectionNotice) -> Official:
    due = f"请在{paper.due}前（含当天）补正后重新提交" if paper.due else "请补正后重新提交"
    return _laid_out(
        paper,
        f"{paper.issuing_body}关于补正申报材料的通知",
        (
            (
                f"你单位{paper.round_name}申报材料收悉。经审核，需要补正{len(paper.items)}处"
                f"（清单附后），{due}。"
            ),
            paper.opinion,
            "特此通知。",
        ),
        annexes=_annexes(paper),
    )


def _answer(paper: fields.ObjectionAnswer) -> Official:
    asked = f"对答复有疑问的，请致电{paper.contact_phone}，并说明查询码。"
    return _laid_out(
        paper,
        "关于异议办理情况的答复函",
        (
            (
                f"你于{paper.received_on}就《{paper.notice_title}》中“{paper.about}”提出的异议"
                f"（查询码：{paper.receipt}）收悉。现将办理情况答复如下："
            ),
            f"办理结果：{paper.result}。",
            paper.reason,
            asked if paper.contact_phone else "",
            "感谢你对这项工作的关心和监督。",
        ),
    )


def _rectification(paper: fields.RectificationOrder) -> Official:
    return _laid_out(
        paper,
        f"{paper.issuing_body}关于限期整改的通知",
        (
            f"经查，你单位持有的{_title_said(paper)}存在下列问题：",
            paper.reason,
            (
                f"请在{paper.correct_by}前（含当天）整改到位，并书面报告整改情况。整改期间称号仍然"
                "有效；期满未整改到位的，依照规定撤销称号。"
            ),
        ),
        **_headed(paper),
    )


def _revocation(paper: fields.Revocation) -> Official:
    return _laid_out(
        paper,
        f"{paper.issuing_body}关于撤销{paper.holder}示范点称号的决定",
        (
            f"{paper.holder}持有的{_title_said(paper)}，经查存在下列问题：",
            paper.reason,
            (
                f"经研究，决定撤销{paper.holder}的{paper.category}示范点称号，自本决定作出之日起"
                "生效。该单位不得继续使用原证书、牌匾和称号。"
            ),
            _appeal(paper, paper.holder),
        ),
        **_headed(paper),
    )


def _appeal(paper: fields.NotNamed | fields.Revocation, whose: str) -> str:
    """The right to appeal, where there is one; without a day where nobody can count yet."""
    if not paper.appeal_to:
        return ""
    until = f"在{paper.appeal_until}前（含当天）" if paper.appeal_until else ""
    return (
        f"对本决定不服的，{whose}负责人可以{until}申请复核一次，在本系统中提交，或者把书面申请交"
        f"{paper.appeal_to}的县级经办人。"
    )


def _title_said(paper: fields.RectificationOrder | fields.Revocation) -> str:
    return (
        f"{paper.category}示范点称号（{paper.given_on}由{paper.given_by}命名，名册编号："
        f"{paper.title_number}）"
    )


def _annexes(paper: fields.Paper) -> tuple[Annex, ...]:
    title, held, _every = LISTS[paper.KIND]
    names = filled_columns(paper)
    columns = list_columns(names)
    annex = Annex(
        title=title,
        columns=tuple(words for words, _width in columns),
        widths=tuple(width for _words, width in columns),
        rows=tuple(tuple(getattr(row, name) for name in names) for row in getattr(paper, held)),
    )
    return (annex,)


def filled_columns(paper: fields.Paper) -> tuple[str, ...]:
    """The columns of its list in which something stands: a draft knows no numbers yet."""
    _title, held, names = LISTS[paper.KIND]
    rows = getattr(paper, held)
    return tuple(name for name in names if not rows or any(getattr(row, name) for row in rows))


def list_columns(names: Iterable[str]) -> list[tuple[str, int]]:
    """Words and width of each column of a list."""
    return [_COLUMNS[name] for name in names]


def _first(names: tuple[fields.Listed, ...]) -> str:
    """Of several the first, as decisions say it."""
    return f"{names[0].name}等" if len(names) > 1 else ""


def _sentence(text: str) -> str:
    """Whatever was typed, ended."""
    text = text.strip()
    return text if not text or text[-1] in "。！？" else f"{text}。"


def _clause(text: str) -> str:
    """Whatever was typed, going on."""
    text = text.strip().rstrip("。；，,;.")
    return f"{text}，" if text else ""


_COMPOSED: Mapping[str, Callable[[Any], Official]] = {
    "notice": _notice,
    "notice_correction": _notice_correction,
    "decision": _decision,
    "not_named": _not_named,
    "correction": _correction,
    "objection_answer": _answer,
    "rectification": _rectification,
    "revocation": _revocation,
}
