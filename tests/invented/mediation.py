"""An invented stage: what the first reviewer hands to the mediators of the area, for nine days.

A role, a stage with its page and its term, three passages and their gate, declared as a room of
the house declares its own. When nobody has agreed in time, time itself gives it back.
"""

from datetime import timedelta

from designation.applications.models import Stage
from designation.organizations.roles import HeldIn, Office, Role
from designation.organizations.rules import seats
from workflows import flow
from workflows.case.rules import is_first_reviewer, is_the_system, lets_in
from workflows.declared import Link, Passage, Place, Step, Way
from workflows.findings import GateFinding

from .roles import named

MEDIATION, MEDIATOR = "mediation", "mediator"
TAKES, AT_LEAST = timedelta(days=9), timedelta(days=1)
PASSAGES = ("mediate", "agree", "run_out")


def both_sides_have_been_heard(case):
    if case.now < case.application.stage_since + AT_LEAST:
        yield GateFinding("too_early", "听取双方意见", "调解至少一天。")


def declare():
    """What an app of its own does when it starts."""
    role = Role.declare(
        MEDIATOR,
        named("调解员", "Mediator"),
        office=Office.COUNTY_OFFICE,
        held_in=HeldIn.JURISDICTION,
    )
    stage = Stage.declare(MEDIATION, named("调解中", "In mediation"))

    @lets_in(role)
    def is_mediator(case, person):
        return seats(person).holds_over(case.application.area_code, role)

    record = Link("applications:sheet", named("调解记录", "Record of the mediation"), is_mediator)
    flow.open_stage(
        Place(
            stage,
            words=stage.label,
            words_for_applicant=named("正在调解，请等候通知", "In mediation, please wait"),
            tone="noticed",
            step=Step(MEDIATION, named("调解", "Mediation")),
            holder=role,
            due=lambda case: case.now + TAKES,
            then="run_out",
            links=(record,),
            after=Stage.RETURNED,
        )
    )
    ways = {
        "mediate": (named("交付调解", "Mediate"), is_first_reviewer, Stage.SUBMITTED, stage),
        "agree": (named("调解达成一致", "Agree"), is_mediator, stage, Stage.RECOMMENDED),
        "run_out": (named("调解期满", "Run out"), is_the_system, stage, Stage.SUBMITTED),
    }
    for name, (label, rule, source, target) in ways.items():
        passage = Passage(
            name,
            ways=(Way(label, rule),),
            gate=(both_sides_have_been_heard,) if name == "agree" else (),
            sentence=named(f"%(organization)s：{label}。", "%(organization)s: mediation."),
        )
        flow.open_way(passage, source=source, target=target)


def take_back():
    """What no app does: as if it had never been installed."""
    for name in PASSAGES:
        flow.close_way(name)
    flow.close_stage(MEDIATION)
    Stage.withdraw(Stage(MEDIATION))
    Role.withdraw(Role(MEDIATOR))
