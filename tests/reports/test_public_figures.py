"""What everybody may read of a round: once it is over, and of few not how many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Stage
from designation.rounds.models import Round
from designation.rounds.outcome import Outcome
from reports.figures import public
from tests.course import OPINION
from tests.public_addresses import public as public_address
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.public_notice import notices

pytestmark = pytest.mark.django_db

RESULTS = "办理结果"


def page(client, county):
    return client.get(public_address("rounds:detail", args=[county.round.pk])).content.decode()


def close(county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.CLOSED)


def ended(county, *, count):
    """So many applications that were handed in and rejected."""
    for place in (county, *(county.beside() for _more in range(count - 1))):
        application = place.at(Stage.SUBMITTED)
        county.act("reject", application, county.reviewer, opinion=OPINION)


def five_named(county, held_clock):
    places = [county, *(county.beside() for _more in range(4))]
    verified = [place.at(Stage.VERIFIED) for place in places]
    notice = notices.publish(county.compose_notice(*verified), actor=county.publisher)
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notices.close_register(notice, actor=county.objection_officer)
    county.designate(*verified)


def test_a_round_that_is_over_tells_what_it_came_to(client, county, held_clock):
    five_named(county, held_clock)
    ended(county.beside(), count=1)
    close(county)

    # Handed in on Monday 2 March, on notice from the 3rd to the 9th, named on the 10th.
    assert public.outcome(county.round) == Outcome(
        applied=6, named=5, objections=0, days=6, least=5
    )
    told = page(client, county)
    assert RESULTS in told
    assert "一半在 6 个工作日以内" in told


def test_while_it_takes_applications_nothing_is_told(client, county):
    ended(county, count=1)

    assert RESULTS not in page(client, county)


def test_while_one_case_is_under_way_nothing_is_told(client, county):
    ended(county, count=1)
    county.beside().at(Stage.SUBMITTED)
    close(county)

    assert public.outcome(county.round) is None
    assert RESULTS not in page(client, county)


def test_a_draft_that_was_never_handed_in_holds_nothing_up(client, county):
    ended(county, count=1)
    county.beside().start()
    close(county)

    assert RESULTS in page(client, county)


def test_of_fewer_than_five_it_is_not_told_how_many(client, county):
    ended(county, count=4)
    close(county)

    found = public.outcome(county.round)

    assert (found.applied, found.named, found.objections, found.days) == (None, 0, 0, None)
    told = page(client, county)
    assert "不足 5 件" in told
    assert "从首次提交到命名" not in told


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_none_and_many_are_told_and_of_few_that_they_are_few(count, said):
    assert public.told(count) == said


def test_objections_are_counted_whatever_became_of_them(client, county, held_clock):
    application = county.at(Stage.ON_NOTICE)
    entry = application.notice_entries.get()
    raised = [
        objections.raise_objection(entry, facts="面积不实，请予核查。", identity=None)
        for _one in range(5)
    ]
    for objection in raised:
        reason = "没有具体事实，不予受理。"
        objections.refuse(objection, reason=reason, actor=county.objection_officer)
    held_clock.move_to(entry.notice.ends_at)
    end_those_over()
    notices.close_register(entry.notice, actor=county.objection_officer)
    county.designate(application)
    close(county)

    assert public.outcome(county.round).objections == 5


def test_it_costs_two_statements_more_and_none_while_the_round_is_open(client, county):
    ended(county, count=1)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            page(client, county)
        return len(counted)

    page(client, county)
    of_an_open_one = cost()
    close(county)

    assert cost() <= of_an_open_one + 3


def test_it_is_the_same_page_for_those_who_are_signed_in(client, county):
    ended(county, count=1)
    close(county)
    client.force_login(county.preparer)

    told = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()

    assert RESULTS in told
