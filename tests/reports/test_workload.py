"""What a round cost and how far its hands agree: figures of many, and of nobody alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications import sittings
from designation.applications.models import Conclusion, Room, Stage
from designation.organizations.models import Role
from designation.rounds.models import Round
from designation.site.tallies import Way
from reports.workload import counts
from reports.workload.counts import Hands
from standards.categories import Category
from tests import factories
from tests.course import OPINION

pytestmark = pytest.mark.django_db


def workload(client, county, person=None, **asked):
    client.force_login(person or county.coordinator)
    return client.get(reverse("reports:workload", args=[county.round.pk]), asked)


def sat(application, person, held_clock, *, minutes, room=Room.SELF_ASSESSMENT, narrow=False):
    """``minutes`` of work with a save a minute, recorded once it is over."""
    for minute in range(minutes + 1):
        held_clock.move(timedelta(minutes=min(minute, 1)))
        sittings.note(
            application,
            ["NC-01 note"],
            room=room,
            actor=person,
            role=Role.PREPARER,
            way=Way(is_narrow=narrow),
        )
    held_clock.move(sittings.ENDS_AFTER)
    assert sittings.end_those_over() == 1


def handed_in(county, number):
    """So many applications of as many villages, each with its county beside the others."""
    counties = [county, *(county.beside() for _place in range(number - 1))]
    return [(one, one.at(Stage.SUBMITTED)) for one in counties]


def returned(county, application, **reasons):
    corrections = {code.replace("_", "-"): reason for code, reason in reasons.items()}
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        opinion=OPINION,
        corrections=corrections,
    )


def line(county, code, **asked):
    return counts.of(county.round, **asked).lines[county.round_category.category, code]


def test_half_of_them_and_how_many_within_the_aim(client, county, held_clock):
    for minutes, (one, application) in zip((4, 8, 12, 20, 21), handed_in(county, 5), strict=True):
        sat(application, one.preparer, held_clock, minutes=minutes, narrow=minutes < 10)

    filling = counts.of(county.round).work[Room.SELF_ASSESSMENT]

    assert (filling.count, filling.minutes, filling.in_time) == (5, 12, 4)
    assert (filling.on_phones, filling.on_phones_only) == (2, 2)
    page = workload(client, county).content.decode()
    assert "已提交 5 件，一半在 12 分钟以内。" in page
    assert "20 分钟以内的占 80%（目标 90%）。" in page
    assert "用过手机的占 40%，全程用手机的占 40%。" in page


def test_of_fewer_than_five_no_time_is_told(client, county, held_clock):
    for one, application in handed_in(county, 4):
        sat(application, one.preparer, held_clock, minutes=7)

    page = workload(client, county).content.decode()

    assert "不足 5 件，不显示" in page
    assert "7 分钟" not in page


def test_what_was_not_handed_in_is_counted_and_not_timed(county, held_clock):
    application = county.start()
    sat(application, county.preparer, held_clock, minutes=3)

    found = counts.of(county.round)

    assert (found.begun, found.handed_in, found.not_handed_in) == (1, 0, 1)
    assert found.work == {}


def test_from_the_second_round_on_the_aim_is_ten_minutes(county):
    factories.RoundFactory(
        jurisdiction=county.jurisdiction, opens_at=county.round.opens_at - timedelta(days=365)
    )
    assert counts.of(county.round).aim == counts.FIRST_YEAR_MINUTES

    earlier = Round.objects.exclude(pk=county.round.pk).get()
    factories.RoundCategoryFactory(round=earlier, category=county.round_category.category)

    assert counts.of(county.round).aim == counts.LATER_MINUTES
    assert counts.of(county.round, category=Category.SQ).aim == counts.FIRST_YEAR_MINUTES


def test_a_return_of_an_item_without_a_file_is_one_that_a_gate_could_have_seen(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    first, second = (item.code for item in application.standard.items.all()[:2])
    county.mark_all(application)
    returned(county, application, **{first: "会议记录不清晰", second: "没有材料"})

    assert (line(county, first).returns, line(county, first).by_gate) == (1, 0)
    assert (line(county, second).returns, line(county, second).by_gate) == (1, 1)
    found = counts.of(county.round)
    assert (found.returned, found.returned_again, found.returned_percent) == (1, 0, 100)
    assert (found.returns, found.returns_by_gate) == (2, 1)


def test_an_item_that_rests_on_a_published_page_is_not_without_evidence(client, county):
    application = county.start()
    county.prepare(application)
    first, second, third = (item.code for item in application.standard.items.all()[:3])
    page = {
        "address": "https://www.example.gov.cn/2026/03/notice.html",
        "title": "党务公开公告",
        "published_on": "2026-03-01",
    }
    client.force_login(county.preparer)
    client.post(reverse("applications:arrange", args=[application.pk, second]), page)
    county.act("confirm", application, county.head, truth_confirmed=True)
    county.act("submit", application, county.preparer)
    client.force_login(county.reviewer)
    review = client.get(reverse("applications:review", args=[application.pk])).content.decode()

    def offers_the_reason(code):
        card = review.split(f'id="item-{code}"')[1].split("</article>")[0]
        return "data-reason" in card

    assert [offers_the_reason(code) for code in (first, second, third)] == [False, False, True]
    returned(county, application, **{second: "公告不清晰", third: "没有材料"})
    assert (line(county, second).by_gate, line(county, third).by_gate) == (0, 1)


def test_what_was_changed_at_the_correction_tells_a_figure_from_a_note(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    first, second = (item.code for item in application.standard.items.all()[:2])
    county.mark_all(application)
    returned(county, application, **{first: "数字有误", second: "说明不足"})
    application.answers.filter(item__code=first).update(
        conclusion=Conclusion.NOT_APPLICABLE, note="本村没有这项工作"
    )
    application.corrections.update(reply="已补充")
    county.act("resubmit", application, county.head, truth_confirmed=True)

    assert (line(county, first).changed, line(county, second).changed) == (1, 0)


def test_hands_are_compared_by_what_each_said_of_the_same_item(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application, Conclusion.MET)
    item = application.standard.items.first()

    assert line_or_none(county, item.code) is None, "marks are not released yet"
    county.act("recommend", application, county.reviewer, opinion=OPINION)
    found = line(county, item.code).agreement

    assert found[Hands.OWN_REVIEW].pairs == {("met", "met"): 1}
    assert Hands.OWN_SITE not in found


def line_or_none(county, code):
    return counts.of(county.round).lines.get((county.round_category.category, code))


def test_what_was_found_on_site_is_compared_with_both(county, held_clock):
    application = county.at(Stage.VERIFIED)

    found = line(county, application.standard.items.first().code).agreement

    assert {hands: one.pairs for hands, one in found.items()} == {
        key: {("met", "met"): 1} for key in Hands
    }


def test_agreement_is_told_of_five_and_not_of_four(client, county, held_clock):
    for one, application in handed_in(county, 4):
        one.mark_all(application)
        one.act("recommend", application, one.reviewer, opinion=OPINION)
    assert "100%" not in workload(client, county).content.decode()

    fifth = county.beside()
    fifth.at(Stage.RECOMMENDED)

    assert "100%" in workload(client, county).content.decode()


def test_an_item_of_which_there_is_nothing_to_tell_has_no_line(client, county, held_clock):
    application = county.at(Stage.SUBMITTED)
    second = application.standard.items.all()[1].code
    assert "还没有退回的条目" in workload(client, county).content.decode()
    county.mark_all(application)
    returned(county, application, **{second: "没有材料"})

    ((group),) = workload(client, county).context["groups"]

    assert [one["item"].code for one in group["lines"]] == [second]


def test_one_category_is_counted_alone(client, county, held_clock):
    county.at(Stage.SUBMITTED)
    factories.RoundCategoryFactory(round=county.round, category=Category.SQ)

    assert workload(client, county, category="SQ").context["found"].begun == 0
    assert workload(client, county, category="NC").context["found"].begun == 1
    assert workload(client, county, category="none").context["found"].begun == 1


def test_the_standards_manager_sees_it_and_no_name(client, county, held_clock):
    county.at(Stage.RECOMMENDED)
    manager = factories.seated(Role.STANDARDS_MANAGER, county.jurisdiction)

    answer = workload(client, county, manager)

    assert answer.status_code == 200
    assert county.village.name_zh not in answer.content.decode()
    detail = client.get(reverse("rounds:detail", args=[county.round.pk])).content.decode()
    assert reverse("reports:workload", args=[county.round.pk]) in detail


def test_a_round_in_preparation_has_none(client, county):
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)

    assert workload(client, county).status_code == 404


def test_the_page_takes_as_many_statements_for_one_as_for_three(client, county, held_clock):
    county.at(Stage.RECOMMENDED)
    workload(client, county)
    with CaptureQueriesContext(connection) as one:
        workload(client, county)
    for _village in range(2):
        county.beside().at(Stage.RECOMMENDED)
    with CaptureQueriesContext(connection) as three:
        workload(client, county)

    assert len(one) == len(three)
