"""Which help a reader is led to, and which pages an answer leads them to. No statement."""

from collections.abc import Collection

from designation.organizations.models import Role

from . import topics
from .parts import PARTS, PUBLIC, SIGNED_IN
from .questions import Part, Question


def own(roles: Collection[Role]) -> list[Part]:
    """The parts of those who hold these roles, the one of most weight first."""
    return [part for part in PARTS if not frozenset(part.roles).isdisjoint(roles)]


def of_page(page: str, roles: Collection[Role], *, is_public: bool) -> tuple[Part | None, str]:
    """The part that answers what is asked on ``page``, and its anchor there; None for the list.

    First those of the reader's own roles, then what everybody asks. What neither asks leads to the
    head of the reader's own part; whoever has none is led to whoever asks about it. On a public
    page only the public's own.
    """
    topic, mine = topics.about(page), own(roles)
    if topic is None:
        return None, ""
    for part in (PUBLIC,) if is_public else (*mine, SIGNED_IN, PUBLIC, *(() if mine else PARTS)):
        if topic.code in part.topics:
            return part, topic.code
    return (mine[0] if mine else None), ""


def opens(question: Question, part: Part, roles: Collection[Role], *, is_signed_in: bool) -> bool:
    """Whether the reader gets the page to which the answer leads."""
    if not question.page:
        return False
    if question.page in topics.PUBLIC:
        return True
    if not part.roles:
        return is_signed_in
    return not frozenset(part.roles).isdisjoint(roles)
