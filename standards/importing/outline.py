"""Lines of text into standards, sections and items, as their printed numbers say."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .documents import Line, Unreadable
from .numerals import number_of
from .quantities import UNIT

MAX_ITEMS = 10_000
# A heading without a number is a short run of words without punctuation.
_HEADING = re.compile(r"[^\s，,。；;：:、！!？?]{4,16}")
_TITLE = re.compile(r"[^。；;，,、.．\n]{2,40}?(?:标准|办法|细则)")
_MARK = re.compile(
    r"(?P<section>[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?<![\d.．])(?P<item>\d{1,5}[.．、](?:(?!\d)|(?=(?:19|20)\d\d年)))"
    rf"|(?<![\d.．])(?P<glued>\d{{1,5}}[.．、])(?=\d{{1,15}}(?:\.\d+)?\s*(?:{UNIT}|个|年(?!\d)))"
    r"|(?P<part>[（(]\d{1,5}[）)])"
)
# 附件3、 and 表2. name something; they open no item.
_NAMES = re.compile(r"(?:附[件表录图]?|[表图例注第款项及和至])\s*$")
# 1.1 and 1.2 at the head of lines: then no figure behind a point is the item's own.
_DECIMALS = re.compile(
    rf"^\s*\d{{1,3}}[.．]\d{{1,3}}(?![\d%％‰]|\s*(?:{UNIT}|个|年))", re.MULTILINE
)
_ENDS = "。；;！!？?\n"
_TAIL = 80
# More is no heading, and more than a section can hold.
_LONGEST_TITLE = 100


@dataclass(frozen=True)
class Unread:
    """What the reading passed over or doubts: the line, its words and why."""

    line: int
    text: str
    reason: str


@dataclass
class OutlineItem:
    number_printed: str
    text: str
    line: int


@dataclass
class OutlineSection:
    number_printed: str | None
    title_printed: str
    line: int
    items: list[OutlineItem] = field(default_factory=list)


@dataclass
class OutlineStandard:
    title: str
    line: int
    sections: list[OutlineSection] = field(default_factory=list)


@dataclass
class Outline:
    standards: list[OutlineStandard] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    kind: str
    printed: str
    start: int
    end: int


def outline(lines: Sequence[Line]) -> Outline:
    """The standards in ``lines``, with what could not be placed and the oddities of numbering.

    Raises Unreadable when there are no numbered items, or more than MAX_ITEMS.
    """
    text = "\n".join(line.text.strip() for line in lines)
    found = list(_marks(text))
    marks = [mark for mark in found if mark.kind != "doubt"]
    items = sum(mark.kind == "item" for mark in marks)
    if not items:
        raise Unreadable(_("没有找到编号的条目。条目应以“1.”或“(1)”开头，请编号后再上传。"))
    if items > MAX_ITEMS:
        raise Unreadable(_("条目超过 10000 条。请按标准拆分成几个文件后再上传。"))
    reader = _Reader(text, lines)
    for doubt in found:
        if doubt.kind == "doubt":
            reader.doubt_number(doubt)
    return reader.read(marks)


def _marks(text: str) -> Iterator[_Found]:
    """The marks that open a section or an item, as their surroundings tell them from others."""
    found = list(_MARK.finditer(text))
    opens = "item" if any(_opens(text, mark) for mark in found) else "part"
    is_decimal = bool(_DECIMALS.search(text))
    last, ended = 0, 0
    body = text.find("一、") if _contents_stand_first(text) else 0
    for mark in found:
        place = mark.start()
        if place < body:
            continue
        if mark["section"]:
            if _at_start(text, place) or _title_before(text, place):
                yield _Found("section", mark["section"], place, mark.end())
                last = 0 if mark["section"] == "一、" else last
                ended = text.find("\n", place) + 1
        elif printed := mark[opens] or (mark["glued"] if opens == "item" else None):
            number = _number(printed)
            if mark["glued"] and mark["glued"][-1] != "、":
                kind = _glued(text, place, follows=number == last + 1, after_heading=place == ended)
                kind = "doubt" if kind == "item" and is_decimal else kind
            else:
                kind = "item" if _stands_as_item(text, place, number, last) else ""
            if kind:
                yield _Found(kind, printed, place, mark.end())
            last = number if kind == "item" else last


def _stands_as_item(text: str, place: int, number: int, last: int) -> bool:
    if _begins_line(text, place) or (_at_start(text, place) and number > last):
        return True
    return number in (1, last + 1) and not _NAMES.search(text[max(place - _TAIL, 0) : place])


def _glued(text: str, place: int, *, follows: bool, after_heading: bool) -> str:
    """2.60%以上 is item 2 where 2 is due and a sentence has ended; what may be so is a doubt."""
    before = text[max(place - _TAIL, 0) : place].rstrip()
    if not follows or not _at_start(text, place):
        return ""
    if _begins_line(text, place) and (not before or after_heading or before[-1] in "。；;！!？?"):
        return "item"
    return "doubt"


def _opens(text: str, mark: re.Match[str]) -> bool:
    printed = mark["item"] or mark["glued"]
    return bool(printed) and (_at_start(text, mark.start()) or printed[:-1] == "1")


def _contents_stand_first(text: str) -> bool:
    return "目录" in text[:200].replace(" ", "") and "一、" in text


def _at_start(text: str, place: int) -> bool:
    before = text[max(place - _TAIL, 0) : place].rstrip(" \t\u3000")
    return not before or before[-1] in _ENDS


def _begins_line(text: str, place: int) -> bool:
    """Whether nothing stands before it on its line: then even an odd number opens an item."""
    before = text[max(place - _TAIL, 0) : place].rstrip(" \t\u3000")
    return not before or before[-1] == "\n"


def _number(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def _title_before(text: str, place: int) -> bool:
    return text[max(place - _TAIL, 0) : place].endswith(("标准", "办法", "细则"))


class _Reader:
    """Walks the marks once and fills an Outline."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.numbers = [line.number for line in lines]
        self.starts = [0]
        for line in lines[:-1]:
            self.starts.append(self.starts[-1] + len(line.text.strip()) + 1)
        self.outline = Outline()

    def read(self, marks: Sequence[_Found]) -> Outline:
        first = marks[0]
        self._open(self.text[: first.start], 0, first, before_all=True)
        ends = [mark.start for mark in marks[1:]] + [len(self.text)]
        followers: list[_Found | None] = [*marks[1:], None]
        for mark, end, follower in zip(marks, ends, followers, strict=True):
            body = self.text[mark.end : end]
            if mark.kind == "section":
                self._section(mark, body, follower)
            else:
                self._item(mark, body, follower)
        self._check_sections()
        return self.outline

    def _line(self, place: int) -> int:
        return self.numbers[bisect_right(self.starts, place) - 1]

    def _unread(self, place: int, text: str, reason: str) -> None:
        self.outline.unread.append(Unread(self._line(place), text.strip(), reason))

    def doubt_number(self, mark: _Found) -> None:
        """Tell of a figure that may be the number of an item with another one behind it."""
        line = self.text[mark.start :].partition("\n")[0]
        self._unread(mark.start, line, _("开头的数字可能是条目编号，没有按编号读，请对照原文"))

    def _open(self, before: str, place: int, mark: _Found, *, before_all: bool = False) -> None:
        """Start a standard whose title ends ``before``; the rest before it is listed."""
        titles = list(_TITLE.finditer(before))
        title = titles[-1] if titles else None
        start = title.start() if title else len(before)
        if before_all and before[:start].strip():
            self._unread(place, before[:start], _("标准正文之前的文字，未作为条目读取"))
        if title and before[title.end() :].strip():
            self._unread(place + title.end(), before[title.end() :], _("标题与正文之间的文字"))
        name = title.group().strip() if title else ""
        at = place + start if name else mark.start
        self.outline.standards.append(OutlineStandard(name, self._line(at)))

    def _section(self, mark: _Found, body: str, follower: _Found | None) -> None:
        title, _newline, rest = body.strip().partition("\n")
        if len(title) > _LONGEST_TITLE:
            too_long, title = title, title[:_LONGEST_TITLE]
            self._unread(mark.start, too_long, _("部分标题过长，只读了前面的字"))
        line = self._line(mark.start)
        sections = self.outline.standards[-1].sections
        self._doubt_section(mark, sections)
        sections.append(OutlineSection(mark.printed, title.strip(), line))
        if rest.strip():
            self._unread(mark.end + body.find(rest), rest, _("部分标题之后、第一条之前的文字"))
        if follower is None or follower.kind == "section":
            self._unread(mark.start, mark.printed + title, _("这一部分没有条目"))

    def _doubt_section(self, mark: _Found, sections: Sequence[OutlineSection]) -> None:
        """A heading without a number takes one all the same; those in brackets stand lower."""
        unnumbered = 0
        for section in reversed(sections):
            printed = section.number_printed
            if printed is None:
                unnumbered += 1
            elif printed[-1] == mark.printed[-1] == "、":
                if number_of(mark.printed[:-1]) != number_of(printed[:-1]) + unnumbered + 1:
                    self._unread(mark.start, mark.printed, _("部分的编号不连续，请对照原文"))
                return

    def _item(self, mark: _Found, body: str, follower: _Found | None) -> None:
        text, tail = _without_heading(body, follower)
        standard = self.outline.standards[-1]
        if not standard.sections:
            standard.sections.append(OutlineSection(None, "", self._line(mark.start)))
        self._doubt_item(mark, standard)
        section = standard.sections[-1]
        printed = "".join(part.strip() for part in text.split("\n"))
        section.items.append(OutlineItem(mark.printed, printed, self._line(mark.start)))
        if not printed:
            self._unread(mark.start, mark.printed, _("编号之后没有文字"))
        if tail:
            self._heading(tail, mark.end + len(text), follower)

    def _doubt_item(self, mark: _Found, standard: OutlineStandard) -> None:
        """Items are numbered on through their standard, or from 1 again in each section."""
        number = _number(mark.printed)
        before = next((s.items[-1] for s in reversed(standard.sections) if s.items), None)
        follows = _number(before.number_printed) + 1 if before else 1
        begins_anew = number == 1 and not standard.sections[-1].items
        if number != follows and not begins_anew:
            self._unread(mark.start, mark.printed, _("条目的编号不连续，请对照原文"))

    def _heading(self, tail: str, place: int, follower: _Found | None) -> None:
        if follower and _TITLE.fullmatch(tail.strip()):
            self._open(tail, place, follower)
            return
        heading = OutlineSection(None, tail.strip(), self._line(place))
        self.outline.standards[-1].sections.append(heading)
        self._unread(place, tail, _("没有编号，按部分标题读取，请对照原文"))

    def _check_sections(self) -> None:
        for standard in self.outline.standards:
            standard.sections = [s for s in standard.sections if s.items]
        self.outline.standards = [s for s in self.outline.standards if s.sections]


def _without_heading(body: str, follower: _Found | None) -> tuple[str, str]:
    """An item's own text, and the title or heading that stands after its last full stop."""
    if follower is None:
        return body, ""
    trimmed = body.rstrip()
    cut = max(trimmed.rfind(end) for end in _ENDS) + 1
    tail = trimmed[cut:].strip()
    if not cut or not trimmed[:cut].strip():
        return body, ""
    if _TITLE.fullmatch(tail):
        return trimmed[:cut], tail
    if trimmed[:cut].rstrip()[-1] in "。；;！!" and _HEADING.fullmatch(tail):
        return (trimmed[:cut], tail) if follower.kind == "item" else (body, "")
    return body, ""
