"""What a passage of a standard is, where it is no plain demand.

Points, deductions, steps and consequences say what follows from a finding; a condition says whom a
demand is for. A check made of them would ask the opposite, or bind those whom it does not concern.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

# 分 as points; not 3分之一, 5分钟, 2分类.
_NO_POINTS = r"(?![之钟类管别队支公校散工布辨析配享担流])"
_POINTS = re.compile(
    r"(?<![折克不])扣(?![押紧留子发])"
    rf"|\d\s*分{_NO_POINTS}"
    rf"|(?<!取)[加减得计记赋评给满总零]分{_NO_POINTS}"
    rf"|(?:[得扣加减计记奖给赋打各为共满][一二两三四五六七八九十百半]{{1,4}}|^[一二两三四五六七八九十]{{1,3}}(?=分(?:$|[：:、])))分{_NO_POINTS}"
    r"|分值|分数|百分制|权重|加权"
)
_GRADES = re.compile(
    r"(?:优秀|优良|良好|合格|达标|一般|较好|较差|[一二三四五六][档等星类级]|[A-EＡ-Ｅ甲乙丙丁][级档类等])"
    r"(?:档次?|等次|等级|级)?[：:为]"
    r"|(?:以[上下内]|[%％分])(?:的|者)?[评定]?为|(?:评|定|确定|认定|列|记)为(?:优|良|合格|不合格|基本|一般|较|差|[一二三四五A-EＡ-Ｅ甲乙丙丁])"
)
_CONSEQUENCES = re.compile(
    r"一票否决|否决|取消|撤销|不予|视为|视同|摘牌|降级|降低.{0,4}等次|淘汰|即为不|限期整改"
    r"|不得(?:申报|参评|参加|评[为优先选]|推荐|认定|命名|列入|列为|确定为|授予|享受|通过|分)"
    r"|(?:暂停|停止|终止)(?:申报|评定|资格|命名)"
)
# Points in brackets behind a demand are its weight; the demand itself is as plain as before.
WEIGHT = re.compile(
    r"[（(\[【](?:本项|该项|此项|标准|分值|满分|共|计|[:：\s])*\d{1,4}(?:\.\d{1,2})?\s*分[）)\]】]"
)
# Sections whose items are no demands, whatever the items say.
_NOT_DEMANDED = re.compile(
    r"扣分|加分|减分|奖励分|附加分|否决|负面清单|评分(?:办法|方法|说明|细则)"
)


def is_not_demanded(heading: str) -> bool:
    """Whether the items under ``heading`` deduct, add or exclude instead of demanding."""
    return bool(_NOT_DEMANDED.search(heading))


def what_it_is(passage: str) -> str:
    """Why the passage is no demand, in the person's language; empty for one that may be."""
    plain = passage.strip()
    if _POINTS.search(plain):
        return str(_("计分、扣分或加分的规定，不是检查点，请对照原文"))
    if _GRADES.search(plain):
        return str(_("分档、分等的规定，不是检查点，请对照原文"))
    if _CONSEQUENCES.search(plain):
        return str(_("写的是后果（否决、取消等），请对照原文自行设定检查点"))
    return ""


_PERMITTED = re.compile(
    r"可以|(?<![许认])可(?=[增设配按适由聘兼给享放不])|必要时|允许|视情|根据需要|酌情|适当|确需|逐步|争取|努力|有条件"
)
_ALTERNATIVES = re.compile(
    r"或(?!等于|以[上下])|之一|任一|任意|任选|其一|下列|(?:以下|上述|上列)[几各\d一二三四五六七八九十]|具备.{0,6}[项条]|满足.{0,6}[项条]"
)
_OTHER_SPAN = re.compile(
    r"近[\d一二两三四五六七八九十几]*年|[\d一二两三四五六七八九十几]+年[内来]|连续|历年|上一?年|去年|前一年|任期|本届"
)
_EACH_TIME = re.compile(r"每[次场期批]|[年月季周日]均|平均每|百分点|倍")
_CONDITION = re.compile(r"(?:的|[上下的]者|(?<![小课学])时)\s*$|^\s*(?:如果?|若|凡|遇|除)")
_ENCOURAGED = re.compile(r"鼓励|提倡|倡导|力争|原则上|有条件")


# Whom a demand is for; what follows in its sentence is then not asked of all.
APPLIES_TO = _("数字可能是适用条件，请自行设定检查点")


def hindrance(clause: str) -> str:
    """Why a demand with a figure cannot be proposed as it stands; empty where it can."""
    for pattern, reason in (
        (_CONDITION, APPLIES_TO),
        (_PERMITTED, _("写的是可以做或逐步做到的事，请自行设定检查点")),
        (_ALTERNATIVES, _("几项中满足若干项即可，请自行设定检查点")),
        (_OTHER_SPAN, _("考察的年限没有对应的时段，请自行设定检查点")),
        (_EACH_TIME, _("按每次、平均或倍数计的要求，请自行设定检查点")),
    ):
        if pattern.search(clause):
            return str(reason)
    return ""


def hangs_on(clause: str, reasons: Sequence[str]) -> str:
    """Why the later clauses of its sentence hang on ``clause``; empty where they do not.

    ``reasons`` are why nothing was proposed from it.
    """
    if _CONDITION.search(clause) or str(APPLIES_TO) in reasons:
        return str(_("前面有适用条件，请自行设定检查点"))
    if _ENCOURAGED.search(clause) or _PERMITTED.search(clause):
        return str(_("前面写的是鼓励或可以做的事，请自行设定检查点"))
    return ""


def other_span(clause: str, *, in_term: bool) -> str:
    """Why the years of ``clause`` are none that a check looks at; the term of office is one."""
    found = _OTHER_SPAN.search(clause)
    if found and not (in_term and found.group() in ("任期", "本届")):
        return str(_("考察的年限没有对应的时段，请自行设定检查点"))
    return ""
