"""Whatever is done to a title, in whatever order, its history alone says how it stands."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from designation.organizations.models import Role
from designation.register import queries as register
from designation.register.models import Designation, TitleStep
from designation.register.standing import IN_FORCE, Act, Status
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.titles_given import Title
from workflows.titles.flow import PASSAGES

# The same walks on every machine and every day.
WALKS = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
# From where each act leads where; all else is refused.
ALLOWED = {
    "warn": ({Status.VALID}, Status.WARNED),
    "lift": ({Status.WARNED}, Status.VALID),
    "order": ({Status.VALID, Status.WARNED}, Status.ORDERED),
    "prolong": ({Status.ORDERED}, Status.ORDERED),
    # Of an order that outlived its title as well: that stays expired.
    "accept": ({Status.ORDERED, Status.EXPIRED}, Status.VALID),
    "revoke": (set(IN_FORCE), Status.REVOKED),
    "cancel": ({Status.VALID, Status.WARNED}, Status.CANCELLED),
    "restore": ({Status.REVOKED, Status.CANCELLED}, Status.VALID),
    "renew": ({Status.VALID, Status.WARNED, Status.EXPIRED}, Status.VALID),
    # It stands as before until the right day; of one that was over by a wrong one as it did then.
    "correct": ({*IN_FORCE, Status.EXPIRED}, None),
}


# How far from today the right last day is that a correction brings; before the naming it is none.
RIGHT_DAYS = st.sampled_from([-60, -1, 0, 40, 400])


class TitleMachine(RuleBasedStateMachine):
    """One title; ``stood`` is what was seen of it on each day, when that day ended."""

    def __init__(self, county, held_clock, seen):
        super().__init__()
        self.title, self.clock, self.seen = Title(county), held_clock, seen
        self.revoker, self.restorer = (
            factories.seated(Role.DECIDING_OFFICER, county.jurisdiction) for _turn in range(2)
        )
        self.stood = {}

    @rule(data=st.data())
    def go_on(self, data):
        """What leads on from here, else the walks would mostly stand before shut doors."""
        stands = self.title.status
        leads_on = [name for name, (sources, _target) in ALLOWED.items() if stands in sources]
        self.act(data.draw(st.sampled_from(leads_on)), data.draw(RIGHT_DAYS))

    @rule(name=st.sampled_from(sorted(PASSAGES)), days=RIGHT_DAYS)
    def try_anything(self, name, days):
        self.act(name, days)

    def act(self, name, days):
        before, steps = self.title.status, self.title.row.steps.count()
        sources, target = ALLOWED[name]
        said = {"until": clock.today() + timedelta(days=days)} if name == "correct" else {}
        officers = {"revoke": self.revoker, "restore": self.restorer}
        try:
            self.title.act(name, actor=officers.get(name), **said)
        except Refusal:
            assert self.title.status == before
            assert self.title.row.steps.count() == steps
            self.seen["refused"] += 1
        else:
            assert before in sources
            if name == "correct":
                self.is_corrected(before, said["until"])
            else:
                assert self.title.status == (before if self._is_late(before, name) else target)
            assert self.title.row.steps.count() == steps + 1
            self.seen[name] += 1

    def is_corrected(self, before, until):
        """Over by a day that is past; else as before, or as when a wrong day was over."""
        assert self.title.standing.until == until
        assert (self.title.status == Status.EXPIRED) == (until < clock.today())
        if before != Status.EXPIRED and until >= clock.today():
            assert self.title.status == before

    @staticmethod
    def _is_late(before, name):
        return before == Status.EXPIRED and name == "accept"

    @rule(days=st.sampled_from([1, 10, 35, 200]))
    def wait(self, days):
        self.stood[clock.today()] = self.title.standing
        self.clock.move(timedelta(days=days))

    @invariant()
    def every_day_stands_as_it_stood_in_python_and_in_sql(self):
        for day, stood in self.stood.items():
            assert self.title.row.standing_on(day) == stood
        stands, today = self.title.standing, clock.today()
        row = register.titles(today).get(pk=self.title.row.pk)
        assert (row.status, row.until, row.correct_by) == (
            stands.status,
            stands.until,
            stands.correct_by,
        )
        found = Designation.objects.filter(register.stands_as(stands.status, today))
        assert found.filter(pk=row.pk).exists()

    @invariant()
    def what_was_restored_or_renewed_rests_on_a_decision_of_its_own(self):
        anew = TitleStep.objects.filter(title=self.title.row, act__in=[Act.RESTORED, Act.EXTENDED])
        decisions = [step.decision_id for step in anew]
        assert None not in decisions
        assert len(set(decisions)) == len(decisions)
        assert self.title.row.decision_id not in decisions


@pytest.mark.django_db
def test_no_walk_of_acts_leaves_a_title_otherwise_than_its_history_says(county, held_clock):
    seen = dict.fromkeys([*PASSAGES, "refused"], 0)

    run_state_machine_as_test(lambda: TitleMachine(county, held_clock, seen), settings=WALKS)

    assert all(seen.values()), seen
