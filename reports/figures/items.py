"""Which items were found not to be met most often, and in which places."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import Truncator

from designation.applications.models import Application
from designation.organizations.divisions import digits_below
from designation.rounds.models import Round
from standards import catalogue
from workflows.case.found_unmet import pairs

from .place_names import names

# Our default: more lines are no answer to what fails most.
MOST = 10
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Failing:
    """``counts`` are by item and by what the codes within a place begin with."""

    counts: Counter[tuple[int, str]]
    places: Mapping[str, str]

    @property
    def most(self) -> list[tuple[int, int]]:
        """The items with how often they were not met, those most often first."""
        whole: Counter[int] = Counter()
        for (item, _place), count in self.counts.items():
            whole[item] += count
        return sorted(whole.items(), key=lambda one: (-one[1], one[0]))[:MOST]


def failing(rows: QuerySet[Application], round_: Round) -> Failing:
    """By the places directly within the round's area, in the order of their codes.

    Three statements, and one for each stage that judges items.
    """
    digits = digits_below(round_.jurisdiction.code)
    found = pairs(rows)
    areas = rows.filter(pk__in={application for application, _item in found})
    heads = {pk: code[:digits] for pk, code in areas.values_list("pk", "area_code")}
    counts = Counter((item, heads[application]) for application, item in found)
    return Failing(counts, names({place for _item, place in counts}))


def words_of_items(round_: Round) -> dict[int, str]:
    """By key the items of the round's standards, each with its number and how it begins."""
    found = {}
    for entry in round_.categories.all():
        standard = catalogue.published(entry.standard_id)
        for pk, code in catalogue.item_codes(entry.standard_id).items():
            item = standard.item(code)
            found[pk] = f"{code} {Truncator(item.text).chars(_LONGEST)}"
    return found
