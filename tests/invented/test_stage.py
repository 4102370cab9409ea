"""What an invented stage gets beside the walk (``test_walk``), and what is refused at the start."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.applications.models import FINAL_STAGES, Application, Stage
from standards import code_constraints
from tests import factories
from workflows import flow
from workflows.case.rules import is_first_reviewer
from workflows.case_pages.page import stepper
from workflows.checks import stages_are_whole
from workflows.declared import Link, Outcome, Place, Shown, Step, places, show_always, show_no_more
from workflows.flow import Course

from .mediation import MEDIATION, MEDIATOR
from .roles import named


@pytest.fixture
def stage(db):
    """One on which nothing hangs yet."""
    declared = Stage.declare("hearing", named("听证中", "Hearing"))
    code_constraints.follow(using="default")
    yield declared
    Stage.withdraw(declared)


@pytest.fixture
def mediated(county, installed):
    """An application that its reviewer has handed to the mediators."""
    application = county.at(Stage.SUBMITTED)
    county.act("mediate", application, county.reviewer)
    application.refresh_from_db()
    return application


@pytest.fixture
def as_mediator(client, county, installed):
    client.force_login(factories.seated(MEDIATOR, county.jurisdiction))
    return client


def page(client, application):
    return client.get(reverse("applications:case", args=[application.pk])).content.decode()


def leaving(stage):
    return {transition.slug for transition in Course.stage.get_outgoing_transitions(stage)}


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
        assert leaving(hearing) == {"uphold_objection", "reverify", "end_barred", "stop_notice"}
    finally:
        flow.close_stage(hearing)
        Stage.withdraw(hearing)
    assert leaving("hearing") == set()


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (Step("waiting", named("等候", "Waiting")), ["done"] * 6 + ["present"]),
        (None, ["done", "stopped", *["ahead"] * 4]),
    ],
)
def test_beside_the_main_line_it_has_a_step_of_its_own_or_stops_the_course(
    county, stage, step, states
):
    waits = Place(stage, stage.label, stage.label, "quiet", step=step, is_on_main_line=False)
    flow.open_stage(waits)
    application = county.at(Stage.RECOMMENDED)
    try:
        shown = stepper(stage, list(application.decisions.all()))
    finally:
        flow.close_stage(stage)
    assert [one.state for one in shown] == states


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
