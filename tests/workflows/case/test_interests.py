"""Roles, acts and ways to be interested: who steps aside from what, every cell written down."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from designation.applications.models import Answer, Application, Evidence, Stage
from designation.organizations.models import Person, Role
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.course import NOTICE, OPINION
from workflows import transitions
from workflows.case.records import Decision
from workflows.stages.conferral.decisions import designate
from workflows.stages.first_review import marks
from workflows.stages.first_review.models import ItemMark
from workflows.stages.objections import objections
from workflows.stages.objections.models import Objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.models import Notice, NoticeEntry, NoticeStep
from workflows.stages.verification import visits
from workflows.stages.verification.models import Visit, VisitMember

pytestmark = pytest.mark.django_db

REASON = "事实清楚，予以受理调查。"
WHO = {"name": "张三", "contact": "13800000000"}

# Ways to be interested: what is arranged for a person beside the seat of the act.


def home(place):
    def arrange(county, _application, person):
        person.home_organization = place(county)
        person.save()

    return arrange


def seat(role, place):
    def arrange(county, _application, person):
        if not person.seats.filter(role=role, organization=place(county)).exists():
            factories.SeatFactory(person=person, role=role, organization=place(county))

    return arrange


def began(_county, application, person):
    Application.objects.filter(pk=application.pk).update(created_by=person)


def answered(_county, application, person):
    Answer.objects.filter(application=application, item__code="NC-01").update(saved_by=person)


def uploaded(_county, application, person):
    Evidence.objects.filter(application=application).update(uploaded_by=person)


def marked(county, application, person):
    ItemMark.objects.create(
        application=application,
        submission=application.submission,
        item=application.standard.items.first(),
        verdict="met",
        marked_by=person,
        first_marked_at=clock.now(),
        marked_at=clock.now(),
        voided_at=clock.now(),
        voided_by=county.reviewer,
    )


def passage(name, role):
    def arrange(_county, application, person):
        Decision.objects.create(
            application=application,
            transition=name,
            from_stage=Stage.SUBMITTED,
            to_stage=Stage.RETURNED,
            actor=person,
            actor_role=role,
            at=clock.now(),
        )

    return arrange


def former_visit(application, arranged_by):
    return Visit.objects.create(
        application=application,
        planned_on=clock.today(),
        place="村部",
        arranged_by=arranged_by,
        closed_at=clock.now(),
    )


def arranged(_county, application, person):
    former_visit(application, person)


def verified(county, application, person):
    VisitMember.objects.create(visit=former_visit(application, county.coordinator), person=person)


def former_entry(county, application):
    notice = Notice.objects.create(round=county.round, proposed_by=county.coordinator, **NOTICE)
    return NoticeEntry.objects.create(
        notice=notice, application=application, dropped_at=clock.now()
    )


def step(act, role):
    def arrange(county, application, person):
        NoticeStep.objects.create(
            notice=former_entry(county, application).notice,
            act=act,
            actor=person,
            role=role,
            at=clock.now(),
        )

    return arrange


def heard(county, application, person):
    Objection.objects.create(
        entry=former_entry(county, application),
        receipt_code="FORMER2345",
        facts="面积不实",
        status=Objection.Status.REFUSED,
        received_at=clock.now(),
        handled_by=person,
        handled_at=clock.now(),
    )


def nothing(_county, _application, _person):
    """Somebody whom nothing ties to the case."""


def same_seat_elsewhere(_county, _application, person):
    """The same person holds the same role in the next county, too."""
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    for held in person.seats.all():
        place = {"jurisdiction": elsewhere}
        if held.organization_id:
            area = factories.TownshipFactory(code="341822100000", parent=elsewhere)
            place = {"organization": factories.TownshipCommitteeFactory(jurisdiction=area)}
        factories.SeatFactory(person=person, role=held.role, **place)


def village(county):
    return county.village


def body(county):
    return county.township


def neighbour_in_the_township(county):
    return factories.VillageFactory(superior=county.township)


# Columns: first review, coordination, verification, steps of the notice, objections, designation.
# "." may act, "x" steps aside.
TABLE = [
    ("nothing ties them to it", nothing, "......"),
    ("holds the same seat in another county, too", same_seat_elsewhere, "......"),
    ("belongs to the applicant by home", home(village), "xxxxxx"),
    ("prepares for the applicant", seat(Role.PREPARER, village), "xxxxxx"),
    ("is head of the applicant", seat(Role.HEAD, village), "xxxxxx"),
    ("began the application, seat since ended", began, "xxxxxx"),
    ("answered an item, seat since ended", answered, "xxxxxx"),
    ("uploaded evidence, seat since ended", uploaded, "xxxxxx"),
    ("handed it in, seat since ended", passage("submit", Role.PREPARER), "xxxxxx"),
    ("belongs to the reviewing body by home", home(body), "..x..."),
    ("belongs to another organization of its township", home(neighbour_in_the_township), "..x..."),
    ("reviews for the reviewing body", seat(Role.FIRST_REVIEWER, body), "..x..."),
    ("marked an item", marked, "..x.x."),
    ("decided at first review", passage("return_for_correction", Role.FIRST_REVIEWER), "..x.x."),
    ("decided as coordinator", passage("begin_verification", Role.COUNTY_COORDINATOR), "..x.x."),
    ("arranged a former visit", arranged, "..x.x."),
    ("verified it before", verified, ".x..x."),
    ("proposed a former notice of it", step("proposed", Role.COUNTY_COORDINATOR), "..x.x."),
    ("approved a former notice of it", step("approved", Role.DECIDING_OFFICER), "..x..."),
    ("handled a former objection to it", heard, "..x..x"),
    ("recorded a decision on it", passage("designate", Role.DECIDING_OFFICER), "..x..."),
]
COLUMNS = ("first review", "coordination", "verification", "notice", "objections", "designation")


# Acts, each through the door that the pages use.


class Act:
    """An act at a stage by a role; ``ready`` arranges what it needs, ``carry_out`` does it."""

    def __init__(self, column, stage, role, carry_out, ready=nothing):
        self.column, self.stage, self.role = column, stage, role
        self.carry_out, self.ready = carry_out, ready


def mark(_county, application, person):
    item = application.standard.items.first()
    marks.mark_all(application, {item: ("met", "")}, actor=person)


def returned(_county, application, person):
    transitions.perform(
        "return_for_correction",
        application.pk,
        actor=person,
        act=transitions.Act(corrections={"NC-01": "请补正本条"}),
    )


def name_the_team(county, application, person):
    arrange(county, application, county.verifiers, person)


def be_named(county, application, person):
    arrange(county, application, [county.verifiers[0], person], county.coordinator)


def arrange(_county, application, team, actor):
    visits.arrange(
        application,
        planned_on=clock.today(),
        place="村部",
        team=team,
        leader=team[0],
        actor=actor,
    )


def plan(county, application, _person):
    arrange(county, application, county.verifiers, county.coordinator)


def member(application, person):
    """The person in the place of the leader: tied to the case only after being named."""
    visit = application.visits.get(closed_at=None)
    visit.members.filter(is_leader=True).update(person=person)
    return visit.members.select_related("visit__application", "person").get(person=person)


def declare(_county, application, person):
    visits.declare_no_interest(member(application, person))


def measure(_county, application, person):
    visit = member(application, person).visit
    item = application.standard.items.first()
    visits.measure(visit, item, values={}, verdict="met", basis="看过", actor=person)


def time_the_visit(_county, application, person):
    visit = member(application, person).visit
    visits.record_visit(visit, actor=person, summary="已到现场")


def sign(_county, application, person):
    visits.sign(member(application, person))


def measured(county, application, _person):
    county.measure_all(application)


def complete(_county, application, person):
    member(application, person)
    transitions.perform("complete_verification", application.pk, actor=person)


def propose(county, application, person):
    notices.propose(county.round, NOTICE, [application], actor=person)


def proposed(county, application, _person):
    notices.propose(county.round, NOTICE, [application], actor=county.coordinator)


def reviewed(county, application, person):
    proposed(county, application, person)
    notices.review_secrecy(drafted(application), actor=county.secrecy_reviewer)


def approved(county, application, person):
    reviewed(county, application, person)
    notices.approve(drafted(application), actor=county.deciding_officer)


def drafted(application):
    return application.notice_entries.get(dropped_at=None).notice


def on_the_notice(step, **more):
    return lambda _county, application, person: step(drafted(application), actor=person, **more)


def objected(county, application, _person):
    entry = application.notice_entries.get(dropped_at=None)
    objections.raise_objection(entry, facts="面积不实", identity=WHO)


def raised(application):
    return Objection.objects.select_related("entry__application").get(
        entry__application=application, entry__dropped_at=None
    )


def accept(_county, application, person):
    objections.accept(raised(application), reason=REASON, actor=person)


def look_at_who(_county, application, person):
    objections.identity(raised(application), actor=person)


def enter(_county, application, person):
    objections.raise_objection(
        application.notice_entries.get(dropped_at=None),
        facts="来电反映",
        identity=None,
        channel="phone",
        actor=person,
    )


def read(_county, application, person):
    """Reading is scoping: what is not theirs is not there."""
    if not objections.in_scope(person).filter(pk=raised(application).pk).exists():
        raise Refusal([])


def closed(county, application, _person):
    notices.close_register(drafted(application), actor=county.objection_officer)


def decide(county, application, person):
    designate(
        county.round,
        [application],
        document_number="青发〔2026〕1号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        actor=person,
    )


ACTS = {
    "mark": Act(0, Stage.SUBMITTED, Role.FIRST_REVIEWER, mark),
    "return": Act(0, Stage.SUBMITTED, Role.FIRST_REVIEWER, returned),
    "return at the county": Act(1, Stage.RECOMMENDED, Role.COUNTY_COORDINATOR, returned),
    "name the team": Act(1, Stage.RECOMMENDED, Role.COUNTY_COORDINATOR, name_the_team),
    "be named": Act(2, Stage.RECOMMENDED, Role.VERIFIER, be_named),
    "declare": Act(2, Stage.RECOMMENDED, Role.VERIFIER, declare, plan),
    "measure": Act(2, Stage.VERIFYING, Role.VERIFIER, measure),
    "time the visit": Act(2, Stage.VERIFYING, Role.VERIFIER, time_the_visit),
    "sign": Act(2, Stage.VERIFYING, Role.VERIFIER, sign),
    "complete": Act(2, Stage.VERIFYING, Role.VERIFIER, complete, measured),
    "propose": Act(3, Stage.CHOSEN, Role.COUNTY_COORDINATOR, propose),
    "review for secrecy": Act(
        3, Stage.CHOSEN, Role.SECRECY_REVIEWER, on_the_notice(notices.review_secrecy), proposed
    ),
    "send back": Act(
        3,
        Stage.CHOSEN,
        Role.SECRECY_REVIEWER,
        on_the_notice(notices.send_back, reason="会议名称与纪要不一致，请核对。"),
        proposed,
    ),
    "approve": Act(
        3, Stage.CHOSEN, Role.DECIDING_OFFICER, on_the_notice(notices.approve), reviewed
    ),
    "publish": Act(
        3, Stage.CHOSEN, Role.NOTICE_PUBLISHER, on_the_notice(notices.publish), approved
    ),
    "close the register": Act(
        3,
        Stage.AWAITING_DESIGNATION,
        Role.OBJECTION_OFFICER,
        on_the_notice(notices.close_register),
    ),
    "accept an objection": Act(4, Stage.ON_NOTICE, Role.OBJECTION_OFFICER, accept, objected),
    "look at who objected": Act(4, Stage.ON_NOTICE, Role.OBJECTION_OFFICER, look_at_who, objected),
    "read an objection": Act(4, Stage.ON_NOTICE, Role.OBJECTION_OFFICER, read, objected),
    "enter an objection": Act(4, Stage.ON_NOTICE, Role.OBJECTION_OFFICER, enter),
    "designate": Act(5, Stage.AWAITING_DESIGNATION, Role.DECIDING_OFFICER, decide, closed),
}


def may(act, way, county, application):
    """Whether the act is carried out by somebody interested in this way; nothing of it stays."""
    place = county.township if act.role == Role.FIRST_REVIEWER else county.jurisdiction
    with transaction.atomic():
        made = factories.seated(act.role, place)
        way(county, application, made)
        person = Person.objects.get(pk=made.pk)
        try:
            act.carry_out(county, Application.objects.get(pk=application.pk), person)
        except Refusal:
            allowed = False
        else:
            allowed = True
        transaction.set_rollback(True)
    return allowed


@pytest.mark.parametrize("name", ACTS)
def test_who_is_interested_steps_aside_from_the_act(county, held_clock, name):
    act = ACTS[name]
    application = county.at(act.stage, wait=held_clock.move_to)
    # Made before the first savepoint, which takes back whom it made.
    assert county.verifiers
    assert county.coordinator
    act.ready(county, application, None)

    found = {words: may(act, way, county, application) for words, way, _answers in TABLE}

    assert found == {words: answers[act.column] == "." for words, _way, answers in TABLE}


def test_every_column_has_an_act():
    assert {COLUMNS[act.column] for act in ACTS.values()} == set(COLUMNS)
    assert {len(answers) for _words, _way, answers in TABLE} == {len(COLUMNS)}


# The same over HTTP, for some


@pytest.fixture
def browser(client):
    def go(person, name, *arguments, **typed):
        client.force_login(person)
        address = reverse(name, args=arguments)
        return client.post(address, typed) if typed else client.get(address)

    return go


def both_seats(county, person, role):
    factories.SeatFactory(person=person, role=role, jurisdiction=county.jurisdiction)
    return Person.objects.get(pk=person.pk)


def test_the_form_of_the_team_says_why_each_steps_aside_and_offers_none_of_them(browser, county):
    application = county.at(Stage.RECOMMENDED)
    reviewer = both_seats(county, county.reviewer, Role.VERIFIER)
    coordinator = both_seats(county, county.coordinator, Role.VERIFIER)

    content = browser(coordinator, "applications:visit", application.pk).content.decode()

    assert f"{reviewer.full_name}（来自初审机构、初审过这份申报）" in content
    assert f"{coordinator.full_name}（正在经办这份申报）" in content
    for person in (reviewer, coordinator):
        assert f'name="team" value="{person.pk}"' not in content
        answer = browser(
            coordinator,
            "applications:visit",
            application.pk,
            planned_on="2026-03-04",
            place="村部",
            team=[person.pk, county.verifiers[0].pk],
            leader=person.pk,
        )
        assert answer.status_code == 422


def test_a_coordinator_who_planned_the_visit_is_not_named_by_the_next(county):
    application = county.at(Stage.RECOMMENDED)
    plan(county, application, None)
    first = both_seats(county, county.coordinator, Role.VERIFIER)
    second = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
    arrange(county, application, county.verifiers, second)

    with pytest.raises(Refusal, match="经办过这份申报"):
        arrange(county, application, [county.verifiers[0], first], second)


def test_somebody_who_is_no_verifier_of_the_area_is_not_named(county):
    application = county.at(Stage.RECOMMENDED)
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")

    for person in (county.publisher, factories.seated(Role.VERIFIER, elsewhere)):
        with pytest.raises(Refusal) as refused:
            arrange(county, application, [county.verifiers[0], person], county.coordinator)
        assert refused.value.codes == ("not_a_verifier",)


def test_a_member_who_became_interested_is_told_why_and_reads_nothing_of_the_record(
    browser, county
):
    application = county.at(Stage.VERIFYING)
    tied = county.verifiers[1]
    visits.measure(
        application.visits.get(),
        application.standard.items.first(),
        values={},
        verdict="not_met",
        basis="现场少两间活动室",
        actor=county.verifiers[0],
    )
    seat(Role.HEAD, village)(county, application, tied)

    shown = browser(tied, "applications:verify", application.pk)
    assert "您应当回避这次核查：来自申报单位" in shown.content.decode()
    assert "现场少两间活动室" not in shown.content.decode()
    assert (
        "现场少两间活动室"
        not in browser(tied, "applications:case", application.pk).content.decode()
    )
    for name, arguments, typed in (
        ("declare", (), {"x": "1"}),
        ("sign", (), {"x": "1"}),
        ("verify", (), {"started_at": "2026-03-02T08:00"}),
        ("measure", ("NC-01",), {"verdict": "met"}),
    ):
        answer = browser(tied, f"applications:{name}", application.pk, *arguments, **typed)
        assert answer.status_code == 422, name
        assert "来自申报单位" in answer.content.decode(), name


def test_an_objection_is_sealed_to_the_officer_of_the_organization_objected_to(
    browser, county, held_clock
):
    application = county.at(Stage.ON_NOTICE)
    objected(county, application, None)
    found = raised(application)
    tied = factories.seated(
        Role.OBJECTION_OFFICER, county.jurisdiction, home_organization=county.village
    )
    notice = drafted(application)

    for name, key in (("objection", found.pk), ("identity", found.pk)):
        typed = {"x": "1"} if name == "identity" else {}
        assert browser(tied, f"notices:{name}", key, **typed).status_code == 404
    assert (
        browser(tied, "notices:objection", found.pk, act="accept", reason=REASON).status_code == 404
    )
    assert browser(tied, "notices:enter", found.entry_id).status_code == 404
    for page in ("home", "notices:desk"):
        content = browser(tied, page).content.decode()
        assert found.receipt_code not in content
        assert "件异议还没有办结" not in content
    content = browser(tied, "notices:manage", notice.pk).content.decode()
    assert found.receipt_code not in content
    assert "您须回避：对它的异议由其他受理人办理" in content
    held_clock.move(timedelta(minutes=1))
    other = browser(county.objection_officer, "notices:manage", notice.pk).content.decode()
    assert found.receipt_code in other


def test_a_deciding_officer_of_an_applicant_is_told_before_pressing(browser, county, held_clock):
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    closed(county, application, None)
    county.deciding_officer.home_organization = county.village
    county.deciding_officer.save()

    content = browser(county.deciding_officer, "designations:designate", county.round.pk)

    assert "应当回避" in content.content.decode()
    assert f'value="{application.pk}"' not in content.content.decode()


def test_the_opinion_of_a_reviewer_who_steps_aside_is_refused(browser, county):
    application = county.at(Stage.SUBMITTED)
    county.reviewer.home_organization = county.village
    county.reviewer.save()

    answer = browser(
        county.reviewer,
        "applications:decide",
        application.pk,
        decision="reject",
        opinion=OPINION,
    )

    assert answer.status_code == 404
    assert Application.objects.get().stage == Stage.SUBMITTED
