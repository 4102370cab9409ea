"""Whoever holds a title is told in time that it runs out, once for each last day it was given."""

import pytest

from designation.administration import reorganizing
from designation.organizations import succession
from designation.organizations.lineage import Kind
from designation.organizations.models import Role
from designation.organizations.succession import Document, Proposal
from designation.register.standing import RENEWAL_OPENS
from designation.site import clock
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.titles_given import DAY, Title
from workflows import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(county, held_clock):
    return Title(county)


@pytest.fixture
def head(title):
    return factories.seated(Role.HEAD, title.row.organization)


def told(person):
    """The subjects of what the person was told of a coming end, when all is delivered."""
    tasks.look_at_ending_titles()
    delivery.deliver_waiting()
    rows = Message.objects.filter(person=person, event__action="title.ends_soon")
    return [*rows.order_by("pk").values_list("subject", flat=True)]


def days_before_the_end(title, days, held_clock):
    held_clock.move((title.standing.until - clock.today()) - days * DAY)


def test_head_and_preparer_are_told_from_the_day_on_which_renewal_may_begin(
    title, head, held_clock
):
    preparer = factories.seated(Role.PREPARER, title.row.organization)
    days_before_the_end(title, RENEWAL_OPENS.days + 1, held_clock)
    assert told(head) == []

    held_clock.move(DAY)

    (subject,) = told(head)
    assert title.row.organization.name_zh in subject
    assert "现在起可以申报延续" in subject
    assert told(preparer) == [subject]


def test_it_is_told_once_however_often_one_looks(title, head, held_clock):
    days_before_the_end(title, 30, held_clock)

    assert len(told(head)) == 1
    held_clock.move(10 * DAY)
    assert len(told(head)) == 1


def test_a_title_under_order_is_in_force_and_told_of_too(title, head, held_clock):
    days_before_the_end(title, 50, held_clock)
    title.act("order")

    assert len(told(head)) == 1


def test_of_a_renewed_title_the_new_end_is_told(title, head, held_clock):
    days_before_the_end(title, 30, held_clock)
    told(head)
    title.act("renew")
    assert len(told(head)) == 1

    days_before_the_end(title, 30, held_clock)

    assert len(told(head)) == 2


@pytest.mark.parametrize("ended", ["revoke", "cancel"])
def test_of_what_was_ended_no_end_is_told(title, head, held_clock, ended):
    days_before_the_end(title, 40, held_clock)
    title.act(ended)

    assert told(head) == []


def test_of_what_has_run_out_nothing_is_told_any_more(title, head, held_clock):
    days_before_the_end(title, -1, held_clock)

    assert told(head) == []


def test_who_holds_it_since_a_merger_is_told(title, head, county, held_clock):
    successor = factories.VillageFactory(superior=county.township, name_zh="青绿村党支部")
    heir = factories.seated(Role.HEAD, successor)
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    unit = title.row.organization
    document = Document("青民发〔2026〕12号", "青山县人民政府")
    proposal = Proposal(Kind.MERGED, clock.today(), (unit,), (successor,), document)
    seen = reorganizing.Outlook(succession.fates(proposal)).digest
    reorganizing.reorganize(proposal, chosen={}, seen=seen, actor=administrator)
    days_before_the_end(title, 30, held_clock)

    assert len(told(heir)) == 1
