"""Whatever anyone presses, in whatever order, the course and its record stay true."""

from collections import Counter
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from designation.applications.models import Stage

from .course_machine import CourseMachine
from .neighbourhood import Neighbourhood
from .short_standard import publish_short_standard

# The same walks on every machine and every day.
WALKS = settings(
    max_examples=7,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    # A failing walk is told as it was found: shrinking it would take minutes.
    phases=[Phase.generate],
)


# How many steps each village has come when the walks begin.
STARTS = [(0, 2, 3), (1, 4, 5), (6, 7, 7)]


@pytest.fixture
def neighbourhood(db, held_clock):
    publish_short_standard()
    return Neighbourhood()


def test_no_walk_of_random_actors_breaks_the_course(neighbourhood, held_clock):
    seen = Counter()

    for start in STARTS:
        guide = CourseMachine(neighbourhood, held_clock, seen)
        for index, steps in enumerate(start):
            for _step in range(steps):
                guide.carry_on(index)
        run_state_machine_as_test(
            partial(CourseMachine, neighbourhood, held_clock, seen, guide.passages), settings=WALKS
        )
        guide.teardown()

    assert seen["refused"] > 100
    assert set(Stage.values) <= set(seen), "the walks have not been everywhere"
