"""What a person typed: read from a form, and shown again where it could not be taken."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

LONGEST = 2000

# Our own fields, which carry nothing that a person typed.
_NOT_TYPED = (
    "csrfmiddlewaretoken",
    "version",
    "show",
    "continue",
    "save",
    "rest",
    "answer",
    "next",
)


def typed_texts(data: QueryDict) -> Iterable[tuple[str, str]]:
    """Pairs of field name and text, in the order of the form; never a password."""
    for name, texts in data.lists():
        if name in _NOT_TYPED or "password" in name:
            continue
        yield from ((name, text) for text in texts if text.strip())


def typed_text(data: Mapping[str, str], name: str, *, longest: int = LONGEST) -> str:
    """The text typed under ``name``, at most ``longest`` characters; "" when there is none."""
    # PostgreSQL cannot hold the character NUL, and no keyboard types it; a line break counts one.
    return data.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()[:longest]
