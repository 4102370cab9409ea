"""The title of an official document, broken by sense into lines that make a trapezoid or lozenge.

GB/T 9704-2012, 7.3.1: a line ends where a sense ends, the lines stand symmetrically, and their
lengths suit each other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

# Characters of 22 pt on 156 mm.
LONGEST = 20
# A sense ends before the kind of document with its 的, behind 关于, behind punctuation, and where
# the name of a body gives way to what it is about.
_ENDS = re.compile(
    r"(?=关于)|(?<=关于)|(?=的(?:决定|通知|通报|公示|答复|函)$)|(?<=[，、；：。”》）])"
    r"|(?=[“《（])|(?<=年度)|(?<=[县市区旗])(?=[0-9])|(?=称号)|(?=名单)|(?=示范点)"
)
_ENDING = re.compile(r"的?(?:决定|通知|通报|公示|答复|函)|[，、；：。”》）]+")
_FEWEST = 4


def title_lines(title: str) -> tuple[str, ...]:
    """The lines; as few as it takes."""
    if len(title) <= LONGEST:
        return (title,)
    pieces = [part for piece in _ENDS.split(title) if piece for part in _cut(piece)]
    for count in range(1, len(pieces)):
        broken = [lines for lines in _broken(pieces, count) if _fits(lines)]
        if broken:
            return min(broken, key=_unlikeness)
    return tuple(pieces)


def _cut(piece: str) -> Iterator[str]:
    """What has no end of a sense within a line is cut into parts of one length."""
    lines = -(-len(piece) // LONGEST)
    length = -(-len(piece) // lines)
    for start in range(0, len(piece), length):
        yield piece[start : start + length]


def _broken(pieces: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """All ways to put the pieces on one line more than ``count``."""
    for ends in combinations(range(1, len(pieces)), count):
        edges = (0, *ends, len(pieces))
        yield tuple("".join(pieces[start:end]) for start, end in pairwise(edges))


def _fits(lines: Sequence[str]) -> bool:
    return all(len(line) <= LONGEST and not _ENDING.fullmatch(line) for line in lines)


def _unlikeness(lines: Sequence[str]) -> tuple[int, int]:
    """Neither trapezoid nor lozenge comes last; of the others the one with the likest lengths.

    A line that is much shorter than its neighbours makes the title look torn.
    """
    lengths = [len(line) for line in lines]
    likest = (max(lengths) - min(lengths)) + (LONGEST if min(lengths) < _FEWEST else 0)
    return (not _is_shaped(lengths), likest)


def _is_shaped(lengths: Sequence[int]) -> bool:
    rises = [after > before for before, after in pairwise(lengths)]
    falls = [after < before for before, after in pairwise(lengths)]
    widest = lengths.index(max(lengths))
    return all(rises) or all(falls) or (all(rises[:widest]) and all(falls[widest:]))
