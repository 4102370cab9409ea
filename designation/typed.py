"""What a person typed, shown again where a form could not be taken."""

from collections.abc import Iterable

from django.http import QueryDict

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
