"""The figures of a round: each equals a count by hand, and leads to the list of what it counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Level, Role
from designation.rounds.models import RecommendationQuota, Round
from reports.figures import funnel, spans
from tests import factories
from tests.course import OPINION
from tests.reports.figures import counted_behind, in_another_township, leading, tables, told

pytestmark = pytest.mark.django_db

STEPS, LEFT, TIMES, PLACES = ("走到哪一步", "在哪个环节终止", "各环节用时", "推荐与推荐名额")


def returned(county, stage):
    """An application that came back for correction at ``stage``."""
    application = county.at(stage)
    who = county.reviewer if stage == Stage.SUBMITTED else county.coordinator
    county.act(
        "return_for_correction",
        application,
        who,
        opinion=OPINION,
        corrections={"NC-13": "请补充依据。"},
    )
    return application


@pytest.fixture
def small_round(county):
    """Nine villages, one a line below; a tenth has begun and handed nothing in."""
    places = [county, *(county.beside() for _more in range(9))]
    places[0].at(Stage.SUBMITTED)
    returned(places[1], Stage.SUBMITTED)
    returned(places[2], Stage.RECOMMENDED)
    one = places[3].at(Stage.SUBMITTED)
    county.act("reject", one, county.reviewer, opinion=OPINION)
    one = places[4].at(Stage.RECOMMENDED)
    county.act("withdraw", one, places[4].head, opinion="本年不再申报，改报明年。")
    two = [place.at(Stage.VERIFIED) for place in places[5:7]]
    county.choose(reserve=two[:1], left_out=two[1:])
    places[7].at(Stage.CHOSEN)
    places[8].at(Stage.ON_NOTICE)
    places[9].start()
    return county


def test_each_figure_of_the_funnel_equals_a_count_by_hand(client, small_round):
    found = told(tables(client, small_round.coordinator, small_round.round)[STEPS])

    assert found == {
        "已申报": ["9", "100%"],
        # Not those that wait, came back or were rejected at the first review.
        "已推荐": ["6", "67%"],
        # In reserve, not chosen, chosen, on notice.
        "核查合格": ["4", "44%"],
        "拟命名": ["2", "22%"],
        "已公示": ["1", "11%"],
        "已命名": ["0", "0%"],
    }


def test_those_that_left_are_counted_where_they_stood(client, small_round):
    table = tables(client, small_round.coordinator, small_round.round)[LEFT]

    assert table.columns == ("达标未入选", "未通过", "已撤回")
    assert told(table) == {
        "待审核": ["0", "1", "0"],
        "已推荐": ["0", "0", "1"],
        "核查合格": ["1", "0", "0"],
    }


@pytest.mark.parametrize("who", ["coordinator", "reviewer"])
def test_each_figure_leads_to_a_list_of_as_many(client, small_round, who):
    person = getattr(small_round, who)
    found = leading(tables(client, person, small_round.round))

    assert len(found) == 5 + 3 + 1
    for figure in found:
        assert counted_behind(client, figure) == int(figure.text), figure.address


def test_what_was_taken_back_is_not_reached_any_more(client, county):
    application = county.at(Stage.RECOMMENDED)
    county.act("take_back_recommendation", application, county.reviewer)

    found = tables(client, county.coordinator, county.round)

    assert told(found[STEPS])["已推荐"] == ["0", "0%"]
    assert found[PLACES].lines == ()


def test_sent_back_to_the_first_review_it_keeps_its_place_and_has_not_come_so_far(client, county):
    application = county.at(Stage.RECOMMENDED)
    county.act("return_to_review", application, county.coordinator, opinion=OPINION)

    found = tables(client, county.coordinator, county.round)

    assert told(found[STEPS])["已推荐"] == ["0", "0%"]
    assert told(found[PLACES]) == {county.township.name: ["1", "不限"]}


def test_ended_while_it_was_corrected_it_left_where_it_was_returned(client, county):
    application = returned(county, Stage.RECOMMENDED)
    county.act("withdraw", application, county.head, opinion="本年不再申报，改报明年。")

    found = tables(client, county.coordinator, county.round)

    assert told(found[LEFT]) == {"已推荐": ["0", "0", "1"]}
    assert told(found[STEPS])["已推荐"] == ["1", "100%"]


def test_what_each_body_recommended_stands_beside_its_places(client, county):
    county.at(Stage.RECOMMENDED)
    other = in_another_township(county).township
    for body, places in ((county.township, 4), (other, 2)):
        RecommendationQuota.objects.create(
            round=county.round, reviewing_body=body, category="NC", places=places
        )

    table = tables(client, county.coordinator, county.round)[PLACES]

    assert told(table) == {county.township.name: ["1", "4"], other.name: ["0", "2"]}
    assert [line.bar for line in table.lines] == [25, 0]


def test_a_body_sees_its_own_and_nobody_elses(client, county):
    county.at(Stage.SUBMITTED)
    neighbour = in_another_township(county)
    neighbour.at(Stage.RECOMMENDED)

    own = tables(client, county.reviewer, county.round)
    theirs = tables(client, neighbour.reviewer, county.round)
    whole = tables(client, county.coordinator, county.round)

    assert [told(one[STEPS])["已申报"][0] for one in (own, theirs, whole)] == ["1", "1", "2"]
    assert [told(one[STEPS])["已推荐"][0] for one in (own, theirs, whole)] == ["0", "1", "1"]
    assert own[PLACES].lines == ()
    client.force_login(county.reviewer)
    page = client.get(reverse("reports:figures", args=[county.round.pk])).content.decode()
    assert "只统计由您单位初审的" in page


def test_those_above_see_the_round_of_a_county_below_them(client, county):
    county.at(Stage.SUBMITTED)
    prefecture = county.jurisdiction.parent or factories.JurisdictionFactory(
        code="341800000000", level=Level.PREFECTURE, name_zh="某市"
    )
    elsewhere = factories.JurisdictionFactory(code="341922000000", name_zh="白水县")

    above = factories.seated(Role.COUNTY_COORDINATOR, prefecture)
    beside = factories.seated(Role.COUNTY_COORDINATOR, elsewhere)

    assert told(tables(client, above, county.round)[STEPS])["已申报"] == ["1", "100%"]
    client.force_login(beside)
    address = reverse("reports:figures", args=[county.round.pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["preparer", "head"])
def test_who_applies_sees_no_figures(client, county, who):
    county.at(Stage.SUBMITTED)
    client.force_login(getattr(county, who))
    address = reverse("reports:figures", args=[county.round.pk])

    assert client.get(address).status_code == 404
    page = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()
    assert address not in page


@pytest.mark.parametrize("who", ["coordinator", "reviewer", "deciding_officer"])
def test_the_page_of_the_round_leads_there(client, county, who):
    client.force_login(getattr(county, who))

    page = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()

    assert reverse("reports:figures", args=[county.round.pk]) in page


def test_a_round_in_preparation_has_none(client, county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    client.force_login(county.coordinator)

    assert client.get(reverse("reports:figures", args=[county.round.pk])).status_code == 404


def test_one_category_is_counted_alone(client, county):
    county.at(Stage.SUBMITTED)
    factories.RoundCategoryFactory(round=county.round, category="SQ")

    def applied(category):
        found = tables(client, county.coordinator, county.round, category=category)
        return told(found[STEPS])["已申报"][0]

    assert [applied(category) for category in ("NC", "SQ", "none")] == ["1", "0", "1"]


# Time


def day(number):
    return date(2026, 3, number)


def test_days_are_working_days_after_the_first_up_to_the_last():
    """From Friday 6 March 2026: the same day, Monday, the Friday after, and twice Tuesday."""
    found = spans.days(
        [(day(6), day(6), 1), (day(6), day(9), 1), (day(6), day(13), 1), (day(6), day(10), 2)]
    )

    assert (found.count, found.median) == (5, 2)


def test_of_fewer_than_five_no_median_is_told():
    assert spans.days([(day(6), day(9), 4)]) == spans.Days(4, None)
    assert spans.days([]) == spans.Days(0, None)


def test_past_the_years_of_the_calendar_no_median_is_guessed():
    assert spans.days([(date(2031, 1, 6), date(2031, 1, 9), 5)]) == spans.Days(5, None)


def at_noon(number):
    return datetime(2026, 3, number, 4, 0, tzinfo=UTC)


def test_each_stay_at_a_stage_counts_once(client, county, held_clock):
    """Five villages wait for the review from Monday 2 March; one comes to it twice."""
    waiting = [place.at(Stage.SUBMITTED) for place in (county, *(county.beside() for _ in "1234"))]
    for application, number in zip(waiting, (3, 4, 5, 6, 9), strict=True):
        held_clock.move_to(at_noon(number))
        county.mark_all(application)
        county.act("recommend", application, county.reviewer, opinion=OPINION)
    held_clock.move_to(at_noon(10))
    county.act("return_to_review", waiting[0], county.coordinator, opinion=OPINION)
    held_clock.move_to(at_noon(11))
    county.act("recommend", waiting[0], county.reviewer, opinion=OPINION)

    found = told(tables(client, county.coordinator, county.round)[TIMES])

    # 1, 2, 3, 4, 5 working days, and 1 more of the second stay.
    assert found == {"待审核": ["6", "2.5"], "已推荐": ["1", "—"]}


def test_from_handing_in_to_the_title(county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    rows = Application.objects.filter(pk=application.pk)

    ((came_on, went_on, count),) = spans._titles(rows, 6)[county.jurisdiction.code[:6]]

    assert (came_on, count) == (day(2), 1)
    assert went_on > came_on + timedelta(days=5)
    assert spans.to_the_title(rows) == spans.Days(1, None)


def test_funnels_of_places_add_up_to_the_whole(small_round):
    rows = Application.objects.filter(round=small_round.round).exclude(stage=Stage.DRAFT)

    parts = funnel.by_place(rows, 12)
    whole = funnel.of(rows)

    assert whole.counts == funnel.whole(parts).counts
    assert whole.reached(Stage.SUBMITTED) == rows.count() == 9


@pytest.mark.parametrize("villages", [1, 3])
def test_the_figures_take_twelve_statements_whatever_they_count(client, county, villages):
    for place in (county, *(county.beside() for _more in range(villages - 1))):
        place.at(Stage.RECOMMENDED)
    client.force_login(county.coordinator)
    address = reverse("reports:figures", args=[county.round.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as counted:
        client.get(address)

    assert len(counted) == 12
