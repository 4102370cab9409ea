"""Whether there are enough different people for every step of a township's cases, by name.

Pure: who holds which seat is given. Which steps may not be one person's follows from the rules of
the house: who acted in a case does not verify it, two verify together, and a notice is proposed,
reviewed, approved and published by different people (``interests``, ``steps``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

PROPOSE, SECRECY, APPROVE, PUBLISH = "propose", "secrecy", "approve", "publish"
REVIEW, COORDINATE, VERIFY, VERIFY_TOO = "review", "coordinate", "verify", "verify_too"
REGISTER, DESIGNATE = "register", "designate"

# In the order of a case; each step with those before it that another person must have taken.
APART: Mapping[str, tuple[str, ...]] = {
    REVIEW: (),
    COORDINATE: (),
    VERIFY: (REVIEW, COORDINATE),
    VERIFY_TOO: (REVIEW, COORDINATE, VERIFY),
    PROPOSE: (),
    SECRECY: (PROPOSE,),
    APPROVE: (PROPOSE, SECRECY),
    PUBLISH: (PROPOSE, APPROVE),
    REGISTER: (),
    DESIGNATE: (PROPOSE, REGISTER),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """``step`` cannot be taken by anybody who is not needed in one of ``others``.

    ``people`` are those who hold the seat; none means that nobody does.
    """

    step: str
    people: tuple[str, ...]
    others: tuple[str, ...]


def lacking(people: Mapping[str, Collection[str]], *, four: bool = False) -> list[Lack]:
    """The steps for which nobody is left, given by step who may take it.

    A step that lacks somebody is left out of what follows, so that each gap is told once.
    ``four``: the round demands a publisher who did not review for secrecy either.
    """
    apart = dict(APART) | ({PUBLISH: (PROPOSE, SECRECY, APPROVE)} if four else {})
    found: list[Lack] = []
    staffed: list[str] = []
    for step in apart:
        if _assigned([*staffed, step], people, apart):
            staffed.append(step)
        else:
            others = tuple(other for other in apart[step] if other in staffed)
            found.append(Lack(step, tuple(sorted(people.get(step, ()))), others))
    return found


def _assigned(
    steps: Sequence[str], people: Mapping[str, Collection[str]], apart: Mapping[str, Iterable[str]]
) -> bool:
    """Whether every step can have a person such that those apart are different ones."""
    # Of more people than there are steps one is always left.
    candidates = {step: sorted(people.get(step, ()))[: len(steps)] for step in steps}
    return _choose(list(steps), {}, candidates, apart)


def _choose(
    left: list[str],
    chosen: dict[str, str],
    candidates: Mapping[str, Sequence[str]],
    apart: Mapping[str, Iterable[str]],
) -> bool:
    if not left:
        return True
    step, *rest = left
    taken = {chosen[other] for other in apart[step] if other in chosen}
    return any(
        _choose(rest, chosen | {step: person}, candidates, apart)
        for person in candidates[step]
        if person not in taken
    )
