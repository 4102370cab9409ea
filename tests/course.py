"""Walking an application through its course, by the public functions that the pages call.

``County`` arranges a small county with a person in each seat; ``County.at(stage)`` gives an
application that has come as far as ``stage``.
"""

import copy
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from designation.applications import evidence
from designation.applications.models import Answer, Application, Conclusion, Stage
from designation.organizations.models import Role
from designation.site import clock
from standards import examples, values
from standards.catalogue import published
from standards.engine.evaluation import CONDITION
from tests.terms import end_those_over
from workflows import transitions
from workflows.case.facts import Act
from workflows.case.records import Correction
from workflows.stages.conferral.decisions import designate
from workflows.stages.first_review import marks
from workflows.stages.public_notice import notices
from workflows.stages.selection import choosing
from workflows.stages.selection.candidates import verified
from workflows.stages.selection.order import Outcome
from workflows.stages.selection.reserve import last_number
from workflows.stages.verification import visits
from workflows.stages.verification.models import Measurement

from . import factories

TERM_BEGAN_ON = date(2021, 3, 1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OPINION = "经审核,各项指标达到标准,同意。"
NOTICE = {
    "title": "关于拟命名示范点名单的公示",
    "basis": "依据本县评定方案",
    "procedure": "经自评、初审、县级核验,并经会议研究",
    "meeting_name": "县委常委会会议",
    "meeting_on": date(2026, 3, 2),
    "meeting_attendance": "应到9人,实到9人",
    "meeting_result": "一致同意",
    "contact_unit": "县委组织部",
    "contact_phone": "0563-0000000",
    "contact_email": "",
    "contact_address": "青山县行政中心",
}


def passing_value(check, stage="self_assessment"):
    """A value that satisfies ``check`` at ``stage``, in its JSON form."""
    if check.kind == "declared_qualitative":
        return "conforms" if stage == "verification" else "已按要求落实，有会议记录。"
    if check.kind in ("must_be_true", "must_be_false", CONDITION):
        return check.kind != "must_be_false"
    if check.rate:
        return dict.fromkeys(check.rate, max(check.least, 1))
    return values.to_json(examples.just_passing(check, judged=stage == "verification"))


def standard_items(application):
    """Pairs of the stored item and the engine's item, in order."""
    rules = published(application.standard_id)
    return [(item, rules.item(item.code)) for item in application.standard.items.order_by("order")]


def write_rows(rows):
    """Arrange one row an item in a single statement, over those that are there already."""
    rows = list(rows)
    of, *rest = (f.name for f in rows[0]._meta.concrete_fields if not f.primary_key)
    type(rows[0]).objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[of, "item"],
        update_fields=[name for name in rest if name != "item"],
    )


MEETING = choosing.Meeting(
    name=NOTICE["meeting_name"],
    held_on=NOTICE["meeting_on"],
    attendance=NOTICE["meeting_attendance"],
    stood_aside="无",
    result=NOTICE["meeting_result"],
)


def said_of(entry, outcomes):
    """What a meeting says of each key; those in reserve it numbers as they come here."""
    number = last_number(entry.round_id, entry.category)
    said = {}
    for pk, outcome in outcomes.items():
        number += outcome == Outcome.RESERVE
        said[pk] = choosing.Said(outcome, number if outcome == Outcome.RESERVE else None)
    return said


class County:
    """A county with a round open for villages, and a person in each seat."""

    def __init__(self):
        self.round_category = factories.RoundCategoryFactory()
        self.round = self.round_category.round
        self.jurisdiction = self.round.jurisdiction
        factories.define_terms(self.jurisdiction)
        self.village = factories.VillageFactory()
        self.township = self.village.superior

    def _seat(self, role, place):
        return factories.seated(role, place)

    @cached_property
    def preparer(self):
        return self._seat(Role.PREPARER, self.village)

    @cached_property
    def head(self):
        return self._seat(Role.HEAD, self.village)

    @cached_property
    def reviewer(self):
        return self._seat(Role.FIRST_REVIEWER, self.township)

    @cached_property
    def coordinator(self):
        return self._seat(Role.COUNTY_COORDINATOR, self.jurisdiction)

    @cached_property
    def verifiers(self):
        return [self._seat(Role.VERIFIER, self.jurisdiction) for _place in range(2)]

    @cached_property
    def secrecy_reviewer(self):
        return self._seat(Role.SECRECY_REVIEWER, self.jurisdiction)

    @cached_property
    def publisher(self):
        return self._seat(Role.NOTICE_PUBLISHER, self.jurisdiction)

    @cached_property
    def objection_officer(self):
        return self._seat(Role.OBJECTION_OFFICER, self.jurisdiction)

    @cached_property
    def deciding_officer(self):
        return self._seat(Role.DECIDING_OFFICER, self.jurisdiction)

    def beside(self):
        """The same county and people, with another village of the same township applying."""
        other = copy.copy(self)
        other.village = factories.VillageFactory(superior=self.township)
        for own in ("preparer", "head"):
            other.__dict__.pop(own, None)
        return other

    # Steps, each by the person whose it is

    def start(self):
        return transitions.start(self.round, self.village, actor=self.preparer)

    def answer_all(self, application):
        write_rows(
            Answer(
                application=application,
                item=item,
                values={check.code: passing_value(check) for check in rules.checks},
                conclusion=Conclusion.MET,
                saved_at=clock.now(),
                saved_by=self.preparer,
            )
            for item, rules in standard_items(application)
        )

    def prepare(self, application):
        """Everything the confirmation asks for."""
        self.answer_all(application)
        self.attach(application)
        application.summary = "本村申报简介"
        application.approving_meeting_on = clock.today()
        application.term_began_on = TERM_BEGAN_ON
        application.save(update_fields=["summary", "approving_meeting_on", "term_began_on"])

    def attach(self, application, content=PDF):
        return evidence.attach(
            application,
            SimpleUploadedFile("minutes.pdf", content),
            title="会议记录",
            items=[application.standard.items.first()],
            actor=self.preparer,
        )

    def mark_all(self, application, verdict=Conclusion.MET):
        verdicts = {item: (verdict, "") for item, _rules in standard_items(application)}
        marks.mark_all(application, verdicts, actor=self.reviewer)

    def arrange_visit(self, application):
        visit = visits.arrange(
            application,
            planned_on=clock.today(),
            place="村党群服务中心",
            team=self.verifiers,
            leader=self.verifiers[0],
            actor=self.coordinator,
        )
        for member in visit.members.all():
            visits.declare_no_interest(member)
        return visit

    def measure_all(self, application):
        visit = application.visits.get(closed_at=None)
        now = clock.now()
        write_rows(
            Measurement(
                visit=visit,
                item=item,
                values={c.code: passing_value(c, "verification") for c in rules.checks},
                verdict=Conclusion.MET,
                measured_at=now,
                measured_by=self.verifiers[0],
            )
            for item, rules in standard_items(application)
        )
        visits.record_visit(
            visit,
            started_at=now - timedelta(hours=2),
            ended_at=now,
            summary="",
            actor=self.verifiers[0],
        )
        for member in visit.members.select_related("person", "visit__application"):
            visits.sign(member)

    def choose(self, *applications, reserve=(), left_out=(), meeting=None):
        """Record the meeting that names ``applications``, and puts the others where they are."""
        outcomes = {row.pk: Outcome.DEFERRED for row in verified(self.round_category)}
        for outcome, rows in (
            (Outcome.CHOSEN, applications),
            (Outcome.RESERVE, reserve),
            (Outcome.NOT_CHOSEN, left_out),
        ):
            for row in rows:
                outcomes.pop(row.pk)
                outcomes[row.pk] = outcome
        said = said_of(self.round_category, outcomes)
        # No round is opened after its meeting.
        opened = self.round.opens_at.astimezone(clock.SHANGHAI).date()
        meeting = meeting or replace(MEETING, held_on=max(MEETING.held_on, opened))
        return choosing.record(self.round_category, meeting, said, actor=self.coordinator)

    def compose_notice(self, *applications):
        """Its steps up to the approval; those that are verified are chosen first."""
        listed = [one.pk for one in applications]
        if waiting := Application.objects.filter(pk__in=listed, stage=Stage.VERIFIED):
            self.choose(*waiting)
        notice = notices.propose(self.round, NOTICE, applications, actor=self.coordinator)
        notices.review_secrecy(notice, actor=self.secrecy_reviewer)
        notices.approve(notice, actor=self.deciding_officer)
        return notice

    def act(self, name, application, actor, **act):
        return transitions.perform(name, application.pk, actor=actor, act=Act(**act))

    def act_on_correction(self, application, code):
        """Reply to the correction of an item and hand in again, with the answer changed."""
        Correction.objects.filter(application=application, item__code=code).update(reply="已补充")
        answer = application.answers.get(item__code=code)
        answer.note = "补正后的说明"
        answer.save(update_fields=["note"])
        self.act("resubmit", application, self.head, truth_confirmed=True)

    def at(self, stage, *, wait=None):
        """An application at ``stage``. ``wait(moment)`` moves the clock past a notice's end."""
        application = self.start()
        for reached, step in self._course(wait):
            if application.stage == stage:
                return application
            step(application)
            application = Application.objects.get(pk=application.pk)
            assert application.stage == reached
        assert application.stage == stage
        return application

    def _course(self, wait):
        return [
            (Stage.SELF_ASSESSED, self._confirm),
            (Stage.SUBMITTED, lambda a: self.act("submit", a, self.preparer)),
            (Stage.RECOMMENDED, self._recommend),
            (Stage.VERIFYING, self._begin_verification),
            (Stage.VERIFIED, self._complete_verification),
            (Stage.CHOSEN, self._choose),
            (Stage.ON_NOTICE, self._publish),
            (Stage.AWAITING_DESIGNATION, lambda a: self._end_notice(a, wait)),
            (Stage.DESIGNATED, self._designate),
        ]

    def _confirm(self, application):
        self.prepare(application)
        self.act("confirm", application, self.head, truth_confirmed=True)

    def _recommend(self, application):
        self.mark_all(application)
        self.act("recommend", application, self.reviewer, opinion=OPINION)

    def _begin_verification(self, application):
        self.arrange_visit(application)
        self.act("begin_verification", application, self.coordinator)

    def _complete_verification(self, application):
        self.measure_all(application)
        self.act("complete_verification", application, self.verifiers[0])

    def _choose(self, application):
        """Alone: whoever else is verified waits for the next meeting."""
        self.choose(application)

    def _publish(self, application):
        notices.publish(self.compose_notice(application), actor=self.publisher)

    def _end_notice(self, application, wait):
        entry = application.notice_entries.get(dropped_at=None)
        wait(entry.notice.ends_at)
        end_those_over()

    def _designate(self, application):
        entry = application.notice_entries.get(dropped_at=None)
        notices.close_register(entry.notice, actor=self.objection_officer)
        self.designate(application)

    def designate(self, *applications):
        designate(
            self.round,
            applications,
            document_number="青发〔2026〕1号",
            decided_on=clock.today(),
            deciding_body="中共青山县委",
            actor=self.deciding_officer,
        )
