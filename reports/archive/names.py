"""Names within an archive: safe on every file system, none like another, short enough to unpack."""

from designation.evidence.names import served_name
from designation.site.text import file_name

# Signs of a name, our default: Windows takes 260 of a path, folders and all.
_LONGEST = 50


def numbered(number: int, title: str, media_type: str = "") -> str:
    """``title`` as the name of a file of ``media_type``; its number keeps it apart from others."""
    return f"{number:03d}-{served_name(title[:_LONGEST], media_type)}"


def folder(number: int, title: str) -> str:
    """The same of a folder."""
    return f"{number:03d}-{file_name(title[:_LONGEST].replace('.', '_'))}"
