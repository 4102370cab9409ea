"""How far two hands agree on what they judge: the share, and Cohen's kappa. Pure.

Kappa is the share beyond what two judges would have by chance, each saying each verdict as often
as they do: (po - pe) / (1 - pe) (J. Cohen, 1960).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# Our default: below it one verdict more or less turns kappa over.
LEAST_FOR_KAPPA = 10


def percent(part: int, whole: int) -> int | None:
    """Of a hundred, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """``pairs`` counts how often the first hand said the one and the second the other."""

    pairs: Mapping[tuple[str, str], int]

    @property
    def count(self) -> int:
        return sum(self.pairs.values())

    @property
    def same(self) -> int:
        return sum(count for (one, other), count in self.pairs.items() if one == other)

    @property
    def percent(self) -> int | None:
        """How many of a hundred are the same; None where nothing was judged twice."""
        return percent(self.same, self.count)

    @property
    def kappa(self) -> float | None:
        """-1 to 1; None of too few, and where each always says the same one verdict."""
        if self.count < LEAST_FOR_KAPPA:
            return None
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        for (one, other), count in self.pairs.items():
            first[one] += count
            second[other] += count
        # Whole numbers, so that what is certain by chance is seen as certain.
        by_chance = sum(first[verdict] * second[verdict] for verdict in first)
        most = self.count**2
        if by_chance == most:
            return None
        return (self.same * self.count - by_chance) / (most - by_chance)
