"""Two at once, on real PostgreSQL with real threads: one effect, and the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from authoring.drafting import drafts
from designation.adoptions import adopting
from designation.adoptions.models import Adoption
from designation.applications.models import Application, Stage
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.calendar import loads
from designation.calendar.models import CalendarLoad, CalendarYear
from designation.organizations.models import Person, Role
from designation.rounds import places
from designation.rounds.models import RecommendationQuota
from designation.site import clock, seen_whole, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from notifications import delivery
from notifications.models import Event, Message
from standards import catalogue, copying, publishing
from standards.models import StandardVersion
from tests import factories
from tests.calendars import year_2027
from tests.course import NOTICE, OPINION, County
from tests.own_standards import OwnStandards
from tests.titles_given import Title
from tests.workflows.test_door import wait_for_a_waiter
from workflows import transitions
from workflows.case.facts import Act, Case
from workflows.stages.first_review.marks import mark_all
from workflows.stages.public_notice import notices
from workflows.stages.self_assessment import item_answers, item_evidence
from workflows.stages.self_assessment.item_answers import Sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(reference_data, held_clock):
    return County()


def at_once(*acts):
    """Run the acts in threads that start together; the outcome of each."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except Refusal as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def decide(application, person_id, name, **act):
    def run():
        return transitions.perform(
            name,
            application.pk,
            actor=Person.objects.get(pk=person_id),
            expected_version=application.version,
            act=Act(**act),
        )

    return run


def test_two_reviewers_deciding_at_once_leave_exactly_one_decision(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    other = factories.seated(Role.FIRST_REVIEWER, county.township)

    outcomes = at_once(
        decide(application, county.reviewer.pk, "recommend", opinion=OPINION),
        decide(application, other.pk, "reject", opinion=OPINION),
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.codes for refusal in refused] == [("already_moved",)]
    assert application.decisions.filter(from_stage=Stage.SUBMITTED).count() == 1
    assert verify().whole


def test_twenty_presses_of_one_button_have_one_effect(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    press = decide(application, county.reviewer.pk, "recommend", opinion=OPINION)

    outcomes = at_once(*[press] * 20)

    assert sum(isinstance(outcome, Application) for outcome in outcomes) == 1
    assert AuditEvent.objects.filter(action="application.recommend").count() == 1


def test_a_row_that_stays_locked_is_answered_as_try_again(county):
    application = county.at(Stage.SUBMITTED)
    holding, release = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT 1 FROM applications_application WHERE id = %s FOR UPDATE", [application.pk]
            )
            holding.set()
            release.wait(30)
            cursor.execute("ROLLBACK")
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        with pytest.raises(Refusal) as refused:
            county.act("reject", application, county.reviewer, opinion=OPINION)
    finally:
        release.set()
        holder.join()
    assert refused.value.codes == ("busy",)


def test_an_application_that_is_not_there_is_said_to_be_missing(county):
    with pytest.raises(Application.DoesNotExist):
        transitions.perform("submit", 0, actor=county.preparer)


def test_several_deliverers_at_once_deliver_each_message_once(county):
    county.reviewer  # noqa: B018 - the seat must be held before anything is told
    county.head  # noqa: B018 - as above
    county.at(Stage.SUBMITTED)
    Event.objects.update(delivered_at=None)
    Message.objects.all().delete()

    at_once(*[delivery.deliver_waiting] * 3)

    told = Message.objects.filter(person=county.reviewer)
    assert [message.subject for message in told] == [f"{county.village.name_zh}的申报已提交。"]


def test_two_recommended_at_once_do_not_share_the_last_place(county):
    other = county.beside()
    applications = [county.at(Stage.SUBMITTED), other.at(Stage.SUBMITTED)]
    for application in applications:
        county.mark_all(application)
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=1
    )

    outcomes = at_once(
        *(decide(a, county.reviewer.pk, "recommend", opinion=OPINION) for a in applications)
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.codes for refusal in refused] == [("recommendation_quota_full",)]
    assert Application.objects.filter(stage=Stage.RECOMMENDED).count() == 1


def test_a_place_is_not_lowered_while_it_is_taken(county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application)
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=1
    )

    def lower():
        none = {(county.township.pk, "NC"): 0}
        places.set_recommendations(county.round, none, actor=county.coordinator)

    outcomes = at_once(decide(application, county.reviewer.pk, "recommend", opinion=OPINION), lower)

    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused in (["recommendation_quota_full"], ["places_under_taken"])
    recommended = Application.objects.filter(stage=Stage.RECOMMENDED).count()
    assert RecommendationQuota.objects.get().places == recommended


@pytest.fixture
def held():
    """Another's work on a row, which goes on until the test is over with its own."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    begun, over = threading.Event(), threading.Event()

    def hold(row):
        with transaction.atomic():
            type(row).objects.select_for_update().get(pk=row.pk)
            begun.set()
            over.wait(20)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:

        def begin(row):
            pool.submit(hold, row)
            assert begun.wait(20)

        yield begin
        over.set()


def test_work_on_a_notice_that_stays_locked_is_told_to_come_back(county, client, held):
    application = county.at(Stage.CHOSEN)
    notice = notices.propose(county.round, NOTICE, [application], actor=county.coordinator)
    client.force_login(county.secrecy_reviewer)
    held(notice)

    answer = client.post(reverse("notices:step", args=[notice.pk, "secrecy"]))

    assert answer.status_code == 409
    assert "他人正在办理，请稍后再试" in answer.content.decode()


def adopt(jurisdiction, person_id):
    def run():
        try:
            return adopting.adopt_sample(
                catalogue.sample("GQ"),
                jurisdiction,
                actor=Person.objects.get(pk=person_id),
                reason="正式文本尚未下发，先按示例试行。",
            )
        except adopting.AdoptionRefused as refused:
            return refused.code

    return run


def test_two_who_adopt_a_sample_at_once_leave_one_adoption(county):
    other = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)

    outcomes = at_once(
        adopt(county.jurisdiction, county.coordinator.pk), adopt(county.jurisdiction, other.pk)
    )

    assert outcomes.count("adopted_already") == 1
    assert Adoption.objects.count() == 1
    assert AuditEvent.objects.filter(action="standard.adopt").count() == 1
    assert verify().whole


def test_two_counties_that_adopt_at_once_publish_one_text(county):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    other = factories.seated(Role.COUNTY_COORDINATOR, elsewhere)

    at_once(adopt(county.jurisdiction, county.coordinator.pk), adopt(elsewhere, other.pk))

    assert {made.version for made in Adoption.objects.all()} == {catalogue.current("GQ")}
    assert Adoption.objects.count() == 2
    assert verify().whole


def test_marks_on_an_application_that_stays_locked_are_refused_and_shown(county, client, held):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)
    held(application)

    answer = client.post(
        reverse("applications:mark", args=[application.pk]),
        {"verdict-NC-01": "met", "comment-NC-01": "台账齐全"},
    )

    assert answer.status_code == 422
    assert "他人正在办理，请稍后再试" in answer.content.decode()
    assert "台账齐全" in answer.content.decode()


def test_the_rest_of_two_reviewers_at_once_rewrites_no_mark(county):
    application = county.at(Stage.SUBMITTED)
    items = list(application.standard.items.order_by("order"))
    other = factories.seated(Role.FIRST_REVIEWER, county.township)

    def one_by_one():
        verdicts = dict.fromkeys(items[:3], ("not_met", "缺记录"))
        return mark_all(application, verdicts, actor=other)

    def all_the_rest():
        return mark_all(
            application, dict.fromkeys(items, ("", "")), actor=county.reviewer, rest="met"
        )

    at_once(one_by_one, all_the_rest)

    marks = application.marks.filter(voided_at=None)
    assert marks.count() == len(items)
    # Whoever came first stands: the later page had not seen it.
    assert not application.marks.filter(voided_at__isnull=False).exists()
    authors = {mark.item_id: mark.marked_by_id for mark in marks}
    assert {authors[item.pk] for item in items[3:]} == {county.reviewer.pk}


def test_two_people_saving_one_item_at_once_lose_nothing(county):
    application = county.start()
    item = application.standard.items.get(code="NC-13")
    seen = Seen(shown.digests({"note": "", "conclusion": ""}))

    def save(person, text):
        def run():
            case = Case(Application.objects.get(pk=application.pk), actor=person)
            return item_answers.save(case, item, Sent({}, note=text, seen=seen), actor=person)

        return run

    told = at_once(save(county.preparer, "填报人写的"), save(county.head, "负责人写的"))

    asked = [conflict for conflict in told if conflict]
    assert len(asked) == 1
    assert asked[0]["note"].theirs == application.answers.get().note


def test_a_standard_is_published_as_it_was_edited_to_the_last(county):
    own = OwnStandards(county.jurisdiction)
    draft, manager = own.draft, own.manager
    is_edited, may_end = threading.Event(), threading.Event()

    def edit():
        with drafts.held(draft, manager):
            item = draft.items.get(code="NC-05")
            item.title_en = "The last wording"
            item.save()
            is_edited.set()
            may_end.wait(10)

    def publish():
        is_edited.wait(10)
        may_end.set()
        return drafts.publish(draft, actor=manager, reason="经县委研究，正式印发执行。")

    _edited, published = at_once(edit, publish)

    assert published.content_hash == publishing.content_hash(published)
    assert published.items.get(code="NC-05").title_en == "The last wording"


def test_an_edit_that_waits_for_a_publication_changes_nothing(county):
    own = OwnStandards(county.jurisdiction)
    draft, manager = own.draft, own.manager

    def edit():
        try:
            with drafts.held(draft, manager):
                draft.items.filter(code="NC-05").update(title_en="One of two")
        except drafts.DraftRefused as refused:
            return refused.code
        return "edited"

    def publish():
        return drafts.publish(draft, actor=manager, reason="经县委研究，正式印发执行。")

    outcomes = at_once(*[edit] * 4, publish, *[edit] * 4)

    published = StandardVersion.objects.get(pk=draft.pk)
    assert published.content_hash == publishing.content_hash(published)
    assert set(outcomes) - {published} <= {"edited", "not_draft"}


def test_two_drafts_of_one_area_published_at_once_leave_one_in_force(county):
    own = OwnStandards(county.jurisdiction)
    manager = own.manager
    two = [own.draft, copying.copy(catalogue.current("NC"), area_code=county.jurisdiction.code)]

    def publish(draft):
        return lambda: drafts.publish(draft, actor=manager, reason="经县委研究，正式印发执行。")

    at_once(*[publish(draft) for draft in two])

    statuses = StandardVersion.objects.filter(pk__in=[draft.pk for draft in two])
    assert sorted(statuses.values_list("status", flat=True)) == ["published", "retired"]


def test_two_who_confirm_a_calendar_year_at_once_make_it_official_once(county):
    loader = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    load = loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=loader)
    others = [factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction) for _n in range(2)]
    seen = {shown.INPUT: shown.carried(seen_whole.as_shown(loads.as_shown(load)))}

    def confirm(person):
        return lambda: loads.confirm(load.pk, actor=person, seen=seen)

    outcomes = at_once(*map(confirm, others))

    refused = [one for one in outcomes if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["decided"]
    assert CalendarYear.objects.filter(year=2027).count() == 1
    assert AuditEvent.objects.filter(action="calendar.confirm").count() == 1


def test_two_who_load_the_same_year_at_once_leave_one_that_waits(county):
    people = [factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction) for _n in range(2)]

    def bring(person):
        return lambda: loads.bring(year_2027(), "国办发明电〔2026〕5号", actor=person)

    outcomes = at_once(*map(bring, people))

    assert [one.code for one in outcomes if isinstance(one, Refusal)] == ["another_waits"]
    assert CalendarLoad.objects.count() == 1


def test_a_page_registered_while_the_head_hands_in_again_is_handed_in(county):
    application = county.at(Stage.SUBMITTED)
    corrections = {"NC-01": "请补充公开的依据"}
    county.act("return_for_correction", application, county.reviewer, corrections=corrections)
    application.refresh_from_db()
    application.corrections.update(reply="已补充")
    preparer, head = county.preparer, county.head
    item = application.standard.items.get(code="NC-01")
    values = {
        "address": "https://www.example.gov.cn/2026/03/notice.html",
        "title": "党务公开公告",
        "published_on": clock.today(),
    }

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            item_evidence.link(Case(application, actor=preparer), item, values, actor=preparer)
            press = decide(application, head.pk, "resubmit", truth_confirmed=True)
            handed_in = pool.submit(at_once, press)
            wait_for_a_waiter()
        assert [row.stage for row in handed_in.result()] == [Stage.SUBMITTED]

    (frozen,) = Application.objects.get(pk=application.pk).submission.content["links"]
    assert frozen["title"] == "党务公开公告"


def test_of_two_who_decide_on_a_title_at_once_the_second_is_told_what_stands(county):
    title = Title(county)
    others = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    seen = title.row.version

    def decided_by(person_id, number):
        def run():
            person = Person.objects.get(pk=person_id)
            return title.act("revoke", actor=person, seen=seen, document_number=number)

        return run

    outcomes = at_once(
        decided_by(county.deciding_officer.pk, "青发〔2026〕40号"),
        decided_by(others.pk, "青发〔2026〕41号"),
    )

    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refusal.codes == ("title_moved",)
    assert title.row.steps.filter(act="revoked").count() == 1
    assert AuditEvent.objects.filter(action="title.revoked").count() == 1
    assert verify().whole
