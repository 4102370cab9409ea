"""County verification, over HTTP: the visit, the site record, the signatures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from standards.catalogue import published
from tests import factories
from tests.course import OPINION
from tests.sheets import fill_in
from workflows.stages.verification import visits

pytestmark = pytest.mark.django_db


def page(name, application, *more):
    return reverse(f"applications:{name}", args=[application.pk, *more])


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def recommended(county):
    return county.at(Stage.RECOMMENDED)


@pytest.fixture
def verifying(county):
    return county.at(Stage.VERIFYING)


@pytest.fixture
def as_coordinator(client, county):
    client.force_login(county.coordinator)
    return client


@pytest.fixture
def as_leader(client, county):
    client.force_login(county.verifiers[0])
    return client


def plan(county, **changes):
    people = [str(person.pk) for person in county.verifiers]
    return {
        "planned_on": "2026-03-03",
        "place": "村部",
        "team": people,
        "leader": people[0],
    } | changes


def test_a_visit_is_arranged_and_begun_once_all_have_declared(as_coordinator, county, recommended):
    as_coordinator.post(page("visit", recommended), plan(county))
    refused = as_coordinator.post(page("perform", recommended, "begin_verification"))
    assert "尚未签署回避承诺" in refused.content.decode()

    for person in county.verifiers:
        as_coordinator.force_login(person)
        as_coordinator.post(page("declare", recommended))
    as_coordinator.force_login(county.coordinator)
    assert "已签回避承诺" in as_coordinator.get(page("visit", recommended)).content.decode()
    as_coordinator.post(page("perform", recommended, "begin_verification"))

    assert fresh(recommended).stage == Stage.VERIFYING


def test_a_team_of_one_a_foreign_leader_or_a_past_day_is_refused(
    as_coordinator, county, recommended
):
    one, two = (str(person.pk) for person in county.verifiers)

    content = as_coordinator.post(
        page("visit", recommended), plan(county, team=[one], leader=two, planned_on="2026-03-01")
    ).content.decode()

    assert "核查组至少 2 人" in content
    assert "组长须是核查组成员" in content
    assert "核查日期不能早于今天" in content


def test_those_who_must_recuse_are_named_and_not_offered(as_coordinator, county, recommended):
    near = factories.seated(
        Role.VERIFIER, county.jurisdiction, home_organization=county.township, full_name="近邻"
    )

    content = as_coordinator.get(page("visit", recommended)).content.decode()
    refused = as_coordinator.post(page("visit", recommended), plan(county, team=[str(near.pk)]))

    assert "须回避、不能选派：近邻" in content
    assert refused.status_code == 422


def test_planning_again_replaces_the_team(as_coordinator, county, recommended):
    as_coordinator.post(page("visit", recommended), plan(county))
    third = factories.seated(Role.VERIFIER, county.jurisdiction)
    team = [str(county.verifiers[1].pk), str(third.pk)]

    fill_in(as_coordinator, page("visit", recommended), team=team, leader=team[1])

    visit = recommended.visits.get()
    present = visit.members.filter(left_at=None)
    assert {member.person for member in present} == {county.verifiers[1], third}
    assert present.get(is_leader=True).person == third


def test_who_leaves_a_team_stays_on_record_and_declares_anew_on_coming_back(
    as_coordinator, client, county, recommended, held_clock
):
    county.arrange_visit(recommended)
    one, two = (str(person.pk) for person in county.verifiers)
    third = str(factories.seated(Role.VERIFIER, county.jurisdiction).pk)
    address = page("visit", recommended)
    declared = recommended.visits.get().members.get(person=county.verifiers[1])
    held_clock.move(timedelta(hours=1))

    fill_in(as_coordinator, address, team=[one, third])

    left = recommended.visits.get().members.get(pk=declared.pk)
    assert left.left_at == clock.now()
    assert left.no_interest_declared_at == declared.no_interest_declared_at
    assert "退出" in as_coordinator.get(address).content.decode()
    client.force_login(county.verifiers[1])
    assert client.get(page("case", recommended)).status_code == 404
    client.force_login(county.coordinator)

    fill_in(as_coordinator, address, team=[one, two, third])

    again = recommended.visits.get().members.get(person=county.verifiers[1], left_at=None)
    assert again.no_interest_declared_at is None
    assert recommended.visits.get().members.get(pk=left.pk).left_at is not None


def test_a_plan_sent_again_as_it_stands_changes_nothing(as_coordinator, county, verifying):
    county.measure_all(verifying)

    assert fill_in(as_coordinator, page("visit", verifying)).status_code == 302

    assert verifying.visits.get().members.filter(signed_at__isnull=False).count() == 2


def test_a_declaration_pressed_again_keeps_its_first_moment(client, county, verifying, held_clock):
    member = verifying.visits.get().members.get(person=county.verifiers[1])
    held_clock.move(timedelta(hours=1))
    client.force_login(county.verifiers[1])

    client.post(page("declare", verifying))

    first = member.no_interest_declared_at
    member.refresh_from_db()
    assert member.no_interest_declared_at == first
    assert AuditEvent.objects.filter(action="visit.declare", actor=member.person).count() == 1


def test_a_visit_of_an_application_that_moved_on_is_refused(county):
    with pytest.raises(Refusal):
        visits.arrange(
            county.at(Stage.VERIFIED),
            planned_on=clock.today(),
            place="",
            team=county.verifiers,
            leader=county.verifiers[0],
            actor=county.coordinator,
        )


def test_a_verifier_who_must_leave_is_replaced_while_the_visit_goes_on(
    as_coordinator, county, verifying, held_clock
):
    county.measure_all(verifying)
    held_clock.move(timedelta(days=3))
    third = factories.seated(Role.VERIFIER, county.jurisdiction)
    team = [str(county.verifiers[0].pk), str(third.pk)]
    visit = verifying.visits.get()
    planned = plan(county, team=team, leader=team[0]) | {"planned_on": str(visit.planned_on)}

    fill_in(as_coordinator, page("visit", verifying), planned)

    present = visit.members.filter(left_at=None)
    assert {member.person for member in present} == {county.verifiers[0], third}
    assert not present.filter(signed_at__isnull=False).exists()
    assert visit.members.get(person=county.verifiers[1]).signed_at is not None
    with pytest.raises(Refusal) as refused:
        county.act("complete_verification", verifying, county.verifiers[0])
    assert "not_signed" in refused.value.codes
    newcomer = visit.members.get(person=third)
    with pytest.raises(Refusal):
        visits.sign(newcomer)
    visits.declare_no_interest(newcomer)
    for member in present.select_related("person", "visit__application"):
        visits.sign(member)
    county.act("complete_verification", verifying, county.verifiers[0])


def test_a_newcomer_who_signs_before_declaring_is_told_why_not(client, county, verifying):
    visit = verifying.visits.get()
    member = visit.members.get(person=county.verifiers[1])
    member.no_interest_declared_at = None
    member.save()
    client.force_login(county.verifiers[1])

    answer = client.post(page("sign", verifying))

    assert answer.status_code == 422
    assert "没有办成" in answer.content.decode()
    assert not visit.members.filter(signed_at__isnull=False).exists()


def test_a_plan_that_comes_too_late_is_told_and_shown(as_coordinator, county):
    verified = county.at(Stage.VERIFIED)
    answer = as_coordinator.post(page("visit", verified), plan(county, place="村部二楼"))

    assert answer.status_code == 422
    assert "现为“核查合格”" in answer.content.decode()
    assert "村部二楼" in answer.content.decode()


def test_an_empty_plan_says_what_is_required(as_coordinator, recommended):
    answer = as_coordinator.post(page("visit", recommended), {})

    assert answer.status_code == 422
    assert answer.content.decode().count("field-refused") == 4


def test_a_member_who_has_not_declared_records_nothing(client, county, verifying):
    member = verifying.visits.get().members.get(person=county.verifiers[1])
    member.no_interest_declared_at = None
    member.save()
    client.force_login(county.verifiers[1])

    assert client.get(page("measure", verifying, "NC-01")).status_code == 404
    assert client.post(page("sign", verifying)).status_code == 422


def test_measured_values_are_typed_beside_the_declared_ones(as_leader, verifying):
    data = {"NC-13-C1": "yes", "NC-13-C2": "290㎡", "verdict": "met", "basis": "现场丈量"}

    shown = as_leader.get(page("measure", verifying, "NC-13")).content.decode()
    answer = as_leader.post(page("measure", verifying, "NC-13"), data | {"continue": ""})

    assert "申报：300" in shown
    assert answer.url == page("measure", verifying, "NC-14")
    measurement = verifying.visits.get().measurements.get()
    assert measurement.values == {"NC-13-C1": True, "NC-13-C2": 290}
    last = as_leader.post(page("measure", verifying, "NC-23"), {"verdict": "met"})
    assert last.url == page("verify", verifying)


def test_a_measured_value_that_does_not_fit_is_told_and_the_rest_kept(as_leader, verifying):
    address = page("measure", verifying, "NC-09")
    as_leader.post(address, {"NC-09-C2": "85", "verdict": "met"})

    answer = as_leader.post(address, {"NC-09-C2": "185", "NC-09-C3": "5", "verdict": "met"})

    assert answer.status_code == 422
    assert "百分比不能超过 100" in answer.content.decode()
    values = verifying.visits.get().measurements.get().values
    assert (values["NC-09-C2"], values["NC-09-C3"]) == (85, 5)
    assert "85" in as_leader.get(address).content.decode()


def test_the_times_of_a_visit_run_forward_and_not_ahead(as_leader, verifying):
    address = page("verify", verifying)

    backward = as_leader.post(
        address, {"started_at": "2026-03-02T08:00", "ended_at": "2026-03-02T07:00"}
    )
    ahead = as_leader.post(
        address, {"started_at": "2026-03-02T08:00", "ended_at": "2026-03-05T07:00"}
    )
    just_started = as_leader.post(address, {"started_at": "2026-03-05T08:00"})

    assert "离开时间不能早于到达时间" in backward.content.decode()
    assert "时间不能晚于现在" in ahead.content.decode()
    assert "时间不能晚于现在" in just_started.content.decode()
    assert as_leader.post(address, {"started_at": "2026-03-02T08:00"}).status_code == 302


def test_a_change_after_signing_takes_the_signatures_away(as_leader, county, verifying):
    county.measure_all(verifying)
    assert "✓ 2026年3月2日" in as_leader.get(page("verify", verifying)).content.decode()

    as_leader.post(page("measure", verifying, "NC-01"), {"verdict": "met"})

    assert not verifying.visits.get().members.filter(signed_at__isnull=False).exists()


def test_the_leader_completes_what_is_measured_and_signed(as_leader, county, verifying):
    early = as_leader.post(page("perform", verifying, "complete_verification"))
    assert "请填写到达和离开时间" in early.content.decode()

    county.measure_all(verifying)
    as_leader.post(page("perform", verifying, "complete_verification"))

    assert fresh(verifying).stage == Stage.VERIFIED
    assert as_leader.post(page("sign", verifying)).status_code == 422


def test_what_is_declared_well_but_measured_badly_does_not_pass(as_leader, county, verifying):
    county.measure_all(verifying)
    measurement = verifying.visits.get().measurements.get(item__code="NC-14")
    measurement.values = measurement.values | {"NC-14-C2": 1}
    measurement.save()

    answer = as_leader.post(page("perform", verifying, "complete_verification"))

    assert answer.status_code == 422
    assert "现为“1 万元”" in answer.content.decode()


def test_the_coordinator_ends_what_failed_on_site(as_coordinator, verifying):
    short = as_coordinator.post(page("reject", verifying), {"opinion": "不行", "sure": "yes"})
    assert short.status_code == 422
    assert "不行</textarea>" in short.content.decode()

    as_coordinator.post(page("reject", verifying), {"opinion": OPINION, "sure": "yes"})

    assert fresh(verifying).stage == Stage.REJECTED


def test_only_a_member_signs_and_declares(as_coordinator, verifying, county):
    assert as_coordinator.post(page("sign", verifying)).status_code == 404
    as_coordinator.force_login(county.verifiers[0])
    county.measure_all(verifying)
    county.act("complete_verification", verifying, county.verifiers[0])
    assert as_coordinator.post(page("declare", verifying)).status_code == 404


def test_a_record_closed_meanwhile_is_told_and_what_was_typed_is_shown(
    as_leader, county, verifying
):
    county.measure_all(verifying)
    county.act("complete_verification", verifying, county.verifiers[0])

    item = as_leader.post(
        page("measure", verifying, "NC-13"), {"verdict": "met", "basis": "现场丈量两次"}
    )
    times = as_leader.post(
        page("verify", verifying), {"started_at": "2026-03-02T08:00", "summary": "全程陪同"}
    )

    for answer, typed in ((item, "现场丈量两次"), (times, "全程陪同")):
        assert answer.status_code == 422
        assert "现为“核查合格”" in answer.content.decode()
        assert typed in answer.content.decode()


def test_a_record_that_closes_during_the_press_is_told(as_leader, county, verifying, monkeypatch):
    may = visits.may_record
    asked = iter((True, False))
    monkeypatch.setattr(visits, "may_record", lambda *who: next(asked) and may(*who))

    answer = as_leader.post(page("measure", verifying, "NC-01"), {"verdict": "met"})

    assert answer.status_code == 422


def test_a_measurement_kept_unchanged_leaves_the_signatures(as_leader, county, verifying):
    county.measure_all(verifying)
    visit = verifying.visits.get()
    kept = visit.measurements.get(item__code="NC-01")
    words = {True: "yes", False: "no"}
    data = {c: words[v] if isinstance(v, bool) else v for c, v in kept.values.items()}

    as_leader.post(page("measure", verifying, "NC-01"), data | {"verdict": "met"})
    visits.record_visit(
        visit,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        summary=visit.summary,
        actor=county.verifiers[0],
    )

    assert visit.members.filter(signed_at__isnull=False).count() == 2


def test_a_wrong_judgement_is_refused(as_leader, verifying):
    item = next(
        check
        for check in verifying.standard.items.get(code="NC-01").checks.all()
        if check.kind == "declared_qualitative"
    )

    answer = as_leader.post(page("measure", verifying, "NC-01"), {item.code: "splendid"})

    assert answer.status_code == 422


def test_the_record_shows_differences_on_request(as_leader, county, verifying):
    county.measure_all(verifying)
    measurement = verifying.visits.get().measurements.get(item__code="NC-13")
    measurement.values = measurement.values | {"NC-13-C2": 310}
    measurement.save()

    content = as_leader.get(page("verify", verifying) + "?show=differences").content.decode()

    assert page("measure", verifying, "NC-13") in content
    assert page("measure", verifying, "NC-14") not in content


def test_pages_of_the_visit_are_hidden_from_those_it_is_not_for(client, county, verifying):
    for person, pages in (
        (county.preparer, ("visit", "verify")),
        (county.verifiers[0], ("visit",)),
        (county.reviewer, ("verify",)),
    ):
        client.force_login(person)
        for name in pages:
            assert client.get(page(name, verifying)).status_code == 404, (person, name)


def test_what_does_not_apply_on_site_is_said_with_its_reason(as_leader, verifying):
    address = page("measure", verifying, "NC-12")
    rule = published(verifying.standard_id).item("NC-12")
    check = next(check for check in rule.checks if check.may_be_not_applicable)

    as_leader.post(address, {f"{check.code}-na": "本村没有流动党员", "verdict": "met"})

    measured = verifying.visits.get().measurements.get(item__code="NC-12")
    assert measured.values == {check.code: {"not_applicable": "本村没有流动党员"}}
    assert "本村没有流动党员" in as_leader.get(address).content.decode()


def test_what_an_applicant_typed_is_text_and_nothing_else(as_leader, verifying):
    answer = verifying.answers.get(item__code="NC-01")
    answer.values = answer.values | {"NC-01-C1": "<b id=evil>好</b>"}
    answer.save()

    content = as_leader.get(page("measure", verifying, "NC-01")).content.decode()

    assert "&lt;b id=evil&gt;" in content
    assert "<b id=evil>" not in content


def test_only_the_coordinator_ends_it_on_site(as_leader, verifying):
    assert (
        as_leader.post(page("reject", verifying), {"opinion": OPINION, "sure": "yes"}).status_code
        == 404
    )


def test_before_a_visit_is_arranged_there_is_no_record(as_coordinator, recommended):
    assert as_coordinator.get(page("verify", recommended)).status_code == 404


def test_a_plan_overtaken_during_the_press_is_told(
    as_coordinator, county, recommended, monkeypatch
):
    may = visits.may_change_team
    asked = iter((True, False))
    monkeypatch.setattr(visits, "may_change_team", lambda *who: next(asked) and may(*who))

    answer = as_coordinator.post(page("visit", recommended), plan(county, place="二楼"))

    assert answer.status_code == 422
    assert "二楼" in answer.content.decode()


def test_an_unknown_item_is_not_measured(as_leader, verifying):
    assert as_leader.get(page("measure", verifying, "NC-99")).status_code == 404
