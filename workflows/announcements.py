"""Who is told of what in this room: each stage declares its own."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import subjects
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person
from designation.register import notices as notices_of_titles
from designation.rounds import definitions

from . import passage_events, reminding, stage_reminders, term_reminders
from .bars import announcements as bars
from .case import concerned
from .case.scoping import visible_applications
from .desk import announcements as daily
from .stages.appeals import announcements as appeals
from .stages.appeals.subject import APPEAL
from .stages.conferral import announcements as titles
from .stages.first_review import preview
from .stages.objections import announcements as objections
from .stages.objections.subject import HEARING, LONGER, OBJECTION
from .stages.opinions import announcements as opinions
from .stages.public_notice import announcements as notices
from .stages.public_notice import noticed_titles
from .stages.selection import announcements as selections
from .stages.self_assessment import announcements as self_assessments
from .stages.verification import announcements as visits
from .stages.verification import team


def declare() -> None:
    subjects.register(
        "applications.application",
        SubjectKind(
            opens=_("查看申报"),
            page=lambda application: ("applications:case", [application.pk]),
            may_see=_may_see,
        ),
    )
    subjects.register("workflows.objection", OBJECTION)
    subjects.register("workflows.hearing", HEARING)
    subjects.register("workflows.longerasked", LONGER)
    subjects.register("workflows.appeal", APPEAL)
    daily.declare()
    definitions.named_by(concerned.who_applies, team.who_verifies)
    preview.told_by(passage_events.would_be_told)
    passage_events.declare()
    passage_events.listen()
    term_reminders.declare()
    stage_reminders.listen()
    reminding.declare()
    bars.declare()
    notices_of_titles.found_by(noticed_titles.notice_of)
    for stage in (
        self_assessments,
        visits,
        opinions,
        selections,
        notices,
        objections,
        titles,
        appeals,
    ):
        stage.declare()


def _may_see(person: Person, application: str) -> bool:
    return visible_applications(person).filter(pk=application).exists()
