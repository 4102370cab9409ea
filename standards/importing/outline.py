"""Lines of text into standards, sections and items, as their printed numbers say."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest

from django.utils.translation import gettext as _

from .archives import Unreadable
from .lines import Line, Unread
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
_CONTENTS_WITHIN = 200
# More is no heading, and more than a section can hold.
_LONGEST_TITLE = 100


@dataclass
class OutlineItem:
    """``is_whole``: what a reader sees of it was all read."""

    number_printed: str
    text: str
    line: int
    is_whole: bool = True


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
    """``kind`` is section, item, row (an item with its number in a cell), heading or doubt."""

    kind: str
    printed: str
    start: int
    end: int

    @property
    def is_item(self) -> bool:
        return self.kind in ("item", "row")


def outline(lines: Sequence[Line]) -> Outline:
    """The standards in ``lines``, with what could not be placed and the oddities of numbering.

    Raises Unreadable when there are no numbered items, or more than MAX_ITEMS.
    """
    texts = [line.text.strip() for line in lines]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    placed = [
        _Found("heading" if line.is_heading else "row", line.printed or "", start, start)
        for line, start in zip(lines, starts, strict=False)
        if line.is_heading or line.printed is not None
    ]
    # What stands in a cell of its own is read by its cell, whatever its words look like.
    free = "\n".join(
        " " * len(text) if line.is_heading or line.printed is not None else text
        for line, text in zip(lines, texts, strict=True)
    )
    found = list(_marks(free, placed))
    items = sum(mark.is_item for mark in found)
    if not items:
        raise Unreadable(_("没有找到编号的条目。条目应以“1.”或“(1)”开头，请编号后再上传。"))
    if items > MAX_ITEMS:
        raise Unreadable(_("条目超过 10000 条。请按标准拆分成几个文件后再上传。"))
    return _Reader("\n".join(texts), lines, starts[:-1]).read(found)


def _marks(text: str, placed: Sequence[_Found]) -> Iterator[_Found]:
    """The marks that open a section or an item, as their surroundings tell them from others.

    ``placed`` are those that a table has told already.
    """
    found = list(_MARK.finditer(text))
    opens = "item" if any(_opens(text, mark) for mark in found) else "part"
    is_decimal = bool(_DECIMALS.search(text))
    last, ended = 0, 0
    body = text.find("一、") if _contents_stand_first(text) else 0
    both: list[re.Match[str] | _Found] = sorted([*found, *placed], key=_begins)
    for mark in both:
        place = _begins(mark)
        if isinstance(mark, _Found):
            yield mark
            last = _number(mark.printed) if mark.kind == "row" else last
        elif place < body:
            continue
        elif mark["section"]:
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


def _begins(mark: "re.Match[str] | _Found") -> int:
    return mark.start if isinstance(mark, _Found) else mark.start()


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
    head = text[:_CONTENTS_WITHIN]
    return "目录" in head.replace(" ", "") and head.find("目") < text.find("一、")


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

    def __init__(self, text: str, lines: Sequence[Line], starts: Sequence[int]) -> None:
        self.text = text
        self.lines = lines
        self.starts = starts
        self.outline = Outline()

    def read(self, found: Sequence[_Found]) -> Outline:
        marks = [mark for mark in found if mark.kind != "doubt"]
        self._open(self.text[: marks[0].start], 0, marks[0])
        for mark, follower in zip_longest(marks, marks[1:]):
            end = follower.start if follower else len(self.text)
            body = self.text[mark.end : end]
            if mark.kind in ("section", "heading"):
                self._section(mark, body, follower)
            else:
                self._item(mark, body, follower)
        for mark in found:
            if mark.kind == "doubt":
                self._doubt_number(mark)
        self._check_sections()
        return self.outline

    def _line(self, place: int) -> int:
        return self.lines[bisect_right(self.starts, place) - 1].number

    def _is_whole(self, start: int, end: int) -> bool:
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, max(end, start + 1))
        return all(line.is_whole for line in self.lines[first:last])

    def _unread(self, place: int, text: str, reason: str) -> None:
        self.outline.unread.append(Unread(self._line(place), text.strip(), reason))

    def _doubt_number(self, mark: _Found) -> None:
        """Tell of a figure that may be the number of an item with another one behind it."""
        line = self.text[mark.start :].partition("\n")[0]
        self._unread(mark.start, line, _("开头的数字可能是条目编号，没有按编号读，请对照原文"))

    def _open(self, before: str, place: int, mark: _Found) -> None:
        """Start a standard whose title ends ``before``; the rest before it is listed."""
        title = _title_of(before)
        start = title.start() if title else len(before)
        if before[:start].strip():
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
        sections.append(OutlineSection(mark.printed or None, title.strip(), line))
        if rest.strip():
            self._unread(mark.end + body.find(rest), rest, _("部分标题之后、第一条之前的文字"))
        if follower is None or not follower.is_item:
            self._unread(mark.start, mark.printed + title, _("这一部分没有条目"))

    def _doubt_section(self, mark: _Found, sections: Sequence[OutlineSection]) -> None:
        """A heading without a number takes one all the same; those in brackets stand lower."""
        if mark.kind == "heading":
            return
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
        standard = self.outline.standards[-1]
        if not standard.sections:
            standard.sections.append(OutlineSection(None, "", self._line(mark.start)))
        self._doubt_item(mark, standard)
        text, rest, title, tail = _parted(mark, body, follower)
        printed = "".join(part.strip() for part in text.split("\n"))
        whole = self._is_whole(mark.start, mark.end + len(text.rstrip()))
        standard.sections[-1].items.append(
            OutlineItem(mark.printed, printed, self._line(mark.start), whole)
        )
        if not printed:
            self._unread(mark.start, mark.printed, _("编号之后没有文字"))
        after = mark.end + len(text)
        if rest.strip():
            self._unread(after, rest, _("条目之后的文字，没有读作条文"))
        if title and follower:
            self._open(title, after + len(rest), follower)
        elif tail:
            self._heading(tail, after)

    def _doubt_item(self, mark: _Found, standard: OutlineStandard) -> None:
        """Items are numbered on through their standard, or from 1 again in each section."""
        number = _number(mark.printed)
        before = next((s.items[-1] for s in reversed(standard.sections) if s.items), None)
        follows = _number(before.number_printed) + 1 if before else 1
        begins_anew = number == 1 and not standard.sections[-1].items
        if number != follows and not begins_anew:
            self._unread(mark.start, mark.printed, _("条目的编号不连续，请对照原文"))

    def _heading(self, tail: str, place: int) -> None:
        heading = OutlineSection(None, tail.strip(), self._line(place))
        self.outline.standards[-1].sections.append(heading)
        self._unread(place, tail, _("没有编号，按部分标题读取，请对照原文"))

    def _check_sections(self) -> None:
        """Sections without items have been told; so is a title under which nothing stands."""
        for standard in self.outline.standards:
            standard.sections = [s for s in standard.sections if s.items]
            if not standard.sections and standard.title:
                told = Unread(standard.line, standard.title, _("标题之下没有条目"))
                self.outline.unread.append(told)
        self.outline.standards = [s for s in self.outline.standards if s.sections]


def _title_of(before: str) -> re.Match[str] | None:
    """The title at its end; else the last line that is one whole; else the last one at all."""
    titles = list(_TITLE.finditer(before))
    if not titles or not before[titles[-1].end() :].strip():
        return titles[-1] if titles else None
    whole = [title for title in titles if _is_line(before, title)]
    return whole[-1] if whole else titles[-1]


def _is_line(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()].rstrip(" \t\u3000"), text[found.end() :].lstrip(" \t")
    return (not before or before[-1] == "\n") and (not after or after[0] == "\n")


# What may stand behind the last item of a document.
_AFTERWARDS = re.compile(
    r"附\s*[则件录表：:]|备?注\s*[：:\d]|说明\s*[：:]|本(?:标准|办法|细则|方案|规定)(?:由|自|从)|第[一二三四五六七八九十]{1,3}章"
)
_DATE = re.compile(r"(?:\d{4}|[〇一二三四五六七八九十]{4})年.{1,3}月.{1,3}日")


def _parted(mark: _Found, body: str, follower: _Found | None) -> tuple[str, str, str, str]:
    """An item's own text, what stands behind it, the title of a next standard, and a heading."""
    if mark.kind == "row":
        text, newline, rest = body.partition("\n")
        return text, newline + rest, "", ""
    if follower is None:
        text, rest = _without_end(body)
        return text, rest, "", ""
    if follower.kind == "section" or _number(follower.printed or "0") == 1:
        for title in _TITLE.finditer(body):
            if title.start() and _is_line(body, title) and body[: title.start()].strip():
                return body[: title.start()], "", body[title.start() :], ""
    text, tail = _without_heading(body, follower)
    if tail and _TITLE.fullmatch(tail):
        return text, "", tail, ""
    return text, "", "", tail


def _without_end(body: str) -> tuple[str, str]:
    """The last item, and what stands behind it: by-laws, notes, the issuer and the date."""
    lines = body.split("\n")
    for at, line in enumerate(lines[1:], start=1):
        dated = any(_DATE.fullmatch(after.strip()) for after in lines[at : at + 2])
        if _AFTERWARDS.match(line.strip()) or dated:
            text = "\n".join(lines[:at])
            return text, body[len(text) :]
    return body, ""


def _without_heading(body: str, follower: _Found) -> tuple[str, str]:
    """An item's own text, and the title or heading that stands after its last full stop."""
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
