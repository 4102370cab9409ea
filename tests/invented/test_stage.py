"""An invented stage goes wherever a stage goes: words, tone, holder, page, clock, ways in and out.

No module of the product knows of it: it is declared as an app of its own would.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.applications.models import FINAL_STAGES, Application, Stage
from designation.organizations.rules import seats
from designation.site import clock
from notifications import delivery
from notifications.models import Message
from standards import code_constraints
from tests import factories
from workflows import flow
from workflows.case.rules import is_first_reviewer, lets_in
from workflows.checks import stages_are_whole
from workflows.declared import (
    Link,
    Outcome,
    Passage,
    Place,
    Shown,
    Step,
    Way,
    places,
    show_always,
    show_no_more,
)
from workflows.flow import Course

from .roles import mediator, named

MEDIATION = "mediation"
TAKES = timedelta(days=9)


@pytest.fixture
def role():
    with mediator() as declared:
        yield declared


@pytest.fixture
def stage(db):
    declared = Stage.declare(MEDIATION, named("调解中", "In mediation"))
    code_constraints.follow(using="default")
    yield declared
    Stage.withdraw(declared)


@pytest.fixture
def mediation(role, stage):
    """Between first review and verification: held by the mediators of the area."""

    @lets_in(role)
    def is_mediator(case, person):
        return seats(person).holds_over(case.application.area_code, role)

    place = Place(
        stage,
        words=stage.label,
        words_for_applicant=named("正在调解，请等候通知", "In mediation, please wait"),
        tone="noticed",
        step=Step("mediation", named("调解", "Mediation")),
        holder=role,
        due=lambda case: case.now + TAKES,
        links=(
            Link("applications:sheet", named("调解记录", "Record of the mediation"), is_mediator),
        ),
        after=Stage.RETURNED,
    )
    ways = {
        "mediate": (Way(named("交付调解", "Mediate"), is_first_reviewer), Stage.SUBMITTED, stage),
        "agree": (Way(named("调解达成一致", "Agree"), is_mediator), stage, Stage.RECOMMENDED),
    }
    flow.open_stage(place)
    for name, (way, source, target) in ways.items():
        said = named(f"%(organization)s：{way.label}。", "%(organization)s: mediation.")
        passage = Passage(name, ways=(way,), gate=(), sentence=said)
        flow.open_way(passage, source=source, target=target)
    yield place
    for name in ways:
        flow.close_way(name)
    flow.close_stage(place.stage)


@pytest.fixture
def as_mediator(client, county, role):
    client.force_login(factories.seated(role, county.jurisdiction))
    return client


@pytest.fixture
def mediated(county, mediation):
    """An application that its reviewer has handed to the mediators."""
    application = county.at(Stage.SUBMITTED)
    county.act("mediate", application, county.reviewer)
    application.refresh_from_db()
    return application


def page(client, application):
    return client.get(reverse("applications:case", args=[application.pk])).content.decode()


def press(client, application, name):
    address = reverse("applications:perform", args=[application.pk, name])
    return client.post(address, {"version": application.version})


def leaving(stage):
    return {transition.slug for transition in Course.stage.get_outgoing_transitions(stage)}


def test_it_is_handed_to_its_holder_until_its_day(client, county, mediation, role, held_clock):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)
    assert "交付调解" in page(client, application)

    assert press(client, application, "mediate").status_code == 302

    application.refresh_from_db()
    assert (application.stage, application.holder_role) == (MEDIATION, role)
    assert application.due_at == clock.now() + TAKES
    assert application.holder_organization is None


def test_its_holder_finds_it_on_the_desk_with_its_page_and_its_way_out(mediated, as_mediator):
    desk = as_mediator.get(reverse("home")).content.decode()
    shown = page(as_mediator, mediated)

    assert mediated.organization.name_zh in desk
    assert reverse("applications:sheet", args=[mediated.pk]) in shown.split('id="now"')[1]
    assert "调解记录" in shown
    assert "tone-noticed" in shown

    assert press(as_mediator, mediated, "agree").status_code == 302

    mediated.refresh_from_db()
    assert mediated.stage == Stage.RECOMMENDED
    assert mediated.decisions.last().from_stage == MEDIATION


def test_the_applicant_may_withdraw_from_it_as_from_any_stage_before_the_notice(
    mediated, client, county
):
    client.force_login(county.head)
    address = reverse("applications:withdraw", args=[mediated.pk])
    assert address in page(client, mediated)

    assert client.post(address, {"version": mediated.version}).status_code == 302

    mediated.refresh_from_db()
    assert mediated.stage == Stage.WITHDRAWN


def test_an_objection_may_end_it_where_it_stands_before_the_public(db):
    """And then the applicant withdraws no more."""
    hearing = Stage.declare("hearing", named("听证中", "Hearing"), is_noticed=True)
    flow.open_stage(Place(hearing, hearing.label, hearing.label, "noticed"))
    try:
        assert leaving(hearing) == {"uphold_objection", "reverify"}
    finally:
        flow.close_stage(hearing)
        Stage.withdraw(hearing)
    assert leaving("hearing") == set()


def test_it_may_be_noted_that_a_person_read_the_case_there(stage, county, client):
    read = []
    flow.open_stage(
        Place(
            stage,
            stage.label,
            stage.label,
            "noticed",
            when_read=lambda case, person: read.append((case.application.pk, person)),
        )
    )
    application = county.at(Stage.SUBMITTED)
    Application.objects.filter(pk=application.pk).update(stage=stage)
    client.force_login(county.reviewer)
    try:
        page(client, application)
    finally:
        flow.close_stage(stage)
    assert read == [(application.pk, county.reviewer)]


def test_what_cases_lead_to_and_pages_of_no_stage_are_declared_as_well(mediated, as_mediator):
    shown = (
        Outcome(named("调解书", "Settlement"), "notices:detail", lambda _case: ("第7号", 7)),
        Outcome(named("仲裁", "Arbitration"), "notices:detail", lambda _case: None),
        Link(
            "applications:sheet",
            named("打印调解书", "Print it"),
            lambda _case, _person: True,
            shown=Shown.BELOW,
        ),
    )
    show_always(*shown)
    try:
        content = page(as_mediator, mediated)
    finally:
        show_no_more(*shown)

    assert f'<a href="{reverse("notices:detail", args=[7])}">第7号</a>' in content
    assert "仲裁" not in content
    assert "打印调解书" in content.split('id="picture"')[1]
    assert "打印调解书" not in page(as_mediator, mediated)


def test_the_applicant_reads_their_own_words_and_is_told(mediated, client, county):
    client.force_login(county.head)

    shown = page(client, mediated)
    delivery.deliver_waiting()

    assert "正在调解，请等候通知" in shown
    assert "调解记录" not in shown
    told = Message.objects.filter(person=county.head).order_by("-pk").first()
    assert told.subject == f"{county.village.name_zh}：交付调解。"


def test_steps_and_picture_hold_it_in_its_place(mediated, as_mediator):
    shown = as_mediator.get(reverse("applications:case", args=[mediated.pk]))

    steps = [(step.label, step.state) for step in shown.context["steps"]]
    main_line = [(place.label, place.onward) for place in shown.context["picture"][0]]
    assert steps[1:4] == [("初审", "done"), ("调解", "present"), ("县级核验", "ahead")]
    assert main_line[2:4] == [("待审核", "交付调解"), ("调解中", "调解达成一致")]
    assert main_line[4][0] == "已推荐"


def test_lists_find_it_and_the_log_says_it_in_words(mediated, client, county):
    client.force_login(county.coordinator)
    found = client.get(reverse("applications:list"), {"stage": MEDIATION}).content.decode()
    client.force_login(factories.seated("audit_administrator", county.jurisdiction))
    log = client.get(reverse("audit:list")).content.decode()

    assert mediated.organization.name_zh in found
    assert '<option value="mediation" selected>' in found
    assert "交付调解" in log
    assert "调解中" in log


def test_the_database_takes_what_is_declared_and_nothing_else(mediated):
    rows = Application.objects.filter(pk=mediated.pk)

    assert rows.update(stage=MEDIATION) == 1
    with pytest.raises(IntegrityError, match="application_stage_known"), transaction.atomic():
        rows.update(stage="limbo")


def test_a_stage_on_which_nothing_hangs_is_told_at_the_start(stage):
    assert [one.id for one in stages_are_whole()] == ["workflows.E001"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"stage": "limbo"}, "workflows.E002"),
        ({"towards": ("fly",)}, "workflows.E003"),
        ({"links": (Link("applications:nowhere", "", is_first_reviewer),)}, "workflows.E004"),
    ],
)
def test_a_place_that_leads_nowhere_is_told_at_the_start(said, code, stage):
    declared = {"stage": stage, "words": "", "words_for_applicant": "", "tone": "quiet"} | said
    flow.open_stage(Place(**declared))
    try:
        assert code in [one.id for one in stages_are_whole()]
    finally:
        flow.close_stage(declared["stage"])


def test_a_page_of_no_stage_that_is_not_there_is_told_at_the_start():
    nowhere = Outcome("", "applications:nowhere", lambda _case: None)
    show_always(nowhere)
    try:
        assert [one.id for one in stages_are_whole()] == ["workflows.E005"]
    finally:
        show_no_more(nowhere)


def test_it_may_be_an_end(db):
    ended = Stage.declare("lapsed", named("已失效", "Lapsed"), is_end=True)
    try:
        assert "lapsed" in FINAL_STAGES
        assert Application(stage=ended).is_final
    finally:
        Stage.withdraw(ended)


def test_nothing_of_it_is_left():
    assert MEDIATION not in places()
    assert MEDIATION not in Stage
    assert stages_are_whole() == []
