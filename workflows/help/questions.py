"""What a page of help is made of."""

from dataclasses import dataclass
from typing import Any

from designation.organizations.models import Role


@dataclass(frozen=True, slots=True)
class Question:
    """A question of one topic and its answer, lazy; both may name what ``facts`` holds.

    ``page`` is the address, by name, where it is done; "" where no page of its own leads there.
    """

    topic: str
    asked: Any
    answer: Any
    page: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The page of those who hold one of ``roles``; of no role: of everybody, or of the public."""

    code: str
    name: Any
    roles: tuple[Role, ...]
    questions: tuple[Question, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """What is asked about, in the order in which it is asked first."""
        return tuple(dict.fromkeys(one.topic for one in self.questions))
