"""What a proposed check asks for, named from the words it was read from.

A person corrects the name; what is proposed must only never turn the question round: asked for
「没有违纪违法现象」, a yes would say the opposite of what the rule 「不得发生」 looks for.
"""

import re

from standards import kinds
from standards.kinds import Naming

from .negations import OPERATOR
from .sentences import WEIGHT

LONGEST = 60
_FEWEST = 2

# A demand is taken out of the words; what is left names the thing that it is made of.
_COMPARISON = re.compile(
    r"[≤≥≦≧⩽⩾≮≯]|[<>＜＞]\s*[=＝]|[（(]\s*含[^（）()]*[）)]|一般|原则上|至少|不少于|不低于|不超过|不多于|不高于|最少|最多|不得超过|不得少于|不得低于"
)
_FIGURE = re.compile(
    r"(?:[0-9０-９]+(?:\.[0-9]+)?|[一二三四五六七八九十百两]+(?=[次名人个项岁]))"
    r"(?:[—\-~～至][0-9０-９]+)?\s*"
    r"(?:%|％|平方米|平方|万元|元|次|名|人|个|项|周岁|岁|年)?(?:及以上|及以下|以上|以下|以内)?的?"
)
_LEFT_BEFORE = re.compile(r"^(?:应当|应|须|要|有|的)+")
_LEFT_AFTER = re.compile(r"(?:稳定在|保持在|控制在|达到|一年|每年|每月|在|达|占|为|有)+$")
_NONE_OF = re.compile(r"^(?:没有|无)")


def metric_key(code: str) -> str:
    """What a check is called in data where nobody has named it: its code, as an identifier."""
    return code.lower().replace("-", "_")


def metric_of(kind: str, phrase: str) -> str:
    """A name for what the check of ``phrase`` asks for, at most ``LONGEST`` characters."""
    taken_out = kinds.of(kind).naming
    name = phrase
    if taken_out == Naming.NEGATION:
        name = OPERATOR.sub("", phrase, count=1)
    elif taken_out == Naming.DEMAND:
        name = _FIGURE.sub("", _COMPARISON.sub("", phrase), count=1)
        name = _LEFT_AFTER.sub("", _LEFT_BEFORE.sub("", _NONE_OF.sub("", name)))
    name = WEIGHT.sub("", name).strip(" ,，、：:；;")
    return (name if len(name) >= _FEWEST else phrase)[:LONGEST]
