"""What a person was told of a case is read when they read the case; so of all that has a page."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests.course import NOTICE
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(county):
    """With somebody in each seat, so that everybody is told."""
    for seat in ("reviewer", "coordinator", "head", "secrecy_reviewer", "objection_officer"):
        assert getattr(county, seat).pk
    return county


def unread(person):
    return Message.objects.filter(person=person, read_at=None)


def opened(client, person, name, *arguments):
    client.force_login(person)
    return client.get(reverse(name, args=arguments)).content.decode()


def test_messages_about_a_case_are_read_when_the_case_is_read(client, county):
    application, other = county.at(Stage.SUBMITTED), county.beside().at(Stage.SUBMITTED)
    deliver_waiting()
    before = set(unread(county.reviewer).values_list("event__subject_id", flat=True))
    assert before == {str(application.pk), str(other.pk)}

    page = opened(client, county.reviewer, "applications:case", application.pk)

    left = set(unread(county.reviewer).values_list("event__subject_id", flat=True))
    assert left == {str(other.pk)}
    assert f'text-red-fg">{unread(county.reviewer).count()}</span>' in page


def test_what_others_were_told_stays_unread(client, county):
    application = county.at(Stage.RECOMMENDED)
    deliver_waiting()
    told = unread(county.coordinator).count()
    assert told

    opened(client, county.head, "applications:case", application.pk)

    assert unread(county.coordinator).count() == told
    assert not unread(county.head).filter(event__subject_id=str(application.pk)).exists()


def test_a_message_that_was_read_keeps_its_moment(client, county, held_clock):
    application = county.at(Stage.RECOMMENDED)
    deliver_waiting()
    opened(client, county.coordinator, "applications:case", application.pk)
    read = Message.objects.filter(person=county.coordinator).values_list("pk", "read_at")
    before = set(read)
    held_clock.move_to(application.stage_since.replace(year=2027))

    opened(client, county.coordinator, "applications:case", application.pk)

    assert set(read.all()) == before


def test_a_notice_is_read_on_its_page(client, county):
    chosen = [county.at(Stage.CHOSEN)]
    notice = notices.propose(county.round, NOTICE, chosen, actor=county.coordinator)
    deliver_waiting()
    about = unread(county.secrecy_reviewer).filter(event__subject_type="workflows.notice")
    assert about.exists()

    opened(client, county.secrecy_reviewer, "notices:manage", notice.pk)

    assert not about.all().exists()


def test_an_objection_is_read_on_its_page(client, county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    found = objections.raise_objection(entry, facts="面积不实", identity=None)
    deliver_waiting()
    about = unread(county.objection_officer).filter(event__subject_type="workflows.objection")
    assert about.exists()

    opened(client, county.objection_officer, "notices:objection", found.pk)

    assert not about.all().exists()


def test_a_visit_is_read_on_its_record(client, county):
    application = county.at(Stage.RECOMMENDED)
    county.arrange_visit(application)
    deliver_waiting()
    about = unread(county.verifiers[0]).filter(event__subject_type="workflows.visit")
    assert about.exists()

    opened(client, county.verifiers[0], "applications:verify", application.pk)

    assert not about.all().exists()
