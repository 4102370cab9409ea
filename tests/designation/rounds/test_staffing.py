"""Enough different people for every step, by name: the rule, and what the page says of it."""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from designation.organizations.models import Role, Seat
from designation.rounds import readiness, staffing
from designation.rounds.models import NoticePeople, Round
from tests import factories

ONE_EACH = {
    staffing.REVIEW: {"甲"},
    staffing.COORDINATE: {"乙"},
    staffing.VERIFY: {"丙", "丁"},
    staffing.VERIFY_TOO: {"丙", "丁"},
    staffing.PROPOSE: {"乙"},
    staffing.SECRECY: {"戊"},
    staffing.APPROVE: {"己"},
    staffing.PUBLISH: {"戊"},
    staffing.REGISTER: {"庚"},
    staffing.DESIGNATE: {"己"},
}


def steps(people, **more):
    return [lack.step for lack in staffing.lacking(ONE_EACH | people, **more)]


def test_the_fewest_people_of_a_county_are_enough():
    assert steps({}) == []


def test_where_the_publisher_may_not_review_for_secrecy_one_more_is_needed():
    (lack,) = staffing.lacking(ONE_EACH, four=True)

    assert (lack.step, lack.people) == (staffing.PUBLISH, ("戊",))
    assert staffing.SECRECY in lack.others
    assert steps({staffing.PUBLISH: {"戊", "辛"}}, four=True) == []


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({staffing.REVIEW: set()}, [staffing.REVIEW]),
        ({staffing.VERIFY: {"丙"}, staffing.VERIFY_TOO: {"丙"}}, [staffing.VERIFY_TOO]),
        ({staffing.VERIFY: {"丙", "甲"}, staffing.VERIFY_TOO: {"丙", "甲"}}, [staffing.VERIFY_TOO]),
        (
            {staffing.VERIFY: {"甲"}, staffing.VERIFY_TOO: {"甲"}},
            [staffing.VERIFY, staffing.VERIFY_TOO],
        ),
        ({staffing.SECRECY: {"乙"}}, [staffing.SECRECY]),
        ({staffing.APPROVE: {"乙"}}, [staffing.APPROVE]),
        ({staffing.DESIGNATE: {"庚"}}, [staffing.DESIGNATE]),
        ({staffing.REVIEW: {"甲", "丙"}, staffing.VERIFY: {"甲", "丁"}}, []),
    ],
)
def test_a_step_that_nobody_is_left_for_is_named(people, expected):
    assert steps(people) == expected


def test_somebody_who_is_free_makes_room_for_who_is_needed_elsewhere():
    """The first that fits each step in turn is not always the one."""
    people = {staffing.SECRECY: {"戊", "己"}, staffing.APPROVE: {"戊", "己"}}
    assert steps(people | {staffing.PUBLISH: {"己"}, staffing.DESIGNATE: {"戊"}}) == []


def _chosen(bits):
    """By step those of four people whose bit is set."""
    return {
        step: {person for place, person in enumerate("甲乙丙丁") if number >> place & 1}
        for step, number in zip(staffing.APART, bits, strict=True)
    }


PEOPLE = st.tuples(*[st.integers(0, 15)] * len(staffing.APART)).map(_chosen)


@given(PEOPLE)
def test_nothing_lacks_exactly_where_some_way_to_staff_it_is_found_by_trying_all(people):
    few = {step: sorted(people[step])[:2] for step in staffing.APART}
    people = {step: set(who) for step, who in few.items()}
    ways = product(*few.values())
    order = list(staffing.APART)

    def fits(way):
        who = dict(zip(order, way, strict=True))
        return all(who[step] != who[other] for step in order for other in staffing.APART[step])

    assert (staffing.lacking(people) == []) == any(map(fits, ways))


@given(PEOPLE, st.sampled_from(list(staffing.APART)))
def test_one_more_person_never_makes_a_full_house_lack(people, step):
    if not staffing.lacking(people):
        assert not staffing.lacking(people | {step: {*people[step], "戊"}})


# On the page


def draft(county):
    for seats in (
        county.reviewer,
        county.coordinator,
        county.verifiers,
        county.secrecy_reviewer,
        county.publisher,
        county.objection_officer,
        county.deciding_officer,
    ):
        assert seats
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    county.round.refresh_from_db()
    return county.round


def told(county):
    client = Client()
    client.force_login(county.coordinator)
    return client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()


@pytest.mark.django_db
def test_a_county_with_somebody_in_each_seat_is_ready(county):
    assert readiness.gaps(draft(county)) == []
    assert "每一步都有足够的、不同的人。" in told(county)


@pytest.mark.django_db
def test_a_township_without_a_reviewer_is_named_and_the_others_are_not(county):
    area = factories.TownshipFactory(parent=county.jurisdiction)
    body = factories.TownshipCommitteeFactory(jurisdiction=area, name_zh="无人镇党委")
    draft(county)

    (gap,) = readiness.gaps(county.round)

    assert gap.message == "无人镇党委：“初审”无人担任“初审员”，请安全管理员授予岗位。"
    assert gap.message in told(county)
    assert not gap.blocking
    assert body.name != county.township.name


@pytest.mark.django_db
def test_the_same_gap_of_every_township_is_told_once_and_by_name(county):
    for _more in range(4):
        area = factories.TownshipFactory(parent=county.jurisdiction)
        body = factories.TownshipCommitteeFactory(jurisdiction=area)
        factories.seated(Role.FIRST_REVIEWER, body)
    draft(county)
    Seat.objects.filter(person=county.verifiers[1]).delete()
    name = county.verifiers[0].full_name

    (gap,) = readiness.gaps(county.round)

    assert gap.message == (
        f"各初审机构：“实地核查（第二人）”人手不够。担任“核查员”的只有{name}，"
        "须与办理“初审、组织核查、实地核查”的不是同一人，请安全管理员再授予岗位。"
    )


@pytest.mark.django_db
def test_several_townships_with_the_same_gap_are_counted(county):
    for number in range(5):
        area = factories.TownshipFactory(parent=county.jurisdiction)
        factories.TownshipCommitteeFactory(jurisdiction=area, name_zh=f"缺{number}镇党委")
    draft(county)

    (gap,) = readiness.gaps(county.round)

    assert gap.message.startswith("缺0镇党委、缺1镇党委、缺2镇党委等 5 个：")


@pytest.mark.django_db
def test_who_is_of_the_township_does_not_verify_there(county):
    draft(county)
    verifier = county.verifiers[0]
    verifier.home_organization = county.village
    verifier.save()

    assert [gap.code for gap in readiness.gaps(county.round)] == ["not_enough_people"]


@pytest.mark.django_db
def test_where_four_people_are_demanded_the_publisher_reviews_nothing(county):
    draft(county)
    Seat.objects.filter(person=county.publisher).delete()
    Seat.objects.create(
        person=county.secrecy_reviewer,
        role=Role.NOTICE_PUBLISHER,
        jurisdiction=county.jurisdiction,
    )
    assert readiness.gaps(county.round) == []
    county.round.notice_people = NoticePeople.FOUR
    county.round.save()

    (gap,) = readiness.gaps(county.round)

    assert "“发布公示”人手不够" in gap.message


@pytest.mark.django_db
def test_an_area_without_a_reviewing_body_says_what_comes_first(county):
    draft(county)
    county.round.categories.update(category="GQ")

    (gap,) = readiness.gaps(county.round)

    assert gap.message == "本辖区还没有录入初审机构，请系统管理员先录入。"
