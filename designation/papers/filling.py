"""Filling in a Word template: what its tags may say, and where one that may not stands.

A county's own template is somebody's upload. Its tags are jinja2's, of which next to nothing is
let in: the fields of the paper as plain texts, a loop over a list that holds no other, conditions,
and four filters. Every source that is compiled is gone through first, wherever in the file it
stands, so that the sandbox behind it is never needed; and what would come out is counted before
anything is written. This module imports nothing of ours: ``apart`` runs it in a process of its
own, for what reads the file could still be slow.
"""

import base64
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

# By name of a field what it is: a text, a list of texts, or the names of what a row holds.
Schema = Mapping[str, Any]
TEXT, TEXTS = "text", "texts"
_FILTERS = ("default", "join", "length", "trim")
_OF_A_LOOP = ("index", "first", "last")
_LOOP = "loop"
# Our defaults: no paper comes near.
_MOST_OUT = 5_000_000
_LONGEST_WORD = 200
_SHOWN = 40
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_PREFIX = re.compile(r"^(?:p|tr|tc|r)?[-\s]")
# Of a loop or a condition these take away what is around; of a field they would leave it bare.
_MOVED = re.compile(r"\{\{(?:p|tr|tc|r)\s")
_ENDS = {"endfor": "for", "endif": "if"}
# Of a tag that takes away the paragraph, the row or the cell around it, with all that this holds.
_TAKES = re.compile(r"\{[%#](p|tr|tc)\s")
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_WORD = re.compile(r"\w+")
# What an input method makes of the signs of a tag; and a name in single ones.
_WIDE = re.compile(r"[{｛]*｛[^{}｛｝]*[}｝]*|｝+|\{\s*％|\{\s+%|％\s*\}|%\s+\}")
_SINGLE = re.compile(r"\{\s*(\w+)(?:\.(\w+))?\s*\}")
# Categories of characters that nobody sees: a tag that holds one looks right and is not.
_UNSEEN = ("Cf", "Cc", "Co", "Cn")
_HARMLESS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)


class Fault(NamedTuple):
    """Why a template is not taken, what in it, and in which paragraph with which text."""

    code: str
    name: str
    paragraph: int = 0
    text: str = ""


class _Refusing(Exception):
    """Carries a fault out of the walk over a tree."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code} {name}")
        self.fault = Fault(code, name)


class Judge:
    """What tags may say, by the fields that there are; ``sizes`` says how long each may come."""

    def __init__(self, schema: Schema, context: Mapping[str, Any] | None = None) -> None:
        self.schema, self.context = schema, context or {}

    def judge(self, tree: nodes.Node, rows: Mapping[str, str]) -> int:
        """How many characters come out at most; ``rows`` names the list of each loop around.

        Raises for the first node that is not let in.
        """
        if isinstance(tree, nodes.TemplateData):
            return len(tree.data)
        if isinstance(tree, nodes.Output):
            return sum(self._written(one, rows) for one in tree.nodes)
        if isinstance(tree, nodes.For):
            return self._loop(tree, rows)
        if isinstance(tree, _HARMLESS):
            return sum(self.judge(one, rows) for one in tree.iter_child_nodes())
        return self._value(tree, rows)

    def _written(self, node: nodes.Node, rows: Mapping[str, str]) -> int:
        self._refuse_lists(node)
        return self.judge(node, rows)

    def _refuse_lists(self, node: nodes.Node) -> None:
        for name in self._lists(node):
            raise _Refusing("list_as_text", name)

    def _lists(self, node: nodes.Node) -> list[str]:
        """The lists that the value may be, whatever it is when they are empty."""
        if isinstance(node, nodes.Name):
            return [node.name] if self.schema.get(node.name, TEXT) != TEXT else []
        if isinstance(node, nodes.Filter) and node.name == "default" and node.node:
            return self._lists(node.node)
        if isinstance(node, nodes.And | nodes.Or):
            return [*self._lists(node.left), *self._lists(node.right)]
        return []

    def _loop(self, loop: nodes.For, rows: Mapping[str, str]) -> int:
        if rows or loop.recursive or loop.test is not None:
            raise _Refusing("loop_in_loop", _said(loop.iter))
        if not isinstance(loop.iter, nodes.Name) or not isinstance(loop.target, nodes.Name):
            raise _Refusing("not_a_list", _said(loop.iter))
        over = loop.iter.name
        if over not in self.schema:
            raise _Refusing("unknown_field", over)
        if self.schema[over] == TEXT:
            raise _Refusing("not_a_list", over)
        if loop.target.name in self.schema or loop.target.name == _LOOP:
            raise _Refusing("name_is_taken", loop.target.name)
        inner = {loop.target.name: over}
        once = sum(self.judge(one, inner) for one in loop.body)
        # Of an empty list, where there is no row to speak of.
        without = sum(self.judge(one, rows) for one in loop.else_)
        return once * max(1, len(self.context.get(over, ()))) + without

    def _value(self, node: nodes.Node, rows: Mapping[str, str]) -> int:
        if isinstance(node, nodes.Const):
            return self._word(node)
        if isinstance(node, nodes.Name):
            return self._named(node.name, rows)
        if isinstance(node, nodes.Getattr):
            return self._of_a_row(node, rows)
        if isinstance(node, nodes.Filter):
            return self._filtered(node, rows)
        raise _Refusing("not_allowed", _said(node))

    def _word(self, node: nodes.Const) -> int:
        if isinstance(node.value, str) and len(node.value) <= _LONGEST_WORD:
            return len(node.value)
        if isinstance(node.value, bool | int) and abs(node.value) < _MOST_OUT:
            return 1
        raise _Refusing("not_allowed", _said(node))

    def _named(self, name: str, rows: Mapping[str, str]) -> int:
        if name in rows:
            if self.schema[rows[name]] != TEXTS:
                raise _Refusing("row_as_text", name)
            return max(map(len, self.context.get(rows[name], ())), default=0)
        if name not in self.schema:
            raise _Refusing("unknown_field", name)
        value = self.context.get(name, "")
        return len(value) if isinstance(value, str) else sum(map(len, map(str, value)))

    def _of_a_row(self, node: nodes.Getattr, rows: Mapping[str, str]) -> int:
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        said = f"{_said(node.node)}.{node.attr}"
        if owner == _LOOP and rows and node.attr in _OF_A_LOOP:
            return len(str(_MOST_OUT))
        if owner not in rows or self.schema[rows[owner]] in (TEXT, TEXTS):
            raise _Refusing("not_allowed", said)
        if node.attr not in self.schema[rows[owner]]:
            raise _Refusing("unknown_field", said)
        found = self.context.get(rows[owner], ())
        return max((len(row[node.attr]) for row in found), default=0)

    def _filtered(self, node: nodes.Filter, rows: Mapping[str, str]) -> int:
        """``join`` and ``default`` are given a word, the others nothing."""
        inner = node.node
        if node.name not in _FILTERS or inner is None or node.kwargs or node.dyn_args:
            raise _Refusing("not_allowed", f"|{node.name}")
        if node.dyn_kwargs or not all(isinstance(one, nodes.Const) for one in node.args):
            raise _Refusing("not_allowed", f"|{node.name}")
        rest = sum(self._word(one) for one in node.args if isinstance(one, nodes.Const))
        times = 1
        if node.name == "trim":
            self._refuse_lists(inner)
        if node.name == "join":
            for name in self._lists(inner):
                if self.schema[name] != TEXTS:
                    raise _Refusing("list_as_text", name)
                times = max(times, len(self.context.get(name, ())))
        return self.judge(inner, rows) + rest * times


def _said(node: nodes.Node) -> str:
    """What of a tag a person finds again: its names."""
    names = [one.name for one in node.find_all(nodes.Name)]
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_said(node.node)}.{node.attr}"
    return names[0] if names else type(node).__name__.lower()


class _Judged(SandboxedEnvironment):
    """Compiles only what has been judged; knows no global, no test and four filters.

    What would come out is bounded by ``most``, where that is said.
    """

    def __init__(self, judge: Judge, most: int | None) -> None:
        super().__init__(autoescape=True)
        self.judge, self.most = judge, most
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        out = self.judge.judge(tree, {})
        if self.most is not None and out > self.most:
            raise _Refusing("too_large", "")
        return tree


def faults(template: bytes, schema: Schema) -> Iterator[Fault]:
    """What its paragraphs say that they may not, each with its place, tag by tag."""
    judge = Judge(schema)
    parser = SandboxedEnvironment()
    opened: list[tuple[str, str, Mapping[str, str], Fault]] = []
    for number, paragraph in enumerate(_paragraphs(template), start=1):
        text = _text(paragraph)
        fault = _fault_of_text(text, schema) or _fault_of_place(paragraph, text)
        if fault is not None:
            yield fault._replace(paragraph=number, text=text[:_SHOWN])
            continue
        for tag in _TAG.findall(text):
            fault = _fault_of_tag(parser, judge, tag, opened)
            if fault is not None:
                yield fault._replace(paragraph=number, text=text[:_SHOWN])
            elif opened and not opened[-1][3].paragraph:
                word, name, rows, at = opened.pop()
                at = at._replace(paragraph=number, text=text[:_SHOWN])
                opened.append((word, name, rows, at))
    yield from (one[3] for one in opened)


def _fault_of_text(text: str, schema: Schema) -> Fault | None:
    """What was meant for a tag and is none: it would be printed as it stands."""
    beside = _TAG.sub("\0", _REMARK.sub("\0", text))
    if wide := _WIDE.search(beside):
        return Fault("printed", wide.group()[:_SHOWN])
    if any(text.count(begin) != text.count(end) for begin, end in _MARKS):
        return Fault("broken", _first_tag(text))
    tags = "".join(_TAG.findall(text))
    if unseen := next((one for one in tags if unicodedata.category(one) in _UNSEEN), ""):
        return Fault("unseen", f"U+{ord(unseen):04X}")
    rows = {name for held in schema.values() if held not in (TEXT, TEXTS) for name in held}
    for single in _SINGLE.finditer(beside):
        name, inner = single.groups()
        if (inner in rows) if inner else (name in schema):
            return Fault("printed", single.group()[:_SHOWN])
    return None


def _fault_of_place(paragraph: Any, text: str) -> Fault | None:
    """A tag that takes away what is around it: there is such a thing, and it holds nothing else."""
    for tag in (*_TAG.findall(text), *_REMARK.findall(text)):
        takes = _TAKES.match(tag)
        if takes is None:
            continue
        around = [paragraph, *paragraph.iterancestors()]
        held = next((one for one in around if one.tag == qn(f"w:{takes[1]}")), None)
        if held is None:
            return Fault("no_table", tag[:_SHOWN])
        if "".join(one.text or "" for one in held.iter(qn("w:t"))).strip() != tag:
            return Fault(f"beside_{takes[1]}", tag[:_SHOWN])
    return None


def _without_body(template: bytes, body: Sequence[str]) -> Fault | None:
    """What it says where the ``body`` would stand is another paper's, and would go out as this."""
    tags = (tag for paragraph in _paragraphs(template) for tag in _TAG.findall(_text(paragraph)))
    if not body or any(name in body for tag in tags for name in _written(tag)):
        return None
    return Fault("no_body", "、".join(body))


def _written(tag: str) -> list[str]:
    """The names in a tag that writes something: asked for or counted, they say nothing on paper."""
    words = _WORD.findall(_QUOTED.sub("", tag))
    writes = (tag.startswith("{{") or "for" in words) and "length" not in words
    return words if writes else []


def _fault_of_tag(
    parser: SandboxedEnvironment,
    judge: Judge,
    tag: str,
    opened: list[tuple[str, str, Mapping[str, str], Fault]],
) -> Fault | None:
    """Judges one tag by itself, in the loops that are ``opened`` around it; keeps those."""
    said = " ".join(_PREFIX.sub("", tag[2:-2]).strip("- \t\n").split())
    rows = {name: over for one in opened for name, over in one[2].items()}
    if tag.startswith("{{"):
        asked = _fault_of_source(parser, judge, f"{{{{ {said} }}}}", rows, tag)
        return Fault("moved", tag[:_SHOWN]) if _MOVED.match(tag) else asked
    word = said.partition(" ")[0]
    if word in _ENDS:
        if not opened or opened[-1][0] != _ENDS[word]:
            return Fault("broken", word)
        opened.pop()
        return None
    if word == "else" and opened:
        return None
    if word not in ("for", "if", "elif") or (word == "elif" and not opened):
        return Fault("not_allowed", word)
    begin = "if" if word == "elif" else word
    source = f"{{% {begin}{said.removeprefix(word)} %}}{{% end{begin} %}}"
    fault = _fault_of_source(parser, judge, source, rows, tag)
    if fault is None and word != "elif":
        inner = {
            one.target.name: one.iter.name
            for one in parser.parse(source).find_all(nodes.For)
            if isinstance(one.target, nodes.Name) and isinstance(one.iter, nodes.Name)
        }
        opened.append((word, said, inner, Fault("unclosed", said)))
    return fault


def _fault_of_source(
    parser: SandboxedEnvironment, judge: Judge, source: str, rows: Mapping[str, str], tag: str
) -> Fault | None:
    try:
        judge.judge(parser.parse(source), rows)
    except _Refusing as refusing:
        return refusing.fault
    except TemplateSyntaxError:
        return Fault("broken", tag[:_SHOWN])
    return None


def _first_tag(text: str) -> str:
    found = re.search(r"\{[\{%#].*|.*[\}%#]\}", text)
    return found.group()[:_SHOWN] if found else ""


def _paragraphs(template: bytes) -> Iterator[Any]:
    """Each paragraph in turn: of the body with its tables, then of heads and feet."""
    document = DocxTemplate(io.BytesIO(template)).get_docx()
    margins = [
        part
        for section in document.sections
        for part in (
            section.header,
            section.even_page_header,
            section.first_page_header,
            section.footer,
            section.even_page_footer,
            section.first_page_footer,
        )
        if not part.is_linked_to_previous
    ]
    elements = [document.element.body, *(part._element for part in margins)]  # noqa: SLF001 - python-docx names none
    for element in elements:
        yield from element.iter(qn("w:p"))


def _text(paragraph: Any) -> str:
    """Its own text: the paragraphs of a box that stands in it are judged by themselves."""
    return "".join(
        one.text or ""
        for one in paragraph.iter(qn("w:t"))
        if next(one.iterancestors(qn("w:p"))) is paragraph
    )


def filled(
    template: bytes,
    context: Mapping[str, Any],
    schema: Schema,
    *,
    most: int | None = _MOST_OUT,
) -> bytes:
    """The file with its fields filled in. Raises for a template that is not let in.

    ``most`` bounds what a stranger's template may write; our own says each thing once.
    """
    document = DocxTemplate(io.BytesIO(template))
    judged = _Judged(Judge(schema, context), most)
    document.render(dict(context), jinja_env=judged, autoescape=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def answered(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The file, or the first fault, as the process apart answers it."""
    template = base64.b64decode(asked["template"])
    schema: Schema = asked["schema"]
    fault = next(faults(template, schema), None)
    if fault is not None:
        return {"fault": fault}
    try:
        made = filled(template, asked["context"], schema)
    except _Refusing as refusing:
        return {"fault": refusing.fault}
    except (SecurityError, TemplateError) as error:
        return {"fault": Fault("broken", str(error)[:_SHOWN])}
    if without := _without_body(template, asked["body"]):
        return {"fault": without}
    return {"file": base64.b64encode(made).decode()}


def main(arguments: Sequence[str]) -> None:
    """One question from the standard input, one answer on the standard output."""
    import resource

    seconds, memory = map(int, arguments)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    json.dump(answered(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
