"""Planning a visit without a form: plain values, judged and compared where they are kept."""

from datetime import timedelta

import pytest

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from workflows.stages.verification import visits
from workflows.stages.verification.plan import Plan


@pytest.fixture
def recommended(county):
    return county.at(Stage.RECOMMENDED)


def planned(county, **values):
    return {
        "planned_on": clock.today(),
        "place": "村党群服务中心",
        "team": county.verifiers,
        "leader": county.verifiers[0],
        "actor": county.coordinator,
    } | values


def refused(application, values):
    events = AuditEvent.objects.count()
    with pytest.raises(Refusal) as why:
        visits.arrange(application, **values)
    assert AuditEvent.objects.count() == events
    return {(finding.field, finding.code) for finding in why.value.findings}


def told():
    return AuditEvent.objects.filter(action="visit.arrange").latest("pk").details


def test_a_plan_that_cannot_be_is_refused_at_its_value(county, recommended):
    def found(**values):
        return refused(recommended, planned(county, **values))

    first, second = county.verifiers[:2]
    yesterday = clock.today() - timedelta(days=1)
    assert found(planned_on=yesterday) == {("planned_on", "in_past")}
    assert found(team=[first]) == {("team", "too_few")}
    assert found(team=[first, first]) == {("team", "too_few")}
    third = factories.seated(Role.VERIFIER, county.jurisdiction)
    assert found(team=[second, third]) == {("leader", "leader_not_on_team")}
    assert found(place=" ") == {("place", "not_taken")}
    assert found(place="字" * 201) == {("place", "not_taken")}
    assert found(items=["NC-99"]) == {("items", "unknown_item")}


def test_a_day_that_has_passed_stays_while_something_else_is_planned(
    county, recommended, held_clock
):
    visit = visits.arrange(recommended, **planned(county))
    held_clock.move(timedelta(days=3))

    visits.arrange(recommended, **planned(county, planned_on=visit.planned_on, place="村小学"))

    visit.refresh_from_db()
    assert visit.place == "村小学"


def test_the_log_says_what_is_planned_otherwise_and_names_nobody(county, recommended):
    visits.arrange(recommended, **planned(county))
    first = told()
    third = factories.seated(Role.VERIFIER, county.jurisdiction, full_name="第三人")
    team = [*county.verifiers, third]
    visits.arrange(recommended, **planned(county, place="村小学", team=team, leader=third))

    assert first["fields"] == ["team", "leader"]
    assert first["changed"]["place"] == ["", "村党群服务中心"]
    assert told()["changed"] == {"place": ["村党群服务中心", "村小学"]}
    assert told()["fields"] == ["team", "leader"]
    assert "第三人" not in str(told())


def test_what_is_planned_no_otherwise_writes_nothing(county, recommended):
    visits.arrange(recommended, **planned(county))
    events = AuditEvent.objects.count()

    visits.arrange(recommended, **planned(county))

    assert AuditEvent.objects.count() == events


def test_what_another_planned_since_it_was_read_is_refused(county, recommended):
    visits.arrange(recommended, **planned(county))

    found = refused(recommended, planned(county, place="村小学", before=Plan()))

    fields = {"planned_on", "place", "team", "leader"}
    assert found == {(field, "changed_meanwhile") for field in fields}
