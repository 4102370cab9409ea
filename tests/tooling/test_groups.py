"""Tests of one group run in one worker: what they share is made once, and by nobody else."""

import pytest


@pytest.mark.xdist_group("a group")
def test_a_test_of_a_group_is_known_as_such_to_whoever_shares_out_the_tests(request):
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs them all")
    assert request.node.nodeid.endswith("@a group")
