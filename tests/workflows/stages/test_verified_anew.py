"""An upheld objection sends a case back to be verified: what was found before stands beside."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse

from designation.applications.models import Application, Conclusion, Stage
from designation.site import clock
from designation.site.refusal import Refusal
from tests.course import passing_value, standard_items
from tests.hearings import heard
from tests.sheets import fill_in
from workflows.stages.objections import objections
from workflows.stages.verification import visits
from workflows.stages.verification.models import Measurement, Visit

FINDING = "经调查，活动场所面积与申报不符，须重新核查。"
ITEM = "NC-13"


def accepted(county, entry):
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    return heard(raised)


def send_back(county, objection, *items):
    objections.uphold(
        objection, finding=FINDING, reverify=True, items=items, actor=county.objection_officer
    )
    return Application.objects.get(pk=objection.entry.application_id)


@pytest.fixture
def sent_back(county):
    application = county.at(Stage.ON_NOTICE)
    return send_back(county, accepted(county, application.notice_entries.get()))


@pytest.fixture
def two(county):
    """Two objections to one name, accepted and heard."""
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    return [accepted(county, entry) for _n in range(2)]


def arrange(county, application, *items):
    return visits.arrange(
        application,
        planned_on=clock.today(),
        place="村党群服务中心",
        team=county.verifiers,
        leader=county.verifiers[0],
        items=items,
        actor=county.coordinator,
    )


def plan(county, application, *items):
    visit = arrange(county, application, *items)
    for member in visit.members.all():
        visits.declare_no_interest(member)
    county.act("begin_verification", application, county.coordinator)
    return visit


def opened(client, county, name, *args):
    client.force_login(county.verifiers[0])
    return client.get(reverse(f"applications:{name}", args=args)).content.decode()


def test_the_visit_says_why_it_is_made(county, sent_back):
    assert plan(county, sent_back).reason == Visit.Reason.REVERIFICATION
    first = Visit.objects.order_by("pk").first()
    assert first.reason == Visit.Reason.VERIFICATION


def test_the_team_reads_what_the_officer_found_and_what_was_found_before(client, county, sent_back):
    plan(county, sent_back)

    record = opened(client, county, "verify", sent_back.pk)
    item = opened(client, county, "measure", sent_back.pk, ITEM)

    for page in (record, item):
        assert FINDING in page
        assert "上次核查：" in page
    assert "面积不实" not in record


def test_a_first_visit_shows_nothing_of_the_kind(client, county):
    application = county.at(Stage.VERIFYING)

    assert "上次核查" not in opened(client, county, "verify", application.pk)


def test_the_coordinator_chooses_the_items_of_a_second_visit_only(client, county, sent_back):
    client.force_login(county.coordinator)
    again = client.get(reverse("applications:visit", args=[sent_back.pk])).content.decode()
    first = county.beside().at(Stage.RECOMMENDED)
    once = client.get(reverse("applications:visit", args=[first.pk])).content.decode()

    assert 'name="items"' in again
    assert 'name="items"' not in once


def test_with_no_item_ticked_all_are_verified_anew(client, county, sent_back):
    client.force_login(county.coordinator)
    team = [str(person.pk) for person in county.verifiers]
    address = reverse("applications:visit", args=[sent_back.pk])

    answer = fill_in(client, address, {"team": team, "leader": team[0]})

    assert answer.status_code == 302
    assert sent_back.visits.get(closed_at=None).items == []


def measure(county, visit, code):
    item, rules = next(pair for pair in standard_items(visit.application) if pair[0].code == code)
    visits.measure(
        visit,
        item,
        values={check.code: passing_value(check, "verification") for check in rules.checks},
        verdict=Conclusion.MET,
        actor=county.verifiers[0],
    )


def finish(county, visit):
    now = clock.now()
    visits.record_visit(visit, started_at=now, ended_at=now, actor=county.verifiers[0])
    for member in visit.members.select_related("person", "visit__application"):
        visits.sign(member)
    county.act("complete_verification", visit.application, county.verifiers[0])


def test_what_was_not_to_be_seen_again_stands_as_it_was_found(client, county, two):
    sent_back = send_back(county, two[0], ITEM)
    visit = plan(county, sent_back, ITEM)
    measure(county, visit, ITEM)

    record = opened(client, county, "verify", sent_back.pk)
    finish(county, visit)

    sent_back.refresh_from_db()
    assert sent_back.stage == Stage.VERIFIED
    assert "1 条中已核 1 条" in record
    assert Measurement.objects.filter(visit=visit).count() == 1


def test_what_was_to_be_seen_again_is_seen_before_it_goes_on(county, two):
    visit = plan(county, send_back(county, two[0], ITEM, "NC-14"), ITEM, "NC-14")
    measure(county, visit, ITEM)

    with pytest.raises(Refusal, match="核查结论"):
        finish(county, visit)


@pytest.fixture
def sent_back_for_one(client, county):
    """Through the page on which the officer makes the finding."""
    application = county.at(Stage.ON_NOTICE)
    raised = objections.raise_objection(
        application.notice_entries.get(), facts="面积不实", identity=None
    )
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    client.force_login(county.objection_officer)
    answer = fill_in(
        client,
        reverse("notices:objection", args=[heard(raised).pk]),
        {"act": "reverify", "reason": FINDING, "items": [ITEM], "sure": "yes"},
    )
    assert answer.status_code == 302
    application.refresh_from_db()
    return application


def test_an_objection_to_one_item_sends_that_one_back_alone(client, county, sent_back_for_one):
    with pytest.raises(Refusal, match="只勾选这些条目"):
        plan(county, sent_back_for_one)
    with pytest.raises(Refusal, match="只勾选这些条目"):
        plan(county, sent_back_for_one, ITEM, "NC-14")
    client.force_login(county.coordinator)
    page = client.get(reverse("applications:visit", args=[sent_back_for_one.pk])).content.decode()
    assert page.count("checked") == 1

    visit = plan(county, sent_back_for_one, ITEM)
    measure(county, visit, ITEM)
    finish(county, visit)

    assert Measurement.objects.filter(visit=visit).count() == 1


@pytest.mark.parametrize("named", [((), (ITEM,)), ((ITEM,), ())])
def test_one_that_names_no_item_sends_back_the_whole_standard_whatever_another_names(
    county, two, named
):
    for objection, items in zip(two, named, strict=True):
        application = send_back(county, objection, *items)

    with pytest.raises(Refusal, match="全部条目"):
        plan(county, application, ITEM)
    assert plan(county, application).items == []


def test_it_is_counted_also_where_the_visit_before_is_closed_a_moment_later(
    county, two, monkeypatch
):
    """As it is in a clock that does not stand still."""
    began, moments = clock.now(), count(1)
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(milliseconds=next(moments)))

    application = send_back(county, two[0], ITEM)

    with pytest.raises(Refusal, match="只勾选这些条目"):
        plan(county, application)


def arranged_again(county, visit, *items):
    return visits.arrange(
        visit.application,
        planned_on=visit.planned_on,
        place=visit.place,
        team=county.verifiers,
        leader=county.verifiers[0],
        items=items,
        actor=county.coordinator,
    )


def test_what_is_upheld_while_the_visit_goes_on_is_seen_before_it_is_complete(
    client, county, two, held_clock
):
    visit = plan(county, send_back(county, two[0], ITEM), ITEM)
    measure(county, visit, ITEM)
    held_clock.move(timedelta(minutes=5))
    send_back(county, two[1], "NC-14")

    with pytest.raises(Refusal, match="NC-13、NC-14，请县级经办人修改核查安排"):
        finish(county, visit)
    assert "请县级经办人修改核查安排" in opened(client, county, "verify", visit.application_id)

    visit = arranged_again(county, visit, ITEM, "NC-14")
    measure(county, visit, "NC-14")
    finish(county, visit)
    assert Application.objects.get(pk=visit.application_id).stage == Stage.VERIFIED


def test_a_visit_that_was_planned_for_less_does_not_begin(county, two):
    application = send_back(county, two[0], ITEM)
    arrange(county, application, ITEM)
    send_back(county, two[1])

    with pytest.raises(Refusal, match="须重新核查全部条目"):
        county.act("begin_verification", application, county.coordinator)


def test_broken_off_it_is_verified_as_a_whole(county, two, held_clock):
    """What was not sent back cannot stand as the visit before found it: that one found nothing."""
    application = send_back(county, two[0], ITEM)
    held_clock.move(timedelta(minutes=5))
    arrange(county, application, ITEM)
    county.act("return_to_review", application, county.coordinator, opinion=FINDING)
    county._recommend(application)

    assert plan(county, application).items == []


def test_it_names_items_of_the_standard_alone(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="面积不实", identity=None)
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)

    with pytest.raises(Refusal, match="标准中没有第 XX-99 条"):
        objections.uphold(
            heard(raised),
            finding=FINDING,
            reverify=True,
            items=["XX-99"],
            actor=county.objection_officer,
        )
