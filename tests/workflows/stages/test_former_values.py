"""What gave way is kept, and reads as it stood, to those whose work it is."""

import pytest
from django.urls import reverse

from designation.applications.models import FormerValue, Stage
from designation.organizations.models import Role
from designation.site import clock
from tests import factories
from tests.markup import flat
from workflows.stages.verification import visits

pytestmark = pytest.mark.django_db


def shown_to(client, person, application):
    client.force_login(person)
    content = client.get(reverse("applications:case", args=[application.pk])).content
    return flat(content).partition('id="former-values"')[2]


@pytest.fixture
def planned_anew(county):
    """A visit that one coordinator planned and another planned otherwise."""
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    visits.arrange(
        application,
        planned_on=clock.today(),
        place="村委会",
        team=county.verifiers,
        leader=county.verifiers[1],
        actor=other,
    )
    return application


def test_a_plan_that_another_coordinator_replaced_is_read_with_place_and_team(
    client, county, planned_anew
):
    content = shown_to(client, county.coordinator, planned_anew)

    assert "核查 · 核查安排" in content
    assert "村党群服务中心" in content
    assert all(person.full_name in content for person in county.verifiers)


def test_the_applicant_does_not_read_it(client, county, planned_anew):
    assert not shown_to(client, county.head, planned_anew)


def test_what_the_record_of_the_visit_said_is_called_by_its_own_name(client, county):
    application = county.at(Stage.VERIFYING)
    FormerValue.objects.create(
        application=application,
        subject=FormerValue.Subject.VISIT,
        subject_id=application.visits.get().pk,
        field="summary",
        value="院落整洁。",
        written_by=county.verifiers[0],
        first_at=clock.now(),
        last_at=clock.now(),
        replaced_by=county.verifiers[1],
        replaced_at=clock.now(),
    )

    content = shown_to(client, county.coordinator, application)

    assert "核查 · 核查情况" in content
    assert "院落整洁。" in content
