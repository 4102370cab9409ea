"""The numbers that a word processor prints by itself, rebuilt from the lists of a .docx.

The concepts are those of ECMA-376 part 1, clause 17.9 (numbering): a paragraph names a numbering
instance (num) and a level; the instance names an abstract definition (abstractNum), which holds
the levels and counts for all instances that share it. What a file says wrongly, or in a way of
counting that is not known here for sure, gives UNKNOWN, never a guess.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from docx.oxml.ns import qn

from .numerals import in_words

# Stands for a number that cannot be rebuilt; no text of a document can hold this character.
UNKNOWN = "\x00"

LEVELS = range(9)
# Bounds for damaged files: what lies beyond them, no office program writes.
MAX_TEXT = 100
MAX_COUNT = 32_767
MAX_BASED_ON = 20
MAX_LINKS = 10
# Stays below every number that is printed, however far it is counted on.
_DOUBTFUL = -1_000_000_000

# Looked for in every paragraph, so spelled out once.
_VAL, _ILVL, _NUM_ID = qn("w:val"), qn("w:ilvl"), qn("w:numId")
_NUM_PR = f"{qn('w:pPr')}/{qn('w:numPr')}"
_P_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_VANISH = f"{qn('w:rPr')}/{qn('w:vanish')}"

_INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_PLACEHOLDER = re.compile(r"%([1-9])")
_WITHOUT_NUMBER = ("bullet", "none")


def printed_numbers(body: Any, styles: Any, lists: Any) -> dict[Any, str]:
    """For each paragraph of ``body`` with a number: what is printed before its text.

    ``styles`` and ``lists`` are the roots of word/styles.xml and word/numbering.xml. Paragraphs
    without text count like others.
    """
    chosen, counting = _Styles(styles), _Lists(lists)
    numbers = {}
    for paragraph in body.iter(qn("w:p")):
        choice = chosen.of(paragraph)
        if choice.num not in (None, "0") and _is_shown(paragraph):
            printed = counting.next(choice)
            if printed:
                numbers[paragraph] = printed
    return numbers


def joined(number: str, text: str) -> str:
    """The number and its text as they stand on the line; figures do not run into one another."""
    apart = number[-1:].isspace() or not text[:1].isdecimal()
    return f"{number}{text}" if apart or not number else f"{number} {text}"


def is_hidden(part: Any) -> bool:
    """Whether a run, a paragraph's mark or a level's number is formatted as hidden text."""
    return _is_on(part.find(_VANISH))


def _is_shown(paragraph: Any) -> bool:
    """Hidden paragraphs, cells merged into the one above and boxes beside the text count not."""
    if next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None:
        return False
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    merged = None if cell is None else cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merged is not None and merged.get(qn("w:val")) in (None, "continue"):
        return False
    mark = paragraph.find(qn("w:pPr"))
    if mark is None or not is_hidden(mark):
        return True
    return not all(is_hidden(run) for run in paragraph.iter(qn("w:r")))


@dataclass(frozen=True)
class _Choice:
    """The instance a paragraph names, and what it and its styles say of the level in turn."""

    num: str | None = None
    levels: tuple[tuple[str | None, str | None], ...] = ()

    def or_else(self, further: "_Choice") -> "_Choice":
        num = further.num if self.num is None else self.num
        return _Choice(num, self.levels + further.levels)


class _Styles:
    """What paragraphs and the styles they are based on say of numbering (numPr)."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._choices: dict[str | None, _Choice] = {}
        self._default: str | None = None
        for style in root.findall(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._styles.setdefault(name, style)
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in _ON:
                self._default = self._default or name
        everywhere = root.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}")
        self._everywhere = _Choice() if everywhere is None else _choice(everywhere, None)

    def of(self, paragraph: Any) -> _Choice:
        """Instance and level may come from different places: the nearest that names one wins."""
        style = _value(paragraph.find(_P_STYLE))
        name = style if style in self._styles else self._default
        if name not in self._choices:
            self._choices[name] = self._of_style(name)
        return _choice(paragraph, None).or_else(self._choices[name])

    def _of_style(self, name: str | None) -> _Choice:
        """Styles based on one another in a circle say the same again, until the bound."""
        choice = _Choice()
        for _step in range(MAX_BASED_ON):
            if name is None or name not in self._styles:
                break
            choice = choice.or_else(_choice(self._styles[name], name))
            name = _value(self._styles[name].find(qn("w:basedOn")))
        return choice.or_else(self._everywhere)


def _choice(part: Any, style: str | None) -> _Choice:
    numbering = part.find(_NUM_PR)
    if numbering is None:
        return _Choice(None, ((style, None),) if style else ())
    level = _value(numbering.find(_ILVL))
    return _Choice(_value(numbering.find(_NUM_ID)), ((style, level),))


@dataclass(frozen=True)
class _Level:
    """One level (lvl): where it starts, how it counts and what it prints."""

    start: int | None
    kind: str
    text: str
    suffix: str
    legal: bool
    hidden: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True)
class _List:
    """The levels of an instance with its own overrides; ``counter`` is the shared definition."""

    num: str
    counter: str
    levels: Mapping[int, _Level]
    anew: frozenset[int]

    def level_of(self, choice: _Choice) -> int | None:
        """A level that names the style (pStyle) goes before the number of a level."""
        styled = {level.style: at for at, level in self.levels.items() if level.style}
        for style, level in choice.levels:
            if style in styled:
                return styled[style]
            if level is not None:
                return _integer(level)
        return 0


@dataclass
class _Counts:
    """How far each level of a definition has come, and which instances began it anew."""

    reached: dict[int, int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    passed_over: set[int] = field(default_factory=set)

    def advance(self, at: int, numbered: _List) -> None:
        level, own = numbered.levels[at], (numbered.num, at)
        if at in numbered.anew and own not in self.begun:
            self.reached[at] = level.start or 0
        elif at in self.reached:
            self.reached[at] += 1
        else:
            self.reached[at] = _DOUBTFUL if at in self.passed_over else level.start or 0
        self.begun.add(own)
        self._restart_after(at, numbered)

    def _restart_after(self, at: int, numbered: _List) -> None:
        """Programs differ on whether a level that was passed over has been counted then."""
        for deeper, level in numbered.levels.items():
            if deeper > at and _restarts(level, after=at):
                self.reached.pop(deeper, None)
                self.passed_over.discard(deeper)
        self.passed_over.update(higher for higher in range(at) if higher not in self.reached)


def _restarts(level: _Level, *, after: int) -> bool:
    """After every higher level, or only after those down to lvlRestart; 0 is never."""
    return level.restart is None or after < level.restart


class _Lists:
    """The lists of a document, counting through it in its order."""

    def __init__(self, root: Any) -> None:
        self._nums = _by(root, "w:num", "w:numId")
        self._abstracts = _by(root, "w:abstractNum", "w:abstractNumId")
        self._linked: dict[str | None, str] = {}
        for name, abstract in self._abstracts.items():
            self._linked.setdefault(_value(abstract.find(qn("w:styleLink"))), name)
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, _Counts] = {}

    def next(self, choice: _Choice) -> str:
        """What the next paragraph of this choice prints; an instance that is not there: nothing."""
        num = choice.num or ""
        if num not in self._nums:
            return ""
        if num not in self._lists:
            self._lists[num] = self._list(num)
        numbered = self._lists[num]
        at = None if numbered is None else numbered.level_of(choice)
        if numbered is None or at is None or at not in numbered.levels:
            return UNKNOWN
        counts = self._counts.setdefault(numbered.counter, _Counts())
        counts.advance(at, numbered)
        return _printed(numbered.levels, at, counts.reached)

    def _list(self, num: str) -> _List | None:
        counter = self._definition(_value(self._nums[num].find(qn("w:abstractNumId"))))
        if counter is None:
            return None
        if counter not in self._levels:
            self._levels[counter] = dict(_levels(self._abstracts[counter]))
        levels, anew = dict(self._levels[counter]), set()
        for override in self._nums[num].findall(qn("w:lvlOverride")):
            at = _integer(override.get(qn("w:ilvl")))
            levels.update((place, level) for place, level in _levels(override) if place == at)
            start = override.find(qn("w:startOverride"))
            if start is not None and at in levels:
                levels[at] = replace(levels[at], start=_integer(_value(start)))
                anew.add(at)
        return _List(num, counter, levels, frozenset(anew))

    def _definition(self, name: str | None) -> str | None:
        """A definition may stand for that of a numbering style (numStyleLink, styleLink)."""
        for _step in range(MAX_LINKS):
            if name is None or name not in self._abstracts:
                return None
            link = self._abstracts[name].find(qn("w:numStyleLink"))
            if link is None:
                return name
            name = self._linked.get(_value(link))
        return None


def _by(root: Any, name: str, key: str) -> dict[str, Any]:
    return {part.get(qn(key)): part for part in reversed(root.findall(qn(name)))}


def _levels(part: Any) -> Iterator[tuple[int, _Level]]:
    for level in part.findall(qn("w:lvl")):
        at = _integer(level.get(qn("w:ilvl")))
        if at is not None and at in LEVELS:
            yield at, _level(level)


def _level(part: Any) -> _Level:
    return _Level(
        start=_integer(_value(part.find(qn("w:start")))),
        kind=_kind(part),
        text=_value(part.find(qn("w:lvlText"))) or "",
        suffix=_value(part.find(qn("w:suff"))) or "tab",
        legal=_is_on(part.find(qn("w:isLgl"))),
        hidden=is_hidden(part),
        restart=_integer(_value(part.find(qn("w:lvlRestart")))),
        style=_value(part.find(qn("w:pStyle"))),
    )


def _kind(level: Any) -> str:
    """A format of its own stands beside a plain one for older programs: the first one counts."""
    told = next(level.iter(qn("w:numFmt")), None)
    return "decimal" if told is None else _value(told) or ""


def _printed(levels: Mapping[int, _Level], at: int, reached: Mapping[int, int]) -> str:
    """The text of the level (lvlText) with the numbers it names, and what follows it."""
    own = levels[at]
    if own.kind == "bullet" or own.hidden or not own.text:
        return ""
    if len(own.text) > MAX_TEXT:
        return UNKNOWN
    figure = partial(_figure, levels, at, reached)
    text = _PLACEHOLDER.sub(lambda named: figure(int(named[1]) - 1), own.text)
    if UNKNOWN in text or len(text) > MAX_TEXT:
        return UNKNOWN
    return text if own.suffix == "nothing" or not text else f"{text} "


def _figure(levels: Mapping[int, _Level], at: int, reached: Mapping[int, int], named: int) -> str:
    """A level that was passed over shows where it would start."""
    level = levels.get(named)
    if level is None or named > at or level.start is None:
        return UNKNOWN
    if level.kind in _WITHOUT_NUMBER:
        return ""
    count = reached.get(named, level.start)
    write = _FORMATS.get("decimal" if levels[at].legal else level.kind)
    if write is None or not 0 <= count <= MAX_COUNT:
        return UNKNOWN
    return write(count) or UNKNOWN


def _one_of(signs: str, count: int) -> str:
    return signs[count - 1] if 1 <= count <= len(signs) else ""


_MOST_LETTERS = 30
_MOST_ROMAN = 3999


def _letter(first: str, count: int) -> str:
    """After z come aa, bb and so on, at most thirty of them."""
    times, place = divmod(count - 1, 26)
    return chr(ord(first) + place) * (times + 1) if 0 <= times < _MOST_LETTERS else ""


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(count: int) -> str:
    if not 1 <= count <= _MOST_ROMAN:
        return ""
    written = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        written += sign * times
    return written


_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _in_words(most: int, count: int) -> str:
    """The count in words (十, 二十一, 一百零五), up to the number where all agree on them."""
    return in_words(count).replace("〇", "零") if 1 <= count <= most else ""


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# The formats (ST_NumberFormat) in use here, as far as their signs are beyond doubt.
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": partial(_one_of, _CIRCLED),
    "decimalEnclosedCircleChinese": partial(_one_of, _CIRCLED[:10]),
    "ideographDigital": partial(_one_of, _DIGITS[1:]),
    "chineseCounting": partial(_in_words, 99),
    "japaneseCounting": partial(_in_words, 99),
    "chineseCountingThousand": partial(_in_words, 9999),
    "chineseLegalSimplified": partial(_one_of, "壹贰叁肆伍陆柒捌玖"),
    "upperLetter": partial(_letter, "A"),
    "lowerLetter": partial(_letter, "a"),
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
}

_ON = ("1", "true", "on")


def _is_on(part: Any | None) -> bool:
    """An on-off property without a value is on."""
    return part is not None and part.get(qn("w:val"), "on") in _ON


def _value(part: Any | None) -> str | None:
    value: str | None = None if part is None else part.get(_VAL)
    return value


def _integer(written: str | None) -> int | None:
    return int(written) if written is not None and _INTEGER.fullmatch(written) else None
