"""An upheld objection sends a case back to be verified: what was found before stands beside."""

import pytest
from django.urls import reverse

from designation.applications.models import Conclusion, Stage
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


@pytest.fixture
def sent_back(county):
    application = county.at(Stage.ON_NOTICE)
    raised = objections.raise_objection(
        application.notice_entries.get(), facts="面积不实", identity=None
    )
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    objections.uphold(heard(raised), finding=FINDING, reverify=True, actor=county.objection_officer)
    application.refresh_from_db()
    return application


def plan(county, application, *items):
    visit = visits.arrange(
        application,
        planned_on=clock.today(),
        place="村党群服务中心",
        team=county.verifiers,
        leader=county.verifiers[0],
        items=items,
        actor=county.coordinator,
    )
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


def test_what_was_not_to_be_seen_again_stands_as_it_was_found(client, county, sent_back):
    visit = plan(county, sent_back, ITEM)
    measure(county, visit, ITEM)

    record = opened(client, county, "verify", sent_back.pk)
    finish(county, visit)

    sent_back.refresh_from_db()
    assert sent_back.stage == Stage.VERIFIED
    assert "1 条中已核 1 条" in record
    assert Measurement.objects.filter(visit=visit).count() == 1


def test_what_was_to_be_seen_again_is_seen_before_it_goes_on(county, sent_back):
    visit = plan(county, sent_back, ITEM, "NC-14")
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
