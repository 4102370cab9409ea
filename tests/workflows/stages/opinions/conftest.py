import pytest

from designation.applications.models import Stage
from tests.departments import department, sent


@pytest.fixture
def safety(county):
    return department(county, "县应急管理局")


@pytest.fixture
def application(county, safety):
    """Recommended, and asked about."""
    made = county.at(Stage.RECOMMENDED)
    sent(county)
    return made
