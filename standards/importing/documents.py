"""Files as people send them, into lines of text with their numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from django.utils.translation import gettext as _

from standards.characters import kept

from . import word, workbooks
from .archives import Unreadable, macros
from .lines import MAX_LINES, Content, Line

__all__ = ["Content", "Line", "Unreadable", "check_size", "decoded", "read"]

MAX_BYTES = 20 * 1024 * 1024

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Other encodings decoded as GB18030 come out as characters that hardly a document has.
_FOREIGN = re.compile("[\ue000-\uf8ff]")
_MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb")
_OLD_ENDINGS = (".doc", ".xls", ".wps", ".et")


def read(name: str, content: bytes) -> Content:
    """The lines of a .docx, .txt or .xlsx that hold text, and what else the file holds.

    Raises Unreadable when the file is too large, damaged, carries macros or is of another kind.
    """
    ending = PurePath(name).suffix.lower()
    check_size(content)
    if ending in _MACRO_ENDINGS:
        raise macros()
    if ending in _OLD_ENDINGS:
        raise Unreadable(_("这是旧格式的文件。请在文字处理软件中另存为 .docx 或 .xlsx 后再上传。"))
    if ending not in _READERS:
        raise Unreadable(_("只能读取 .docx、.txt、.xlsx 和本系统导出的 .yaml 文件。"))
    found = _READERS[ending](content)
    lines = [cleaned for line in found.lines if (cleaned := _cleaned(line)).text]
    if not lines:
        raise Unreadable(_("文件中没有文字。扫描件或图片请先转为文字，再上传。"))
    told = [replace(passage, text=kept(passage.text)) for passage in found.left_out]
    return Content(lines, [passage for passage in told if passage.text])


def _cleaned(line: Line) -> Line:
    """What nobody sees goes: a character without width would part a number from its item."""
    printed = None if line.printed is None else kept(line.printed)
    return replace(line, text=kept(line.text), printed=printed)


def check_size(content: bytes) -> None:
    """Raises Unreadable for an empty file and for one of more than MAX_BYTES."""
    if not content:
        raise Unreadable(_("文件是空的。请检查后重新上传。"))
    if len(content) > MAX_BYTES:
        raise Unreadable(_("文件超过 20 MB。请删去图片或拆分后再上传。"))


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB18030, the encodings met in offices here."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not (encoding == "gb18030" and _FOREIGN.search(text)):
            return text
    raise Unreadable(_("无法辨认文字编码。请另存为 UTF-8 编码的文本文件后再上传。"))


def _text_lines(content: bytes) -> Iterator[Line]:
    for number, text in enumerate(decoded(content).splitlines(), start=1):
        if number > MAX_LINES:
            raise Unreadable(_("文件行数过多。请只保留标准的正文后再上传。"))
        yield Line(number, text)


def _text(content: bytes) -> Content:
    return Content(list(_text_lines(content)))


_READERS = {".docx": word.read, ".xlsx": workbooks.read, ".txt": _text}
