"""Pages as they read, however their markup is broken into lines."""

import re

_AROUND_TAGS = re.compile(r"\s*(<[^>]*>)\s*")
_BLANKS = re.compile(r"\s+")
_AT_THE_END = re.compile(r" (/?>)")


def flat(content):
    """The markup in one line, without the blanks that stand beside its tags."""
    if isinstance(content, bytes):
        content = content.decode()
    return _AROUND_TAGS.sub(r"\1", _AT_THE_END.sub(r"\1", _BLANKS.sub(" ", content)))
