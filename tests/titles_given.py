"""A title and what happens to it, by the acts of those whose it is."""

from datetime import timedelta

from designation.site import clock
from tests.visits_apart import title_given_before
from workflows.titles import acts
from workflows.titles.case import TitleAct
from workflows.titles.flow import PASSAGES
from workflows.titles.rules import is_decider

REASON = "年度复核发现台账长期空白，三会一课没有记录。"
DAY = timedelta(days=1)


class Title:
    """One of a village of the county, given a month ago for two years."""

    def __init__(self, county, **decision):
        self.county, self.row = county, title_given_before(county, **decision)

    def act(self, name, *, actor=None, seen=None, request_key="", **said):
        """Carry out ``name`` today, by whoever it is up to, on a document of its own."""
        decides = PASSAGES[name].rule == is_decider
        officer = self.county.deciding_officer if decides else self.county.coordinator
        by = {"actor": actor or officer, "request_key": request_key}
        acts.carry_out(name, self.row, paper(self.row, name, **said), seen=seen, **by)
        return self.row.steps.order_by("pk").last()

    @property
    def standing(self):
        return self.row.standing_on(clock.today())

    @property
    def status(self):
        return self.standing.status


def paper(title, name, **said):
    """What a document says, of its own number, today; the longest time that may be given."""
    stands = title.standing_on(clock.today())
    time = {
        "order": {"correct_by": clock.today() + 30 * DAY},
        "prolong": {"correct_by": (stands.correct_by or clock.today()) + 30 * DAY},
        "renew": {"until": max(stands.until, clock.today()) + 365 * DAY},
        "correct": {"until": max(stands.until, clock.today()) + 31 * DAY},
    }
    fields = {
        "document_number": f"青发〔2026〕{title.pk}-{title.steps.count()}号",
        "deciding_body": "中共青山县委",
        "decided_on": clock.today(),
        "reason": REASON,
    }
    return TitleAct(**fields | time.get(name, {}) | said)
