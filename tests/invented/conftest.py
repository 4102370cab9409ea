"""The invented app as it is while it is installed; after the test nothing of it is left."""

import pytest
from django.apps import AppConfig

from standards import code_constraints
from standards.engine.judging import KINDS


@pytest.fixture
def installed(db):
    kinds = dict(KINDS)
    AppConfig.create("tests.invented").ready()
    code_constraints.follow(using="default")
    yield
    KINDS.clear()
    KINDS.update(kinds)
