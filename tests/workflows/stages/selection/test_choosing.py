"""A meeting chooses among those that pass: recorded once, carried out whole or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.rounds.figures import FigureKind
from designation.rounds.models import Method, Round, TieRule
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.course import MEETING, OPINION
from workflows.stages.selection import choosing, standing
from workflows.stages.selection.models import Selection, SelectionRow
from workflows.stages.selection.order import Outcome
from workflows.stages.self_assessment import starting

pytestmark = pytest.mark.django_db


def fresh(application):
    return Application.objects.get(pk=application.pk)


def villages(county, count):
    """So many verified villages of one township."""
    return [
        one.at(Stage.VERIFIED) for one in [county, *(county.beside() for _n in range(count - 1))]
    ]


def places(county, count, **rule):
    entry = county.round_category
    for name, value in {"quota": count, **rule}.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def by_votes(county, count, *, ties=TieRule.MEETING):
    entry = places(county, count, method=Method.ORDER, method_document="青办〔2026〕3号", ties=ties)
    entry.figures.create(position=1, kind=FigureKind.VOTES, direction="high")
    return entry


def record(county, said, **meeting):
    held = {name: getattr(MEETING, name) for name in MEETING.__slots__} | meeting
    said = {row.pk: one for row, one in said.items()}
    return choosing.record(
        county.round_category, choosing.Meeting(**held), said, actor=county.coordinator
    )


def chosen(**more):
    return choosing.Said(Outcome.CHOSEN, **more)


def reserve(number=None, **more):
    return choosing.Said(Outcome.RESERVE, number, **more)


def left_out(**more):
    return choosing.Said(Outcome.NOT_CHOSEN, **more)


def test_the_meeting_names_some_puts_one_in_reserve_and_leaves_one_out(county):
    first, second, third = villages(county, 3)
    places(county, 1)

    selection = record(
        county, {first: left_out(), second: chosen(), third: reserve()}, voting="9票赞成"
    )

    assert fresh(second).stage == Stage.CHOSEN
    assert fresh(third).stage == Stage.RESERVE
    assert fresh(first).stage == Stage.NOT_CHOSEN
    rows = {row.application_id: row for row in selection.rows.all()}
    assert rows[third.pk].reserve_place == 1
    assert selection.recorded_by == county.coordinator
    assert AuditEvent.objects.get(action="selection.record").details["chosen"] == 1


def test_what_is_recorded_of_who_is_left_out_says_that_it_met_the_standard(county):
    first, second = villages(county, 2)
    places(county, 1)

    record(county, {first: chosen(), second: left_out(reason="得票较少")})

    decision = fresh(second).decisions.last()
    assert "达到标准" in decision.opinion
    assert "得票较少" in decision.opinion


def test_more_than_there_are_places_is_refused_at_the_first_press(county):
    first, second = villages(county, 2)
    places(county, 1)

    with pytest.raises(choosing.NotDecided, match="已选 2 家，只有 1 个名额，请减少 1 家"):
        record(county, {first: chosen(), second: chosen()})

    assert {fresh(first).stage, fresh(second).stage} == {Stage.VERIFIED}
    assert not Selection.objects.exists()


def test_places_taken_earlier_count(county):
    first, second = villages(county, 2)
    places(county, 1)
    county.choose(first)

    with pytest.raises(choosing.NotDecided, match="只有 0 个名额"):
        county.choose(second)


def test_without_a_limit_all_may_be_chosen(county):
    rows = villages(county, 2)
    places(county, None, method=Method.ALL)

    record(county, dict.fromkeys(rows, chosen()))

    assert {fresh(row).stage for row in rows} == {Stage.CHOSEN}


def test_where_all_that_meet_are_chosen_one_that_is_not_has_its_reason(county):
    first, second = villages(county, 2)
    places(county, None, method=Method.ALL)

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, {first: chosen(), second: left_out()}, tie_decided="另有考虑")

    assert list(refused.value.by_row) == [second.pk]
    record(county, {first: chosen(), second: left_out(reason="正在合并")}, tie_decided="另有考虑")
    assert fresh(second).stage == Stage.NOT_CHOSEN


def test_a_list_that_departs_from_the_order_says_why_at_each_row(county):
    first, second, third = villages(county, 3)
    by_votes(county, 1)
    said = {first: left_out(votes=9), second: chosen(votes=7), third: left_out(votes=5)}

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, said)

    assert set(refused.value.by_row) == {first.pk, second.pk}
    said |= {
        first: left_out(votes=9, reason="群众反映强烈"),
        second: chosen(votes=7, reason="递进"),
    }
    rows = {row.application_id: row for row in record(county, said).rows.all()}
    assert [rows[row.pk].departs for row in (first, second, third)] == [True, True, False]
    assert [rows[row.pk].proposed_place for row in (first, second, third)] == [1, 2, 3]
    assert rows[first.pk].figures == ["9"]


def test_a_tie_at_the_last_place_is_decided_in_the_words_of_the_meeting(county):
    first, second = villages(county, 2)
    by_votes(county, 1)
    said = {first: chosen(votes=7), second: reserve(votes=7)}

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, said)

    assert refused.value.codes == ("tie_undecided",)
    selection = record(county, said, tie_decided="第二轮投票 6:3")
    assert selection.tie_decided == "第二轮投票 6:3"
    assert all(row.is_tied for row in selection.rows.all())


def test_a_meeting_in_the_future_is_refused(county):
    (only,) = villages(county, 1)

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, {only: chosen()}, held_on=clock.today() + timedelta(days=1))

    assert refused.value.codes == ("meeting_in_future",)


def test_a_meeting_held_before_the_round_opened_is_refused(county):
    (only,) = villages(county, 1)
    opened = county.round.opens_at.astimezone(clock.SHANGHAI).date()

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, {only: chosen()}, held_on=opened - timedelta(days=1))

    assert refused.value.codes == ("meeting_before_round",)
    record(county, {only: chosen()}, held_on=opened)


def test_a_name_that_withdrew_meanwhile_is_named_and_nothing_is_recorded(county):
    first, second = villages(county, 2)
    county.act("withdraw", first, county.head)

    with pytest.raises(choosing.NotDecided, match="现为“已撤回”") as refused:
        record(county, {first: chosen(), second: left_out()})

    assert county.village.name in str(refused.value)
    assert fresh(second).stage == Stage.VERIFIED


def test_one_that_was_verified_meanwhile_is_not_passed_over(county):
    first, _second = villages(county, 2)

    with pytest.raises(choosing.NotDecided, match="名单在您打开页面后有变化"):
        record(county, {first: chosen()})


def test_only_the_coordinator_of_the_area_records_it(county):
    (only,) = villages(county, 1)
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    stranger = factories.seated(Role.COUNTY_COORDINATOR, elsewhere)

    for person in (stranger, county.deciding_officer):
        with pytest.raises(choosing.NotDecided) as refused:
            choosing.record(county.round_category, MEETING, {only.pk: chosen()}, actor=person)
        assert refused.value.codes == ("not_permitted",)


def test_who_is_tied_to_one_leaves_it_to_another_or_to_the_next_meeting(county):
    first, second = villages(county, 2)
    kin = factories.seated(
        Role.COUNTY_COORDINATOR, county.jurisdiction, home_organization=county.village
    )

    def recorded(of_the_first):
        said = {first.pk: of_the_first, second.pk: chosen()}
        return choosing.record(county.round_category, MEETING, said, actor=kin)

    with pytest.raises(choosing.NotDecided) as refused:
        recorded(chosen())
    assert list(refused.value.by_row) == [first.pk]

    recorded(choosing.Said(Outcome.DEFERRED))
    assert (fresh(first).stage, fresh(second).stage) == (Stage.VERIFIED, Stage.CHOSEN)


def test_the_reserve_is_numbered_by_the_meeting_or_in_order(county):
    first, second, third = villages(county, 3)
    places(county, 1)

    with pytest.raises(choosing.NotDecided, match="候补次序要从 1 起"):
        record(county, {first: chosen(), second: reserve(2), third: reserve(2)})

    selection = record(county, {first: chosen(), second: reserve(2), third: reserve(1)})
    assert [row.reserve_place for row in selection.rows.order_by("reserve_place")][:2] == [1, 2]
    assert selection.rows.get(reserve_place=1).application == third


def test_without_an_order_the_meeting_itself_numbers_those_in_reserve(county):
    """Neither the list of the area nor the key of a row puts one before the other."""
    first, second, third = villages(county, 3)
    places(county, 1)

    with pytest.raises(choosing.NotDecided, match="候补次序由会议决定") as refused:
        record(county, {first: chosen(), second: reserve(), third: reserve()})

    assert set(refused.value.by_row) == {second.pk, third.pk}


def test_a_tie_in_reserve_is_decided_in_the_words_of_the_meeting_too(county):
    first, second, third, fourth = villages(county, 4)
    by_votes(county, 1)
    said = {
        first: chosen(votes=9),
        second: reserve(votes=7),
        third: reserve(votes=7),
        fourth: reserve(votes=5),
    }

    with pytest.raises(choosing.NotDecided) as refused:
        record(county, said)
    assert refused.value.codes == ("tie_undecided", "number_missing", "number_missing")
    assert set(refused.value.by_row) == {second.pk, third.pk}

    said |= {
        second: reserve(2, votes=7),
        third: reserve(1, votes=7),
        fourth: reserve(3, votes=5),
    }
    with pytest.raises(choosing.NotDecided) as undecided:
        record(county, said)
    assert undecided.value.codes == ("tie_undecided",)
    selection = record(county, said, tie_decided="第二轮投票 6:3")
    assert selection.rows.get(reserve_place=1).application == third


def test_in_an_order_without_ties_the_reserve_is_numbered_by_it(county):
    first, second, third = villages(county, 3)
    by_votes(county, 1)

    selection = record(
        county,
        {first: reserve(votes=5), second: chosen(votes=9), third: reserve(votes=7)},
    )

    assert selection.rows.get(reserve_place=1).application == third
    assert selection.rows.get(reserve_place=2).application == first


def test_a_later_meeting_numbers_its_reserve_behind_the_first(county):
    first, second = villages(county, 2)
    county.choose(reserve=[first])

    selection = county.choose(reserve=[second])

    assert selection.rows.get(application=second).reserve_place == 2


def test_no_more_are_in_reserve_than_the_round_says(county):
    first, second = villages(county, 2)
    places(county, 1, reserve=1)

    with pytest.raises(choosing.NotDecided, match="候补最多 1 家"):
        record(county, {first: reserve(), second: reserve()})


def test_a_meeting_is_kept_as_it_was_recorded(county):
    (only,) = villages(county, 1)
    selection = county.choose(only)

    for statement in (
        "UPDATE workflows_selection SET meeting_name = 'x'",
        "DELETE FROM workflows_selectionrow",
    ):
        with pytest.raises(Exception, match="workflows"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Selection.objects.get(pk=selection.pk).meeting_name == MEETING.name


def test_the_database_asks_for_the_reason_of_a_departure_and_a_place_in_reserve(county):
    (only,) = villages(county, 1)
    selection = county.choose(only)

    for amiss in ({"departs": True}, {"outcome": "reserve"}, {"outcome": "perhaps"}):
        row = SelectionRow(selection=selection, application=only, **({"outcome": "chosen"} | amiss))
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


# What follows


def test_a_place_that_falls_free_goes_to_the_next_in_reserve_and_to_nobody_else(county):
    first, second, third = villages(county, 3)
    places(county, 1)
    record(county, {first: chosen(), second: reserve(1), third: reserve(2)})

    with pytest.raises(Refusal) as full:
        county.act("move_up", second, county.coordinator)
    assert full.value.codes == ("quota_full",)

    county.act("withdraw", first, county.head)
    with pytest.raises(Refusal) as skipped:
        county.act("move_up", third, county.coordinator)
    assert skipped.value.codes == ("not_next_in_reserve",)

    county.act("move_up", second, county.coordinator)
    assert fresh(second).stage == Stage.CHOSEN


def test_the_reserve_ends_with_the_round_and_no_sooner(county):
    first, second = villages(county, 2)
    places(county, 1)
    record(county, {first: chosen(), second: reserve()})

    with pytest.raises(Refusal) as open_yet:
        county.act("end_reserve", second, county.coordinator)
    assert open_yet.value.codes == ("round_not_closed",)

    Round.objects.update(status=Round.Status.CLOSED)
    with pytest.raises(Refusal) as under_way:
        county.act("end_reserve", second, county.coordinator)
    assert under_way.value.codes == ("others_under_way",)

    Application.objects.filter(pk=first.pk).update(stage=Stage.DESIGNATED)
    county.act("end_reserve", second, county.coordinator)
    assert fresh(second).stage == Stage.NOT_CHOSEN


def test_the_reserve_is_not_ended_over_a_place_that_is_free(county):
    first, second = villages(county, 2)
    places(county, 1)
    record(county, {first: chosen(), second: reserve()})
    Round.objects.update(status=Round.Status.CLOSED)
    county.act("withdraw", first, county.head)

    with pytest.raises(Refusal) as free:
        county.act("end_reserve", second, county.coordinator)
    assert free.value.codes == ("place_free",)

    county.act("move_up", second, county.coordinator)
    assert fresh(second).stage == Stage.CHOSEN


def test_who_ends_in_reserve_is_told_in_words_and_when_one_may_apply_again(county):
    first, second = villages(county, 2)
    places(county, 1)
    record(county, {first: chosen(), second: reserve()})
    Round.objects.update(status=Round.Status.CLOSED)
    Application.objects.filter(pk=first.pk).update(stage=Stage.DESIGNATED)
    head = factories.seated(Role.HEAD, second.organization)

    county.act("end_reserve", second, county.coordinator)

    delivery.deliver_waiting()
    told = Message.objects.filter(person=head).latest("pk").subject
    assert "候补到此为止" in told
    assert "下一批次开始申报即可再次申报" in told


def test_who_was_left_out_applies_again_at_once_in_the_next_round(county):
    first, second = villages(county, 2)
    places(county, 1)
    record(county, {first: chosen(), second: left_out()})
    following = factories.RoundCategoryFactory(round__jurisdiction=county.jurisdiction).round
    preparer = factories.seated(Role.PREPARER, second.organization)

    again = starting.start(following, second.organization, actor=preparer)

    assert again.stage == Stage.DRAFT


def test_one_in_reserve_goes_back_to_the_meeting_with_its_reason(county):
    first, second = villages(county, 2)
    places(county, 1)
    record(county, {first: chosen(), second: reserve()})

    with pytest.raises(Refusal) as silent:
        county.act("put_back", second, county.coordinator)
    assert silent.value.codes == ("opinion_too_short",)
    county.act("put_back", second, county.coordinator, opinion=OPINION)

    assert fresh(second).stage == Stage.VERIFIED
    assert record(county, {second: left_out()}).rows.get().outcome == "not_chosen"


def test_a_name_is_taken_off_a_proposed_notice_and_goes_back_with_its_reason(county):
    first, second = villages(county, 2)
    county.choose(first, second)
    notice = county.compose_notice(first, second)

    county.act("put_back", first, county.deciding_officer, opinion="有新情况，须再研究一次。")

    assert fresh(first).stage == Stage.VERIFIED
    assert [e.application for e in notice.entries.filter(dropped_at=None)] == [second]


def test_the_county_sends_back_to_the_reviewing_body_with_reasons(county):
    application = county.at(Stage.VERIFIED)

    with pytest.raises(Refusal) as silent:
        county.act("return_to_review", application, county.coordinator)
    assert silent.value.codes == ("opinion_too_short",)
    county.act("return_to_review", application, county.coordinator, opinion=OPINION)

    sent_back = fresh(application)
    assert (sent_back.stage, sent_back.holder_role) == (Stage.SUBMITTED, Role.FIRST_REVIEWER)
    county.act("recommend", sent_back, county.reviewer, opinion=OPINION)
    county.arrange_visit(fresh(application))
    county.act("begin_verification", application, county.coordinator)
    county.measure_all(application)
    county.act("complete_verification", application, county.verifiers[0])
    assert fresh(application).stage == Stage.VERIFIED


def test_the_title_is_declined_after_the_notice_with_reason(county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)

    county.act("decline", application, county.deciding_officer, opinion="经研究，暂不予命名。")

    assert fresh(application).stage == Stage.REJECTED


@pytest.mark.parametrize(
    ("verified", "in_reserve", "placed", "listed"),
    [(1, 0, 0, True), (0, 1, 0, True), (0, 1, 1, False), (0, 0, 1, False)],
)
def test_the_desk_lists_a_category_while_there_is_something_to_choose(
    county, verified, in_reserve, placed, listed
):
    places(county, 1)
    for stage, count in (
        (Stage.VERIFIED, verified),
        (Stage.RESERVE, in_reserve),
        (Stage.ON_NOTICE, placed),
    ):
        for _n in range(count):
            application = county.beside().at(Stage.SUBMITTED)
            Application.objects.filter(pk=application.pk).update(stage=stage)

    assert standing.to_choose_in(county.coordinator).exists() is listed
