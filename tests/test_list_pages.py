"""A list costs the same statements for one row and for three: a literal number, at most twelve.

Lists with arrangements of their own are held beside their room's other tests: the desk and the
applications, the register, the public notices, the audit log.
"""

import pytest
from django.urls import reverse

from authoring.drafting import readings
from authoring.replays import requesting
from authoring.replays.models import Basis
from designation.applications.models import Stage
from designation.organizations.models import Role
from designation.site import clock
from designation.site.jobs import running
from notifications import delivery
from notifications.models import Message
from standards import catalogue, copying, publishing
from tests import factories
from tests.own_standards import OwnStandards, text_file
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


def applications_at(county, count, stage):
    """``count`` villages of the township, each with an application at ``stage``."""
    places = [county, *(county.beside() for _more in range(count - 1))]
    return [place.at(stage) for place in places]


def rounds(county, count, _held_clock):
    factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction)
    return county.coordinator, reverse("rounds:list")


def townships(county, count, _held_clock):
    for number in range(count):
        factories.TownshipFactory(code=f"3418219{number:02d}000", parent=county.jurisdiction)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:jurisdictions")


def organizations(county, count, _held_clock):
    factories.VillageFactory.create_batch(count, superior=county.township)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:organizations")


def people(county, count, _held_clock):
    factories.PersonFactory.create_batch(count, home_organization=county.village)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:people")


def seats(county, count, _held_clock):
    for _seat in range(count):
        factories.seated(Role.VERIFIER, county.jurisdiction)
    administrator = factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)
    return administrator, reverse("organizations:seats")


def inbox(county, count, _held_clock):
    reviewer = county.reviewer
    applications_at(county, count, Stage.SUBMITTED)
    delivery.deliver_waiting()
    assert Message.objects.filter(person=reviewer).count() == count
    return reviewer, reverse("messages:list")


def objections_at_the_desk(county, count, _held_clock):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    for _objection in range(count):
        objections.raise_objection(entry, facts="面积不实，请予核查。", identity=None)
    return county.objection_officer, reverse("notices:desk")


def rounds_at_the_desk(county, count, _held_clock):
    factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction)
    return county.coordinator, reverse("notices:desk")


def composing(county, count, _held_clock):
    applications_at(county, count, Stage.VERIFIED)
    return county.coordinator, reverse("notices:compose", args=[county.round.pk])


def awaiting(county, count, held_clock):
    verified = applications_at(county, count, Stage.VERIFIED)
    notice = notices.publish(county.compose_notice(*verified), actor=county.publisher)
    held_clock.move_to(notice.ends_at)
    end_those_over()
    return county.deciding_officer, reverse("designations:designate", args=[county.round.pk])


def drafting(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    for number in range(count):
        copying.copy(catalogue.current("NC"), area_code=county.jurisdiction.code)
        version = copying.copy(catalogue.current("SQ"), area_code=county.jurisdiction.code)
        publishing.publish(version, at=clock.now())
        readings.keep(text_file(name=f"标准{number}.txt"), own.jurisdiction, actor=own.manager)
    return own.manager, reverse("drafting:list")


def questions(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    for number in range(count):
        own.draft.questions.create(line=number, text="原文", reason="没有读懂")
    return own.manager, reverse("drafting:questions", args=[own.draft.pk])


def replays(county, count, _held_clock):
    own = OwnStandards(county.jurisdiction)
    applications_at(county, count, Stage.SUBMITTED)
    for _replay in range(count):
        replay = requesting.request(
            county.round_category,
            county.round_category.standard,
            thresholds={"NC-08-C7": 4},
            basis=Basis.DECLARED,
            actor=own.manager,
        )
        running.run(replay.job_id)
    return own.manager, reverse("replays:list")


def replayed(county, count, held_clock):
    manager, _list = replays(county, count, held_clock)
    replay = county.round_category.replays.latest("pk")
    return manager, reverse("replays:detail", args=[replay.pk])


def to_replay(county, count, _held_clock):
    for round_ in factories.RoundFactory.create_batch(count - 1, jurisdiction=county.jurisdiction):
        factories.RoundCategoryFactory(round=round_)
    return OwnStandards(county.jurisdiction).manager, reverse("replays:choose")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("rows", "statements"),
    [
        (rounds, 6),
        (townships, 7),
        (organizations, 7),
        (people, 7),
        (seats, 6),
        (inbox, 6),
        (objections_at_the_desk, 7),
        (rounds_at_the_desk, 6),
        (composing, 9),
        (awaiting, 10),
        (drafting, 6),
        (questions, 6),
        (replays, 6),
        (replayed, 7),
        (to_replay, 5),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_for_three(
    client, county, held_clock, rows, statements, count, django_assert_num_queries
):
    person, address = rows(county, count, held_clock)
    client.force_login(person)

    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200
