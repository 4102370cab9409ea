"""No dead end: whatever was handed in, some person of the county ends it or moves it on.

Each does so through the door, in a county whose applicants do nothing more; so a way that is
declared and that no gate ever lets through would be found here.
"""

from datetime import timedelta

import pytest

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application, Stage
from designation.organizations.models import Role, Seat
from designation.organizations.roles import Office
from tests.course import OPINION
from tests.hearings import heard
from workflows.stages.objections import objections

pytestmark = pytest.mark.django_db

BY_THE_COUNTY = {Office.COUNTY_OFFICE, Office.REVIEWING_BODY}


def presses(name, who, **act):
    def run(county, application, _clock):
        county.act(name, application, getattr(county, who), **{"opinion": OPINION, **act})

    return run


def ends_the_correction(county, application, clock):
    """Once its last day is over; until then it is the applicant's."""
    clock.move(timedelta(days=40))
    presses("end_overdue", "coordinator")(county, application, clock)


def upholds_an_objection(county, application, _clock):
    """One that came in by telephone is entered by the officer."""
    raised = objections.raise_objection(
        application.notice_entries.get(),
        facts="来电反映活动场所面积不实。",
        identity=None,
        channel="phone",
        actor=county.objection_officer,
    )
    objections.accept(raised, reason=OPINION, actor=county.objection_officer)
    objections.uphold(
        heard(raised), finding=OPINION, reverify=False, actor=county.objection_officer
    )


# What is done at each stage, and where it leads.
WAYS = {
    Stage.SUBMITTED: (presses("reject", "reviewer"), Stage.REJECTED),
    Stage.RETURNED: (ends_the_correction, Stage.REJECTED),
    Stage.RECOMMENDED: (presses("reject", "coordinator"), Stage.REJECTED),
    Stage.VERIFYING: (presses("reject", "coordinator"), Stage.REJECTED),
    Stage.VERIFIED: (presses("return_to_review", "coordinator"), Stage.SUBMITTED),
    Stage.CHOSEN: (presses("put_back", "coordinator"), Stage.VERIFIED),
    Stage.RESERVE: (presses("put_back", "coordinator"), Stage.VERIFIED),
    Stage.ON_NOTICE: (upholds_an_objection, Stage.REJECTED),
    Stage.AWAITING_DESIGNATION: (presses("decline", "deciding_officer"), Stage.REJECTED),
}


def brought_to(stage, county, clock):
    if stage == Stage.RETURNED:
        application = county.at(Stage.SUBMITTED)
        county.act(
            "return_for_correction", application, county.reviewer, corrections={"NC-13": "补依据"}
        )
    elif stage == Stage.RESERVE:
        # The one place is taken, so that it cannot move up.
        county.round_category.quota = 1
        county.round_category.save()
        application = county.at(Stage.VERIFIED)
        county.choose(county.beside().at(Stage.VERIFIED), reserve=[application])
    else:
        application = county.at(stage, wait=clock.move_to)
    return Application.objects.get(pk=application.pk)


def test_every_stage_after_submission_is_tried():
    """Those in which a course can stand: one more has to say here who gets it out again."""
    assert set(WAYS) == {*Stage} - {*FINAL_STAGES, *PRIVATE_STAGES}


@pytest.mark.parametrize("stage", WAYS)
def test_somebody_of_the_county_ends_or_moves_it_without_the_applicant(county, held_clock, stage):
    application = brought_to(stage, county, held_clock)
    assert application.stage == stage
    act, leads_to = WAYS[stage]

    act(county, application, held_clock)

    moved = Application.objects.get(pk=application.pk)
    assert moved.stage == leads_to != stage
    last = moved.decisions.latest("pk")
    assert Role(last.actor_role).office in BY_THE_COUNTY
    assert not Seat.objects.filter(person=last.actor, organization=county.village).exists()


def test_what_goes_back_can_be_ended_in_turn(county, held_clock):
    """From the last stage to the first, and out, by the county alone."""
    application = brought_to(Stage.RESERVE, county, held_clock)

    for name, who in (
        ("put_back", "coordinator"),
        ("return_to_review", "coordinator"),
        ("reject", "reviewer"),
    ):
        presses(name, who)(county, Application.objects.get(pk=application.pk), held_clock)

    assert Application.objects.get(pk=application.pk).stage == Stage.REJECTED
