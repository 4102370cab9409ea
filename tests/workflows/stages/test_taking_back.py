"""A decision of a review is taken back by whoever took it, while nobody has gone on from it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.calendar.terms import Ending, ended_terms
from designation.organizations.models import Role
from designation.rounds.models import RecommendationQuota
from designation.site import clock
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.course import OPINION, PDF
from workflows.declared import place
from workflows.stages.first_review import decision_drafts
from workflows.stages.first_review.recommended import recommended

pytestmark = pytest.mark.django_db

REASON = {"NC-13": "补依据"}


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def submitted(county):
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def returned(county, submitted):
    county.act("return_for_correction", submitted, county.reviewer, corrections=REASON)
    return fresh(submitted)


@pytest.fixture
def recommended_one(county, submitted):
    county.mark_all(submitted)
    county.act("recommend", submitted, county.reviewer, opinion=OPINION)
    return fresh(submitted)


def refused(county, name, application, person):
    with pytest.raises(Refusal) as caught:
        county.act(name, application, person)
    return caught.value.codes


def test_a_return_is_taken_back_and_the_list_stays_on_record_as_it_was_sent(
    county, submitted, held_clock
):
    due = fresh(submitted).due_at
    county.act("return_for_correction", submitted, county.reviewer, corrections=REASON)
    held_clock.move(timedelta(hours=1))
    county.act("take_back_return", submitted, county.reviewer)

    now = fresh(submitted)
    assert (now.stage, now.returned_from, now.due_at) == (Stage.SUBMITTED, "", due)
    (asked,) = ended_terms(now, place(Stage.RETURNED).awaits)
    assert asked.ended_as == Ending.OVERTAKEN
    listed = now.corrections.get()
    assert listed.reason == REASON["NC-13"]
    assert listed.closed_at == listed.taken_back_at == clock.now()
    last = now.decisions.last()
    assert (last.transition, last.actor, last.actor_role) == (
        "take_back_return",
        county.reviewer,
        Role.FIRST_REVIEWER,
    )


def test_a_recommendation_is_taken_back_until_the_same_deadline(county, submitted, held_clock):
    due = fresh(submitted).due_at
    county.mark_all(submitted)
    county.act("recommend", submitted, county.reviewer, opinion=OPINION)
    held_clock.move(timedelta(days=1))
    county.act("take_back_recommendation", submitted, county.reviewer)

    assert (fresh(submitted).stage, fresh(submitted).due_at) == (Stage.SUBMITTED, due)


def test_the_county_takes_its_own_return_back(county):
    application = county.at(Stage.RECOMMENDED)
    county.act("return_for_correction", application, county.coordinator, corrections=REASON)

    assert refused(county, "take_back_return", application, county.reviewer) == ("not_permitted",)
    county.act("take_back_return", application, county.coordinator)

    assert fresh(application).stage == Stage.RECOMMENDED
    assert refused(county, "take_back_recommendation", application, county.reviewer) == (
        "not_permitted",
    )


def test_nobody_takes_back_what_another_decided(county, returned):
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)

    for person in (colleague, county.coordinator, county.head):
        assert refused(county, "take_back_return", returned, person) == ("not_permitted",)


def replied(county, application):
    application.corrections.update(reply="已补充")


def answered(county, application):
    application.answers.filter(item__code="NC-13").update(
        saved_at=clock.now() + timedelta(minutes=1)
    )


def attached(county, application):
    application.evidence.update(uploaded_at=clock.now() + timedelta(minutes=1))


def taken_away(county, application):
    application.evidence.update(
        removed_at=clock.now() + timedelta(minutes=1), removed_by=county.preparer
    )


@pytest.mark.parametrize("begin", [replied, answered, attached, taken_away])
def test_a_correction_that_was_begun_is_not_pulled_away(county, returned, begin):
    begin(county, returned)

    assert refused(county, "take_back_return", returned, county.reviewer) == ("already_acted_on",)
    assert fresh(returned).stage == Stage.RETURNED


PAGE = {
    "address": "https://www.example.gov.cn/2026/03/notice.html",
    "title": "党务公开公告",
    "published_on": "2026-03-01",
}


@pytest.fixture
def two_files(county):
    """Handed in with two files for NC-01, one of them for NC-13 too, and a published page."""
    application = county.start()
    county.prepare(application)
    one, two = application.evidence.get(), county.attach(application, content=PDF + b"%2\n%%EOF\n")
    one.items.add(application.standard.items.get(code="NC-13"))
    browser = Client()
    browser.force_login(county.preparer)
    browser.post(reverse("applications:arrange", args=[application.pk, "NC-01"]), PAGE)
    county.act("confirm", application, county.head, truth_confirmed=True)
    county.act("submit", application, county.preparer)
    reasons = {"NC-01": "补说明", "NC-13": "补依据"}
    county.act("return_for_correction", application, county.reviewer, corrections=reasons)
    return fresh(application), one, two


def arranged(**typed):
    return lambda one, two: (
        "arrange",
        ["NC-01"],
        {name: value(one, two) if callable(value) else value for name, value in typed.items()},
    )


WORK = {
    "a published page more": arranged(**PAGE | {"address": PAGE["address"] + "?2"}),
    "a published page less": arranged(unlink=lambda one, _: one.application.links.get().pk),
    "another order": arranged(first=lambda _, two: two.pk),
    "a caption": lambda one, _: ("arrange", ["NC-01"], {f"caption-{one.pk}": "12 人到会"}),
    "a day": lambda one, _: ("arrange", ["NC-01"], {f"dated_on-{one.pk}": "2026-02-10"}),
    "a file for one more item": lambda _, two: ("evidence_cite", ["NC-13"], {"evidence": two.pk}),
    "a file for one item less": lambda one, _: ("evidence_remove", ["NC-13", one.pk], {}),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_whatever_the_applicant_does_to_a_correction_keeps_it_theirs(
    client, county, two_files, work
):
    application, one, two = two_files
    case = reverse("applications:case", args=[application.pk])
    client.force_login(county.reviewer)
    assert "已有人接着办理" not in client.get(case).content.decode()
    name, arguments, typed = work(one, two)
    client.force_login(county.preparer)
    pressed = client.post(reverse(f"applications:{name}", args=[application.pk, *arguments]), typed)
    assert pressed.status_code == 302

    client.force_login(county.reviewer)
    assert "已有人接着办理" in client.get(case).content.decode()
    act = reverse("applications:perform", args=[application.pk, "take_back_return"])
    assert client.post(act, {"version": application.version}).status_code == 422
    assert fresh(application).stage == Stage.RETURNED


def test_what_a_return_takes_back_is_what_was_handed_in(county, two_files):
    application, *_files = two_files

    county.act("take_back_return", application, county.reviewer)

    assert fresh(application).stage == Stage.SUBMITTED


@pytest.mark.parametrize(
    ("name", "typed"), [("claim", {"claim": "claim"}), ("mark", {"note-NC-13": "电话问过支书"})]
)
def test_a_recommendation_that_the_county_is_at_stays(
    client, county, recommended_one, held_clock, name, typed
):
    held_clock.move(timedelta(minutes=5))
    client.force_login(county.coordinator)
    client.post(reverse(f"applications:{name}", args=[recommended_one.pk]), typed)

    codes = refused(county, "take_back_recommendation", recommended_one, county.reviewer)
    assert codes == ("already_acted_on",)


def test_what_the_county_has_put_down_again_is_taken_back(client, county, recommended_one):
    claim = reverse("applications:claim", args=[recommended_one.pk])
    client.force_login(county.coordinator)
    client.post(claim, {"claim": "claim"})
    client.post(claim, {"claim": "release"})

    county.act("take_back_recommendation", recommended_one, county.reviewer)

    assert fresh(recommended_one).stage == Stage.SUBMITTED


def test_a_recommendation_that_the_county_works_on_stays(county, recommended_one):
    draft = {"opinion": "拟退回"}
    decision_drafts.save(recommended_one, draft, actor=county.coordinator)
    codes = refused(county, "take_back_recommendation", recommended_one, county.reviewer)
    assert codes == ("already_acted_on",)

    decision_drafts.save(recommended_one, {"opinion": ""}, actor=county.coordinator)
    county.arrange_visit(recommended_one)
    codes = refused(county, "take_back_recommendation", recommended_one, county.reviewer)
    assert codes == ("already_acted_on",)


def test_a_return_taken_back_counts_against_no_limit_and_is_no_former_return(
    client, county, submitted
):
    for _turn in range(3):
        county.act("return_for_correction", submitted, county.reviewer, corrections=REASON)
        county.act("take_back_return", submitted, county.reviewer)

    client.force_login(county.reviewer)
    page = client.get(reverse("applications:review", args=[submitted.pk])).content.decode()
    assert "退回次数已用完" not in page
    assert "退回，原因" not in page


def test_a_recommendation_taken_back_gives_its_place_free(county, recommended_one):
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=1
    )
    county.act("take_back_recommendation", recommended_one, county.reviewer)
    assert recommended(county.round) == {}

    other = county.beside()
    application = other.at(Stage.RECOMMENDED)

    assert recommended(county.round) == {(county.township.pk, "NC"): 1}
    assert application.stage == Stage.RECOMMENDED


def messages(person):
    deliver_waiting()
    return [message.subject for message in Message.objects.filter(person=person)]


def test_who_was_told_is_told(county, submitted):
    preparer, coordinator = county.preparer, county.coordinator
    county.act("return_for_correction", submitted, county.reviewer, corrections=REASON)
    county.act("take_back_return", submitted, county.reviewer)
    assert any("退回补正已由作出决定的人收回" in said for said in messages(preparer))
    assert not any("收回" in said for said in messages(coordinator))

    county.mark_all(submitted)
    county.act("recommend", submitted, county.reviewer, opinion=OPINION)
    county.act("take_back_recommendation", submitted, county.reviewer)
    for person in (preparer, coordinator):
        assert any("推荐已由作出决定的人收回" in said for said in messages(person))


def test_the_case_page_offers_it_to_whoever_decided_and_says_why_it_is_shut(
    client, county, returned
):
    page = reverse("applications:case", args=[returned.pk])
    act = reverse("applications:perform", args=[returned.pk, "take_back_return"])
    client.force_login(county.reviewer)
    assert "收回退回决定" in client.get(page).content.decode()

    replied(county, returned)
    assert "已有人接着办理" in client.get(page).content.decode()
    assert client.post(act, {"version": returned.version}).status_code == 422

    returned.corrections.update(reply="")
    client.post(act, {"version": returned.version})
    assert fresh(returned).stage == Stage.SUBMITTED
