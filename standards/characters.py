"""Text as it may leave by every medium, what makes two texts the same, and figures as typed.

What people write is kept as written. Only what some medium refuses (HTML, XML, PDF, a mail
header, a spreadsheet) or what nobody can see is taken out; the table stands in ``kept``.
Nothing that is published is ever passed through here again.
"""

import re
import unicodedata

# Line ends of all systems, and the characters that break a line besides.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NON_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_NEVER = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters but tab and line feed
    "\xad\u034f\u17b4\u17b5\u200b\u2060-\u2064\ufeff"  # without width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # that turn the direction of writing
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of annotation and notation
    f"{_NON_CHARACTERS}\ud800-\udfff"  # and halves of a pair
    "]"
)
_PICTURE = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_TURN = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Scripts whose letters change with an invisible joiner between them: Arabic to Sinhala, Mongolian.
_JOINING = "\u0600-\u0dff\u1800-\u18af"
# An invisible character stays where it makes what is seen: an emoji of several parts, a flag, a
# keycap, a registered form of a Chinese character, the joining of letters.
_VISIBLE_SEQUENCE = re.compile(
    f"([{_PICTURE}]{_TURN}(?:\u200d[{_PICTURE}]{_TURN})+"
    "|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
    f"|[{_PICTURE}][\ufe0e\ufe0f]"
    "|[0-9#*]\ufe0f(?=\u20e3)"
    f"|[{_HAN}][\ufe00-\ufe02\U000e0100-\U000e01ef]"
    f"|[{_JOINING}][\u200c\u200d\u180e](?=[{_JOINING}]))"
    "|[\u200c\u200d\u180e\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_CLUSTER = re.compile(
    f"[{_PICTURE}]{_TURN}(?:\u200d[{_PICTURE}]{_TURN})*"
    "|\U0001f3f4[\U000e0020-\U000e007f]+|[0-9#*]\ufe0f\u20e3"
    f"|[{_HAN}][\ufe00-\ufe02\U000e0100-\U000e01ef]?|.",
    re.DOTALL,
)
# The last five are a blank to the eye although Unicode calls them letters or symbols.
_BLANKS = (
    "\t\n \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    "\u3000\u2800\u3164\u115f\u1160\uffa0"
)
_BREAKS_IN_A_LINE = re.compile("[\n\t]+")

_SELECTORS = re.compile("[\u180b-\u180f\u200c\u200d\u20e3\ufe00-\ufe0f\U000e0000-\U000e0fff]")
_UNSEEN = re.compile(
    "[\\s\u115f\u1160\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]+"
)
# NFKC leaves these apart, the eye does not: radicals for their characters (as files from PDF have
# them), letters of other alphabets, kinds of dashes, dots, quotation marks and brackets.
_SAME = str.maketrans(
    "⺌⺍⺝⺠⺩⺬⺮⻁⻄⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱"
    "АВЕЅІЈКМНОРСТХаеоісруѕјх"
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
    "‐‑‒–—―−─ー－﹣"
    "·•‧∙⋅・･"
    "“”„‟″「」『』＂‘’‚‛′＇"
    "○◯〔〕【】［］〖〗",
    "小小月民王示竹虎西见角贝车长门韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟"
    "ABESIJKMHOPCTXaeoicpysjx"
    "ABEZHIKMNOPTYXo"
    "-----------"
    "·······"
    '""""""""""\'\'\'\'\'\''
    "〇〇()()()()",
)
# Small figures beside a figure: 10² is no 102, 2½ no 21.
_RAISED = re.compile("(?<=[0-9０-９])(?=[¹²³⁰-⁹₀-₉¼-¾⅐-⅞①-⑳])")
_SIGNS = str.maketrans("−‐‑‒–—﹣", "-------")


def kept(text: str) -> str:
    """``text`` as written, but for what cannot be kept; a line break counts one.

    Line ends become LF. Control characters, characters without width or that turn the direction
    of writing, non-characters and lone surrogates go, and so do outer blanks. Emoji stay whole,
    and so do private-use and unassigned characters, width, brackets and marks. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _NEVER.sub("", _LINE_ENDS.sub("\n", text))
    text = _VISIBLE_SEQUENCE.sub(lambda found: found[1] or "", text)
    return text.strip(_BLANKS)


def line(text: str) -> str:
    """As ``kept``, in one line: a line break or a tab becomes a blank."""
    return _BREAKS_IN_A_LINE.sub(" ", kept(text))


def plain(text: str) -> str:
    """``text`` to read a figure, a code or a date from: full-width and unusual forms made plain."""
    apart = _RAISED.sub(" ", kept(text))
    return unicodedata.normalize("NFKC", apart).translate(_SIGNS).strip()


def clusters(text: str) -> list[str]:
    """The characters of ``text``, an emoji of several parts or a registered form as one."""
    return [found.group() for found in _CLUSTER.finditer(text)]


def unseen_removed(text: str) -> str:
    """Without the marks and selectors that change how a character looks, and stay with it."""
    return _SELECTORS.sub("", text)


def sameness_key(text: str) -> str:
    """What two spellings of one name have in common, whatever width, blanks and code points.

    Only to compare and to search by; never shown.
    """
    folded = unicodedata.normalize("NFKC", kept(text).translate(_SAME)).casefold()
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", folded).translate(_SAME))
    return unicodedata.normalize("NFKC", seen)
