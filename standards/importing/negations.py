"""What must not be: told from a lack that is itself what the text is about.

「没有违纪现象」 asks that there be none. 「无专人管理」 describes a lack, 「无物业小区」 a kind of
place: a check made of these would ask the opposite. So only what ends in words for something bad
counts.
"""

import re

OPERATOR = re.compile(
    r"没有(?:出现|发生|受到)?|未(?:发生|出现|受到)|不得有|不得|不发生|不出现|不存在|严禁|杜绝|禁止"
    r"|没|无|未|非|不"
)
# Too weak alone to forbid anything.
_TOO_SHORT = ("不", "非")
_BOUND = re.compile(r"少于|低于|超过|高于|多于|小于|大于")
_LEFT = re.compile(r"[不没无未非零]|严禁|杜绝|禁止|防止|避免|拒绝")
_HARMLESS = re.compile(
    r"不(?:满意|合格|达标|良|断|定期|同|少)|非(?:公|物质|遗)|无(?:偿|障碍)|未成年"
)
_NO_OPERATOR = re.compile(
    r"无(?:论|私|缝|偿|障碍|害|线|人机|人驾|[人一处时]不|废|讼|疑|需|须|微不至|公害|党派|纸化|不(?!良|文明|合格|当|实|法)|主|职业?|房|物业|证|照|牌|序|固定|业)"
    r"|没有不(?!.*(?:情况|现象|问题|行为)$)|不得(?:不|已)|[舍怪了]不得|毫无|未来|未成年|非[公常]|禁止性"
)
_BAD = (
    r"事件|事故|案件?|上访|信访|投诉|举报|违[纪法规章约]|违反.{0,12}|失职|渎职|贪污|腐败|犯罪|处分|处罚|查处|通报批评|问责"
    r"|舆情|矛盾|纠纷|冲突|斗殴|赌博|吸毒|贩毒|邪教|迷信|陋习|恶习|低俗|歪风|浪费|污染|乱[堆搭扔泼倒停占建].{0,4}|违建"
    r"|拖欠.{0,8}|欠薪|弄虚作假|造假|虚报|瞒报|谎报|侵占.{0,8}|挪用.{0,8}|截留.{0,8}|破坏.{0,8}|泄密|泄露|盗窃|诈骗|假冒|伪劣"
    r"|隐患|险情|死亡|伤亡|火灾|溺水|跑冒滴漏|脱岗|空岗|旷工|失信|差评|返贫|辍学|失学|家暴|歧视|不良记录|推诿扯皮|吃拿卡要"
    r"|软弱涣散(?:基层)?党组织|问题|现象"
)
_ENDS_BAD = re.compile(rf"(?:{_BAD})(?:的?(?:发生|出现|情况|行为|情形|风气)|等)?$")
_OF_SUCH_KIND = re.compile(r"[不未].*(?:情况|行为|情形)$")
_SPECIAL = re.compile(r"特殊情况|意外情况|正当理由|不可抗力")
_OTHER_OPERATOR = re.compile(r"不得|不能|不准|不可|严禁|禁止|不发生|应当?|必须")
# With another verb or a preposition in front, the negation belongs to what they govern.
_GOVERNED = re.compile(
    r"查处|打击|整治|整改|治理|处理|处置|解决|防止|避免|预防|防范|消除|化解|排查|发现|制止|纠正|曝光|减少|帮助|关心"
    r"|[对为将把向给因经如若凡除当]|由于|确保"
)
_WITHIN_YEAR = re.compile(r"全年|年内|当年|本年")


def forbids(clause: str) -> bool:
    """Whether ``clause`` says for sure that something bad must not be.

    Its first negation is then the one that forbids, so that a name for the check can leave it out.
    """
    operator = OPERATOR.search(clause)
    if operator is None or operator.group() in _TOO_SHORT or _NO_OPERATOR.search(clause):
        return False
    before, bad = clause[: operator.start()], clause[operator.end() :]
    if _SPECIAL.search(clause) or _GOVERNED.search(before) or _OTHER_OPERATOR.search(bad):
        return False
    if operator.group() in ("不得", "不得有"):
        return bool(bad) and not _BOUND.match(bad)
    return bool(_ENDS_BAD.search(bad) or _OF_SUCH_KIND.search(bad))


def is_doubtful(clause: str) -> bool:
    """Whether a person should be asked about a negation from which nothing is proposed."""
    operator = OPERATOR.search(clause)
    if operator is None or operator.group() in _TOO_SHORT:
        return False
    begins = operator.start() == 0 and not _NO_OPERATOR.match(clause)
    return begins or bool(_ENDS_BAD.search(clause))


def is_negated(clause: str) -> bool:
    """Whether a negation is left in a clause from which the words of bounds were taken out."""
    return bool(_LEFT.search(_HARMLESS.sub("", clause)))


def is_within_year(clause: str) -> bool:
    return bool(_WITHIN_YEAR.search(clause))
