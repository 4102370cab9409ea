"""docs/paper_fields.md: what a Word template of each kind may say, drawn from the fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from . import word
from .fields import PAPERS, Paper, described

# Between the two tags of what is repeated or left out.
BETWEEN = "…"
# How a field is written in a template, and what each way does.
TAGS = (
    (("{{ document_number }}",), _("填一个字段")),
    (("{%p for line in paragraphs %}", BETWEEN, "{%p endfor %}"), _("逐段重复")),
    (("{%tr for row in names %}", BETWEEN, "{%tr endfor %}"), _("逐行重复")),
    (("{{ row.name }}",), _("清单的一行里的字段")),
    (("{% if mark %}", BETWEEN, "{% endif %}"), _("有内容才写")),
    (("default", "join", "length", "trim"), _("可以用的过滤器")),
)
_LANGUAGES = ("zh-hans", "en")
_HEAD = """# 文书模板的字段 · Fields of paper templates

由 `manage.py paper_fields` 按 `designation/papers/fields.py` 打印，有测试核对。
Printed by `manage.py paper_fields` from `designation/papers/fields.py`; a test holds it.

## 怎样写 · How to write them

先在批次页的“文书模板”下载系统模板，在办公软件里改好再上传。
保存时系统试填一份样本，写错的字段指出在第几段。
Download the system's template from 文书模板 on the page of a round, change it in a word processor
and bring it back. At saving a sample is filled in; a fault names the field and the paragraph.

%(tags)s

`{%%p … %%}` 各占一段，`{%%tr … %%}` 各占表格的一行。循环里不能再有循环；不能调用、计算、取下标。
正文的字段（paragraphs、names、reason 等）至少写一个。文件不超过 1 MB，不能有宏、外部链接、
嵌入的文件、没有处理的修订、批注和页码以外的域。
A tag of p or tr has a paragraph or a row of its own. No loop within a loop; no call, arithmetic or
index. At least one field of the body (paragraphs, names, reason or the like). 1 MB at most; no
macro, outside link, embedded file, tracked change, comment, nor field but page numbers.
"""


def document() -> str:
    """A table for what every paper has, then one for each kind: what it has beside."""
    of_all = {name for name, _says, _row in described(Paper)}
    return "\n".join(
        [
            _HEAD % {"tags": "\n".join(_tags())},
            *_table("每种文书都有 · In every paper", described(Paper)),
            *_table("系统拟写的 · Worded by the system", _parts()),
            *(line for kind in PAPERS for line in _of(kind, of_all)),
        ]
    )


def of_kind(kind: str) -> Iterator[tuple[str, Any, type[Any] | None]]:
    """All that a template of this kind may name: its own fields first, each once."""
    of_all = {name for name, _says, _row in described(Paper)}
    everywhere = [one for one in described(PAPERS[kind]) if one[0] in of_all]
    own = [one for one in described(PAPERS[kind]) if one[0] not in of_all]
    known = {name for name, _says, _row in own}
    yield from (*own, *everywhere, *(one for one in _parts() if one[0] not in known))


def _of(kind: str, of_all: set[str]) -> Iterator[str]:
    own = [one for one in described(PAPERS[kind]) if one[0] not in of_all]
    yield from _table(f"{_both(PAPERS[kind].NAME)} `{kind}`", own)


def _parts() -> Iterator[tuple[str, Any, None]]:
    for name, says in word.PARTS.items():
        yield name, says, None


def _tags() -> Iterator[str]:
    yield "| 写法 · Tag | 作用 · What it does |"
    yield "|---|---|"
    for tags, says in TAGS:
        yield f"| {' '.join(_tag(one) for one in tags)} | {_both(says)} |"


def _tag(tag: str) -> str:
    return tag if tag == BETWEEN else f"`{tag}`"


def _table(title: str, rows: Iterable[tuple[str, Any, type[Any] | None]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| 字段 · Field | 是什么 · What it is |"
    yield "|---|---|"
    for name, says, row in rows:
        yield f"| `{name}` | {_both(says)}{_LIST if row else ''} |"
        for inner, inner_says, _row in described(row) if row else ():
            yield f"| `row.{inner}` | {_both(inner_says)} |"
    yield ""


_LIST = "（清单 list）"


def _both(words: Any) -> str:
    spoken = []
    for language in _LANGUAGES:
        with translation.override(language):
            spoken.append(str(words))
    return " ".join(spoken)
