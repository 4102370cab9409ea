"""Why something is not done: one exception for every act that a rule refuses.

A page, an import and an API read the same findings; each says of itself where it shows them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: the rule, the item and check it concerns, the value, and what to do.

    ``rule`` and ``message`` are sentences in the language active when it was asked; ``rule`` is
    empty where the message says it all. ``code`` names the reason for programs, ``field`` the value
    that was given, where an act takes several. A remark (``blocking`` false) refuses nothing.
    """

    code: str
    rule: str
    message: str
    item_code: str = ""
    check_code: str = ""
    blocking: bool = True
    field: str = ""


class Refusal(Exception):
    """What was asked is not done, and nothing is written; ``findings`` say why.

    ``str()`` is their messages in one line. A room that has to tell its refusals from others'
    names them by a subclass.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("；".join(finding.message for finding in self.findings))

    @classmethod
    def because(cls, code: str, message: str, *, rule: str = "") -> Self:
        """A refusal for one reason."""
        return cls([Finding(code, rule, message)])

    @property
    def code(self) -> str:
        """The first reason's."""
        return self.findings[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(finding.code for finding in self.findings)
