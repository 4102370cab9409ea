"""Which numbers a county has given: each once, whatever kind of paper it was given to.

The same paper may be recorded several times, for each title that it speaks of: of the same body
and day, and of the same kind or one that goes on one paper with it. The row is written with the
act, under its locks and in its transaction: of two at once, the later one waits, and finds the
other's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.organizations.models import Level, head_of
from designation.site import clock
from designation.site.refusal import Finding, Refusal
from designation.site.templatetags.moments import day

from . import numbers
from .models import GivenNumber

_WORDS: dict[str, Any] = {}
# By kind, what papers of it are together with others.
_TOGETHER: dict[str, str] = {}
# By kind, how to find who recorded the paper that bears a number.
_RECORDED: dict[str, Callable[[GivenNumber], str]] = {}


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is recorded; ``kind`` is one that a room has ``called``.

    ``whose`` it is: of the body that decides, or where each unit gets its own, the unit's.
    """

    kind: str
    number: str
    whose: str
    on: date | None

    def is_of(self, row: GivenNumber) -> bool:
        """Whether the number was given to this same paper."""
        ours = (_sort(self.kind), self.whose.strip(), self.on)
        return ours == (_sort(row.kind), row.whose, row.dated_on)


def _sort(kind: str) -> str:
    return _TOGETHER.get(kind, kind)


def called(
    words: dict[str, Any],
    *,
    together: str = "",
    recorded_by: Callable[[GivenNumber], str] | None = None,
) -> None:
    """Say in which words a reader is told of each kind of document; each room of its own.

    One paper may do all that goes ``together``: a circular warns one and orders another to correct.
    ``recorded_by`` names who recorded the first that bears a number, "" where that is not known.
    """
    _WORDS.update(words)
    if together:
        _TOGETHER.update(dict.fromkeys(words, together))
    if recorded_by is not None:
        _RECORDED.update(dict.fromkeys(words, recorded_by))


def give(document: Document, area_code: str) -> None:
    """Take the number for the document, within the transaction that records it.

    Raises Refusal where this county gave it to another paper.
    """
    number = numbers.read(document.number)
    if number is None or document.on is None:
        return
    new = GivenNumber(
        county=_county(area_code),
        number=str(number),
        kind=document.kind,
        whose=document.whose.strip(),
        dated_on=document.on,
        given_at=clock.now(),
    )
    # Waits for whoever is taking the same number, and then finds theirs.
    GivenNumber.objects.bulk_create([new], ignore_conflicts=True)
    if found := taken(document, area_code):
        raise Refusal([found])


def taken(document: Document, area_code: str) -> Finding | None:
    """Whether this county gave the number to another paper; asked without taking it."""
    number = numbers.read(document.number)
    row = number and _known(str(number), area_code)
    return _taken(row) if row and not document.is_of(row) else None


def _county(area_code: str) -> str:
    return head_of(area_code, Level.COUNTY)


def _known(number: str, area_code: str) -> GivenNumber | None:
    return GivenNumber.objects.filter(county=_county(area_code), number=number).first()


def _taken(row: GivenNumber) -> Finding:
    said = {
        "number": row.number,
        "on": day(row.dated_on),
        "paper": _WORDS.get(row.kind, row.kind),
        "whose": row.whose,
        "at": day(row.given_at),
        "who": _RECORDED[row.kind](row) if row.kind in _RECORDED else "",
        # Nobody is to repeat a slip: what is on record stays, and so does what is wrong with it.
        "else": _(
            "如果是先前登记错了，不要照错的填：登记不能改动，请联系当时登记的人，"
            "由发文机关用新的文号重新发文后再登记。"
        ),
    }
    if said["who"]:
        told = _(
            "%(number)s已是%(on)s“%(paper)s”的文号（%(whose)s），%(who)s于%(at)s登记。"
            "请对照原件核对。%(else)s"
        )
    else:
        told = _(
            "%(number)s已是%(on)s“%(paper)s”的文号（%(whose)s），%(at)s登记。"
            "请对照原件核对。%(else)s"
        )
    told %= said
    return Finding("document_number_taken", _("发文字号不重复"), told, field="document_number")
