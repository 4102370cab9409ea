"""An invented term with an invented consequence: time carries a passage that no module knows."""

from copy import copy

import pytest
from django.utils import translation

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.calendar import awaited, by_time, terms
from designation.calendar.awaited import Kind
from designation.calendar.terms import Ending, Whose
from designation.organizations.models import Role
from designation.site import clock
from notifications import delivery
from notifications.models import Message
from workflows import door, flow
from workflows.case.rules import is_the_system
from workflows.declared import OnTerm, Passage, Way
from workflows.findings import GateFinding

from .roles import named

pytestmark = pytest.mark.django_db
PROMISED = "本单位承诺另行申报。"


def nothing_was_promised(case):
    if case.application.summary == PROMISED:
        yield GateFinding("promised", "没有承诺", "单位已作出承诺。")


@pytest.fixture
def lapse(monkeypatch):
    """What nobody has taken up after a year lapses."""
    monkeypatch.setattr(awaited, "_KINDS", copy(awaited._KINDS))
    monkeypatch.setattr(awaited, "_CONSEQUENCES", copy(awaited._CONSEQUENCES))
    flow.open_way(
        Passage(
            "lapse",
            ways=(Way(named("失效", "Lapse"), is_the_system),),
            gate=(nothing_was_promised,),
            sentence=named("%(organization)s的申报已失效。", "%(organization)s has lapsed."),
            on_term=OnTerm.OVERTAKES,
        ),
        source=Stage.RECOMMENDED,
        target=Stage.REJECTED,
    )
    awaited.follows("application.lapse", door.by_time("application.lapse"))
    awaited.register(Kind("applicant.year", named("一年内办结", "One year"), "application.lapse"))
    yield
    flow.close_way("lapse")


@pytest.fixture
def recommended(county, lapse):
    application = county.at(Stage.RECOMMENDED)
    terms.begin(
        "applicant.year",
        about=application,
        at=clock.now(),
        days=20,
        whose=Whose(Role.HEAD, application.organization_id, application.area_code),
    )
    return application


def own_term(application):
    return terms.open_terms(application).filter(kind="applicant.year").first()


def test_when_it_is_over_time_carries_the_passage_and_all_is_recorded_and_told(
    county, recommended, held_clock
):
    stages_own, ours = recommended.term, own_term(recommended)
    held_clock.move_to(ours.due_at)

    assert by_time.carry_out()["application.lapse"] == 1

    recommended.refresh_from_db()
    decision = recommended.decisions.get(transition="lapse")
    event = AuditEvent.objects.get(action="application.lapse")
    delivery.deliver_waiting()
    told = Message.objects.filter(person=county.head).order_by("-pk").first()
    assert (recommended.stage, recommended.term) == (Stage.REJECTED, None)
    assert (decision.actor, decision.actor_role) == (None, "system")
    assert (event.actor, event.actor_role) == (None, "system")
    assert told.subject == f"{county.village.name_zh}的申报已失效。"
    stages_own.refresh_from_db()
    ours.refresh_from_db()
    assert (stages_own.ended_as, ours.ended_as) == (Ending.OVERTAKEN, Ending.OVER)
    assert not +by_time.carry_out()


def test_a_shut_gate_keeps_it_back_until_it_opens(recommended, held_clock):
    held_clock.move_to(own_term(recommended).due_at)
    rows = type(recommended).objects.filter(pk=recommended.pk)
    rows.update(summary=PROMISED)
    assert by_time.carry_out()["application.lapse"] == 0

    rows.update(summary="")
    assert by_time.carry_out()["application.lapse"] == 1


def test_nobody_presses_it_before_or_after(county, recommended, held_clock):
    held_clock.move_to(own_term(recommended).due_at)

    assert "lapse" not in {
        transition.slug
        for transition, _found in door.offered(
            "application", flow.Case(recommended, actor=county.coordinator), county.coordinator
        )
    }


def test_what_is_awaited_has_its_words_in_both_languages(lapse):
    with translation.override("en"):
        assert str(awaited.kind("applicant.year").words) == "One year"
