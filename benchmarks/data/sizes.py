"""How much there is at each size."""

from dataclasses import dataclass
from datetime import datetime

from designation.site.clock import SHANGHAI

# What a county has, at every size.
TOWNSHIPS = 20
APPLICATIONS = 500
# Of these, those of the round that is over; the others are of the present one.
OF_THE_ROUND_BEFORE = 200
# Our default: three in five of those who applied a year ago.
TITLES_A_COUNTY = 120
# Bodies of a county: its committee, its organization department, the committee of its organs,
# and a committee a township.
COUNTY_COMMITTEE, DEPARTMENT, ORGANS, FIRST_TOWNSHIP = range(4)
BODIES = FIRST_TOWNSHIP + TOWNSHIPS
_COUNTIES_A_PREFECTURE = 10

# The moment at which the data stands: nothing in it is later, but deadlines and notices run on.
MOMENT = datetime(2026, 5, 18, 9, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Size:
    """``counties`` are numbered from 0, the viewer's, and lie in prefectures of ten.

    ``titles`` is how many titles the register holds, evenly over the counties: as many as there
    are given to applications of the round before, the others in the years before the system.
    """

    counties: int
    titles: int

    def __post_init__(self) -> None:
        if self.titles < 0:
            raise ValueError("TITLES is 0 or more.")

    @property
    def prefectures(self) -> int:
        return -(-self.counties // _COUNTIES_A_PREFECTURE)

    @property
    def titles_of_the_county(self) -> str:
        """How many titles county ``c`` gives, in SQL."""
        return f"({self.titles // self.counties} + (c < {self.titles % self.counties})::int)"

    @property
    def titles_of_its_applications(self) -> str:
        """How many of them go to applications of the round before, in SQL."""
        return f"least({self.titles_of_the_county}, {TITLES_A_COUNTY})"

    @property
    def applications(self) -> int:
        return self.counties * APPLICATIONS


COUNTIES = {"county": 1, "prefecture": 10, "province": 200}


def size(name: str, titles: int | None = None) -> Size:
    """The size of that name. Raises ValueError, in words, for an unknown one."""
    if name not in COUNTIES:
        raise ValueError(f"SIZE is one of {', '.join(COUNTIES)}.")
    counties = COUNTIES[name]
    return Size(counties, counties * TITLES_A_COUNTY if titles is None else titles)
