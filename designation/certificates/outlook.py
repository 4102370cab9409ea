"""What is to be done about the certificates of a decision, as its titles stand today."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from designation.organizations.models import Jurisdiction, Person, county_code
from designation.register import queries as register
from designation.register.models import Designation, DesignationDecision
from designation.site.refusal import Refusal

from . import designs, manner, queries, rules
from .manner import Manner
from .models import Certificate

# Read at once, our default: a certificate's content is a page of text.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A title that gets no certificate as it stands, with why and what to do."""

    organization: str
    title_number: str
    why: str


@dataclass(slots=True)
class Outlook:
    """Titles in force by key, of each county by its code; and of the others how many there are.

    ``first`` have no certificate, ``anew`` one that states something else than today; neither holds
    the ``unprinted``. ``held`` is how many have one, ``lacking_count`` how many none. ``left_out``:
    certificates of titles not in force, by how those stand.
    """

    counties: dict[str, Jurisdiction]
    first: dict[str, list[int]] = field(default_factory=dict)
    anew: dict[str, list[int]] = field(default_factory=dict)
    unprinted: list[Unprinted] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    held: int = 0
    lacking_count: int = 0

    def of_the_issuer(self, found: dict[str, list[int]], person: Person) -> dict[str, list[int]]:
        """Those whose certificates the person issues: none of an organization of theirs."""
        mine = {}
        for code, titles in found.items():
            county = self.counties[code]
            if rules.issuing_role(person, county) is not None:
                mine[code] = rules.but_their_own(titles, person, county)
        return {code: titles for code, titles in mine.items() if titles}

    @property
    def anew_count(self) -> int:
        return sum(map(len, self.anew.values()))

    @property
    def left_out_count(self) -> int:
        return self.left_out.total()


def of(decision: DesignationDecision) -> Outlook:
    """Two statements for each five hundred titles."""
    counties = {county.code: county for county in queries.counties(decision)}
    key_id = manner.key_in_use()
    manners = {
        code: Manner(county, designs.latest(county), key_id) for code, county in counties.items()
    }
    outlook = Outlook(counties)
    for title, certificate in _titles(decision):
        code = county_code(title.jurisdiction.code)
        if code in manners:
            _enter(outlook, title, certificate, manners[code])
    return outlook


def _titles(decision: DesignationDecision) -> Iterator[tuple[Designation, Certificate | None]]:
    """Each with the certificate that counts."""
    rows = decision.designations.order_by("jurisdiction__code", "pk")
    keys = list(rows.values_list("pk", flat=True))
    for begin in range(0, len(keys), _AT_ONCE):
        some = keys[begin : begin + _AT_ONCE]
        held = queries.latest_of_titles(some)
        titles = register.titles().filter(pk__in=some)
        for title in titles.order_by("jurisdiction__code", "pk"):
            yield title, held.get(title.pk)


def _enter(
    outlook: Outlook, title: Designation, certificate: Certificate | None, today: Manner
) -> None:
    if not title.is_in_force:
        if certificate:
            outlook.left_out[title.status_label] += 1
        return
    if certificate is None:
        outlook.lacking_count += 1
    else:
        outlook.held += 1
        if not today.would_differ(title, certificate):
            return
    if unprinted := today.not_printed(title):
        name = today.stated(title)["organization"]
        outlook.unprinted.append(Unprinted(name, title.number, str(Refusal(unprinted))))
        return
    found = outlook.anew if certificate else outlook.first
    found.setdefault(today.county.code, []).append(title.pk)
