"""The queue of a reviewer: what presses first, with its reason; who is at it; on to the next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.organizations.models import Role
from tests import factories
from tests.course import OPINION
from tests.markup import flat
from workflows.stages.first_review import claims, queue
from workflows.stages.first_review.models import Claim

pytestmark = pytest.mark.django_db

QUEUE = reverse("applications:queue")
BATCH = reverse("applications:batch")


def address(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


@pytest.fixture
def three(county):
    """Three villages of one township, handed in on one day."""
    return [place.at(Stage.SUBMITTED) for place in (county, county.beside(), county.beside())]


@pytest.fixture
def as_reviewer(client, county):
    client.force_login(county.reviewer)
    return client


def reasons(person):
    return {one.application.pk: one.reasons for one in queue.waiting(person)}


def order(person):
    return [one.application.pk for one in queue.waiting(person)]


def test_each_stands_where_its_reason_puts_it(county, three, held_clock):
    first, second, third = three
    county.act("return_for_correction", second, county.reviewer, corrections={"NC-13": "补依据"})
    second.corrections.update(reply="已补充")
    other = county.beside()
    other.village = second.organization
    other.act("resubmit", second, other.head, truth_confirmed=True)
    county.mark_all(third)

    assert order(county.reviewer) == [second.pk, third.pk, first.pk]
    assert reasons(county.reviewer) == {
        second.pk: ("补正已回",),
        third.pk: ("已开始审核",),
        first.pk: ("新提交",),
    }


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(days=1, hours=1), "明天到期"),
        (timedelta(hours=1), "今天到期"),
        (timedelta(minutes=-1), "逾期"),
    ],
)
def test_what_is_due_says_so_first(county, three, held_clock, before, said):
    due = Application.objects.get(pk=three[0].pk).due_at
    held_clock.move_to(due - before)

    assert {found[0] for found in reasons(county.reviewer).values()} == {said}


def test_what_the_county_sent_back_says_so(county):
    application = county.at(Stage.RECOMMENDED)
    county.act("return_to_review", application, county.coordinator, opinion=OPINION)

    assert reasons(county.reviewer) == {application.pk: ("县级退回重审",)}


def test_it_holds_what_is_ones_own_to_review_and_no_more(county, three):
    county.mark_all(three[0])
    county.act("recommend", three[0], county.reviewer, opinion=OPINION)
    elsewhere = factories.seated(Role.FIRST_REVIEWER, factories.VillageFactory().superior)

    assert set(order(county.reviewer)) == {three[1].pk, three[2].pk}
    assert order(county.coordinator) == [three[0].pk]
    assert order(elsewhere) == []
    county.arrange_visit(three[0])
    assert order(county.coordinator) == []


def test_who_prepared_one_does_not_find_it_in_the_queue(county, three):
    mine = Application.objects.get(pk=three[0].pk)
    mine.created_by = county.reviewer
    mine.save(update_fields=["created_by"])

    assert mine.pk not in order(county.reviewer)


def test_the_page_says_why_and_begins_with_the_first(as_reviewer, county, three):
    county.mark_all(three[2])
    content = flat(as_reviewer.get(QUEUE).content.decode())

    assert f'href="{address("review", three[2])}?queue=1">从第一件开始' in content
    assert "新提交" in content
    assert "23 / 23" in content


def test_the_queue_is_for_those_who_review(client, county, three):
    client.force_login(county.preparer)
    assert client.get(QUEUE).status_code == 404
    assert client.get(BATCH).status_code == 404
    client.force_login(county.coordinator)
    assert client.get(BATCH).status_code == 404
    assert "没有等您审核的申报" in client.get(QUEUE).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_and_for_three(as_reviewer, county, count):
    for place in [county, county.beside(), county.beside()][:count]:
        place.at(Stage.SUBMITTED)
    as_reviewer.get(QUEUE)
    with CaptureQueriesContext(connection) as queries:
        as_reviewer.get(QUEUE)

    assert len(queries) <= 7, [one["sql"] for one in queries]


# On to the next


def test_save_and_next_goes_through_the_queue_and_round_again(as_reviewer, three):
    at, seen = three[0], []
    for _turn in three:
        answer = as_reviewer.post(address("mark", at), {"then": "next", "opinion": "写到一半"})
        assert answer.url.endswith("/review/?queue=1")
        at = next(one for one in three if address("review", one) in answer.url)
        seen.append(at.pk)

    assert seen == [three[1].pk, three[2].pk, three[0].pk]


def test_a_decision_in_the_queue_leads_to_the_next_and_the_last_to_the_queue(as_reviewer, three):
    sent = {"decision": "reject", "sure": "yes", "opinion": OPINION, "queue": "1"}

    went = [as_reviewer.post(address("decide", one), sent).url for one in three]

    assert went == [
        address("review", three[1]) + "?queue=1",
        address("review", three[2]) + "?queue=1",
        QUEUE,
    ]
    assert "决定已作出" in as_reviewer.get(QUEUE).content.decode()


def test_the_same_decision_sent_twice_goes_on_all_the_same(as_reviewer, three):
    page = as_reviewer.get(address("review", three[0]) + "?queue=1").content.decode()
    key = page.split('name="request_key" value="')[1].split('"')[0]
    sent = {"decision": "reject", "sure": "yes", "opinion": OPINION, "request_key": key}

    for _turn in range(2):
        as_reviewer.post(address("decide", three[0]), sent | {"queue": "1"})

    assert three[0].decisions.filter(transition="reject").count() == 1


def test_what_a_colleague_is_at_is_passed_over(as_reviewer, county, three):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    claims.claim(three[1], actor=colleague)

    answer = as_reviewer.post(address("mark", three[0]), {"then": "next"})

    assert address("review", three[2]) in answer.url


# Who is at it


def test_a_claim_says_who_is_at_it_since_when_and_keeps_nobody_from_deciding(client, county, three):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    client.force_login(colleague)
    client.post(address("claim", three[0]), {"claim": "claim"})
    client.force_login(county.reviewer)

    page = client.get(address("review", three[0])).content.decode()
    assert f"{colleague.full_name}自 2026年3月2日" in page
    assert colleague.full_name in client.get(QUEUE).content.decode()

    sent = {"decision": "reject", "sure": "yes", "opinion": OPINION}
    client.post(address("decide", three[0]), sent)
    assert Application.objects.get(pk=three[0].pk).stage == Stage.REJECTED
    assert not Claim.objects.exists()


def test_a_claim_is_taken_over_and_only_ones_own_is_put_down(as_reviewer, county, three):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    claims.claim(three[0], actor=colleague)

    as_reviewer.post(address("claim", three[0]), {"claim": "release"})
    assert Claim.objects.get().person == colleague
    answer = as_reviewer.post(address("claim", three[0]), {"claim": "claim", "queue": "1"})
    assert answer.url == address("review", three[0]) + "?queue=1"
    assert Claim.objects.get().person == county.reviewer
    as_reviewer.post(address("claim", three[0]), {"claim": "release"})
    assert not Claim.objects.exists()


def test_a_claim_ends_by_itself(as_reviewer, county, three, held_clock):
    claims.claim(three[0], actor=factories.seated(Role.FIRST_REVIEWER, county.township))
    held_clock.move(claims.LASTS)

    assert "起在办" not in as_reviewer.get(address("review", three[0])).content.decode()
    assert all(one.claim is None for one in queue.waiting(county.reviewer))


def test_nobody_else_claims(client, county, three):
    for person in (county.preparer, county.coordinator):
        client.force_login(person)
        answer = client.post(address("claim", three[0]), {"claim": "claim"})
        assert answer.status_code == 404


def test_one_that_moves_on_meanwhile_is_not_claimed(as_reviewer, county, three, monkeypatch):
    held = claims.lock_for

    def late(application, *args):
        county.act("reject", application, county.reviewer, opinion=OPINION)
        return held(application, *args)

    monkeypatch.setattr(claims, "lock_for", late)
    answer = as_reviewer.post(address("claim", three[0]), {"claim": "claim"})

    assert answer.status_code == 422
    assert "已由他人办理" in answer.content.decode()


# Several at once


def batch_of(*applications, **opinions):
    sent = {"case": [one.pk for one in applications]}
    for one in applications:
        sent[f"version-{one.pk}"] = one.version
        sent[f"opinion-{one.pk}"] = opinions.get(f"of_{one.pk}", OPINION)
    return sent


def test_only_what_is_marked_whole_is_listed(as_reviewer, county, three):
    county.mark_all(three[1])

    content = as_reviewer.get(BATCH).content.decode()

    assert f'name="opinion-{three[1].pk}"' in content
    assert f'name="opinion-{three[0].pk}"' not in content
    assert "批量推荐（1 件已逐条审完）" in flat(as_reviewer.get(QUEUE).content.decode())


def test_each_goes_through_the_door_with_its_own_opinion_and_a_refusal_keeps_none_back(
    as_reviewer, county, three
):
    first, second, third = three
    county.mark_all(first)
    county.mark_all(second)
    county.mark_all(third, "not_met")

    answer = as_reviewer.post(
        BATCH,
        batch_of(first, second, third, **{f"of_{second.pk}": "材料齐全、情况属实，同意推荐。"}),
    )

    content = flat(answer.content.decode())
    assert answer.status_code == 422
    assert content.count("已推荐，已通知申报单位") == 2
    assert "没有办成" in content
    assert "初审认定本条未达标" in content
    stages = [Application.objects.get(pk=one.pk).stage for one in three]
    assert stages == [Stage.RECOMMENDED, Stage.RECOMMENDED, Stage.SUBMITTED]
    assert second.decisions.last().opinion == "材料齐全、情况属实，同意推荐。"
    assert f"{OPINION}</textarea>" in answer.content.decode()


def test_what_is_out_of_sight_or_moved_on_is_not_recommended(as_reviewer, county, three):
    county.mark_all(three[0])
    county.act("reject", three[0], county.reviewer, opinion=OPINION)
    sent = batch_of(three[0])
    sent["case"].append(999_999)

    content = as_reviewer.post(BATCH, sent).content.decode()

    assert "已由他人办理" in content
    assert content.count("<tr>") == 2


def test_without_anything_to_recommend_the_page_says_so(as_reviewer, three):
    assert "没有逐条审完、等您推荐的申报" in as_reviewer.get(BATCH).content.decode()


def test_what_was_written_on_the_page_of_the_review_stands_in_the_batch(as_reviewer, county, three):
    county.mark_all(three[0])
    as_reviewer.post(address("mark", three[0]), {"opinion": "已写好的审核意见"})

    assert "已写好的审核意见</textarea>" in as_reviewer.get(BATCH).content.decode()


def test_a_version_that_cannot_be_read_fits_none(as_reviewer, county, three):
    county.mark_all(three[0])

    answer = as_reviewer.post(BATCH, batch_of(three[0]) | {f"version-{three[0].pk}": "甲"})

    assert answer.status_code == 422
    assert Application.objects.get(pk=three[0].pk).stage == Stage.SUBMITTED


def test_the_desk_of_the_county_leads_to_its_queue(client, county):
    county.at(Stage.RECOMMENDED)
    client.force_login(county.coordinator)

    assert f'href="{QUEUE}"' in client.get(reverse("home")).content.decode()
