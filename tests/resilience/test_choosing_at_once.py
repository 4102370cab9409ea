"""Two coordinators record a meeting at once, on real PostgreSQL: one is recorded, one is told."""

import pytest

from designation.applications.models import Application, Stage
from designation.audit.chain import verify
from designation.organizations.models import Person, Role
from designation.rounds.models import RoundCategory
from tests import factories
from tests.course import MEETING, County
from workflows import transitions
from workflows.stages.selection import choosing
from workflows.stages.selection.models import Selection
from workflows.stages.selection.order import Outcome

from .test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(reference_data, held_clock):
    return County()


def record(county, person, **said):
    """As a request does it: with a person and a category of its own."""
    rows = {county.pk_of[name]: choosing.Said(outcome) for name, outcome in said.items()}

    def run():
        entry = RoundCategory.objects.select_related("round__jurisdiction").get(
            pk=county.round_category.pk
        )
        actor = Person.objects.get(pk=person.pk)
        return choosing.record(entry, MEETING, rows, actor=actor)

    return run


@pytest.fixture
def verified(county):
    first, second = county.at(Stage.VERIFIED), county.beside().at(Stage.VERIFIED)
    county.pk_of = {"first": first.pk, "second": second.pk}
    return first, second


def test_two_coordinators_who_record_at_once_leave_one_meeting(county, verified):
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)

    outcomes = at_once(
        record(county, county.coordinator, first=Outcome.CHOSEN, second=Outcome.RESERVE),
        record(county, other, first=Outcome.RESERVE, second=Outcome.CHOSEN),
    )

    refused = [one for one in outcomes if isinstance(one, choosing.NotDecided)]
    assert len(refused) == 1
    assert Selection.objects.count() == 1
    stages = Application.objects.order_by("pk").values_list("stage", flat=True)
    assert sorted(stages) == [Stage.CHOSEN, Stage.RESERVE]
    assert verify().whole


def test_a_name_that_withdraws_while_it_is_chosen_is_either_chosen_or_gone(county, verified):
    first, _second = verified
    head = county.head

    outcomes = at_once(
        record(county, county.coordinator, first=Outcome.CHOSEN, second=Outcome.NOT_CHOSEN),
        lambda: transitions.perform("withdraw", first.pk, actor=Person.objects.get(pk=head.pk)),
    )

    assert Application.objects.get(pk=first.pk).stage == Stage.WITHDRAWN
    was_refused = isinstance(outcomes[0], choosing.NotDecided)
    assert Selection.objects.exists() is not was_refused
    assert verify().whole


def test_two_who_move_the_reserve_up_at_once_fill_one_place(county, verified):
    first, second = verified
    county.round_category.quota = 1
    county.round_category.save()
    county.choose(reserve=[first, second])
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)

    def move(row, person):
        return lambda: transitions.perform(
            "move_up", row.pk, actor=Person.objects.get(pk=person.pk)
        )

    at_once(move(first, county.coordinator), move(second, other))

    stages = Application.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == [Stage.CHOSEN, Stage.RESERVE]
