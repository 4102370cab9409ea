"""What is sealed is in no archive: a mark is planted in each sealed column, and the ZIP searched.

Every column of a case that holds words is named below, as held or as sealed: a new one is refused
until somebody has said which it is.
"""

import io
from datetime import timedelta

import pypdf
import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from designation.applications.models import Answer, FormerValue, Posting, Stage
from designation.rounds.models import Secrecy
from designation.site import clock
from tests.course import PDF
from tests.departments import Answer as Answered
from tests.departments import department, sent
from tests.reports import archives
from workflows.case.records import Correction, Decision
from workflows.stages.first_review.models import DecisionDraft, InternalNote, ItemMark
from workflows.stages.objections import objections
from workflows.stages.objections.models import ObjectionStep
from workflows.stages.opinions.models import Opinion, OpinionDraft, OpinionList
from workflows.stages.verification.models import Measurement, Visit

pytestmark = pytest.mark.django_db

# Columns of which the words are in the archive, by model; the rest of a model named here is sealed.
HELD = {
    "applications.Application": {"area_code"},
    "applications.Evidence": {"title", "sha256"},
    "applications.Receipt": {"number"},
    "applications.Submission": {"content", "sha256"},
    "applications.SignedPage": {"sha256"},
    "applications.SignedPaper": {"sha256"},
    "workflows.Appeal": {
        "grounds",
        "reason",
        "facts",
        "count",
        "procedure",
        "meeting_name",
        "meeting_attendance",
        "meeting_result",
        "document_number",
        "answer",
    },
    "workflows.Correction": {"reason", "reply"},
    "workflows.Decision": {"transition", "opinion"},
    "workflows.ItemMark": {"comment"},
    "workflows.Measurement": {"values", "basis"},
    "workflows.Notice": {
        "title",
        "basis",
        "procedure",
        "meeting_name",
        "meeting_attendance",
        "meeting_result",
        "contact_unit",
        "contact_phone",
        "contact_email",
        "contact_address",
        "text_sha256",
    },
    "workflows.NoticePosting": {"place", "posted_by"},
    "workflows.NoticeEntry": {"printed_name", "printed_area"},
    "workflows.Reminder": {"text": "a call to act, of no weight for what was decided"},
    "workflows.NoticeStep": {"reason"},
    "workflows.Opinion": {"remark", "document_name", "document_number", "reason"},
    "workflows.OpinionList": {"question"},
    "workflows.Selection": {"meeting_name", "meeting_attendance", "meeting_result"},
    "workflows.SelectionRow": {"reason"},
    "workflows.Visit": {"place", "summary"},
}
# Columns whose words are in none, and why. "*" speaks of every column of the model.
SEALED = {
    "applications.Answer": {"*": "a draft; what was handed in stands in the submission"},
    "applications.Application": {
        "summary": "a draft; what was handed in stands in the submission",
        "written": "who wrote what of a draft",
        "returned_from": "the order of work",
    },
    "applications.Evidence": {
        "caption": "a draft; what was handed in stands in the submission",
        "written": "who wrote what of a draft",
    },
    "applications.FormerValue": {"*": "it gave way to another text"},
    "applications.Posting": {"*": "a draft; what was handed in stands in the submission"},
    "applications.PublishedLink": {"*": "a draft; what was handed in stands in the submission"},
    "applications.SignedPaper": {"signed_by": "it stands on the paper"},
    "applications.Sitting": {"*": "how long somebody worked"},
    "applications.Submission": {"changed_items": "worked out of two submissions that are there"},
    "applications.WorkTally": {"*": "how long somebody worked"},
    "workflows.Appeal": {"area_code": "the case says where", "above": "the order of work"},
    "workflows.AppealStep": {"*": "the order of work on an appeal"},
    "workflows.Correction": {"written": "who wrote what of a draft"},
    "workflows.Decision": {"request_key": "of one sending"},
    "workflows.DecisionDraft": {"*": "a draft"},
    "workflows.Draw": {"*": "of all titles of a year, and public"},
    "workflows.Hearing": {"*": "of an objection, which is the objection officer's to read"},
    "workflows.InternalNote": {"*": "for colleagues of one step"},
    "workflows.Investigation": {"*": "of an objection, which is the objection officer's to read"},
    "workflows.Joining": {"*": "of an objection, which is the objection officer's to read"},
    "workflows.LongerAsked": {"*": "of an objection, which is the objection officer's to read"},
    "workflows.Measurement": {"written": "who wrote what"},
    "workflows.Notice": {"number_area": "of which area the number is, the case says"},
    "workflows.NoticePosting": {"request_key": "of one sending"},
    "workflows.NoticeEntry": {"corrected_from": "the notice before it has the name"},
    "workflows.NoticeStep": {
        "request_key": "of one sending",
        "content": "the text before it was published",
    },
    "workflows.Objection": {"*": "the objection officer's to read, and the code the objector's"},
    "workflows.ObjectionAttachment": {"*": "what came with an objection"},
    "workflows.ObjectionStep": {"*": "the objection officer's to read"},
    "workflows.ObjectorIdentity": {"*": "who objected"},
    "workflows.OpinionDraft": {"*": "a draft"},
    "workflows.OpinionLine": {"*": "names of the day, which the submission has"},
    "workflows.OpinionList": {"veto_codes": "what the round asks of it"},
    "workflows.Recheck": {"*": "of a title, after its case had ended"},
    "workflows.RecheckStep": {"*": "of a title, after its case had ended"},
    "workflows.Replay": {"*": "a trial of a standard, of no case"},
    "workflows.ReplayFlip": {"*": "a trial of a standard, of no case"},
    "workflows.Selection": {
        "stood_aside": "of the meeting, not of the case",
        "voting": "of the meeting, not of the case",
        "tie_decided": "it may speak of others",
        "rule": "it stands in the programme of the round",
        "request_key": "of one sending",
    },
    "workflows.SelfReport": {"*": "of a title, after its case had ended"},
    "workflows.SelectionRow": {"figures": "they stand beside those of others on the sheet"},
    "workflows.Visit": {
        "items": "what was to be seen; what was found is there",
        "written": "who wrote what",
        "called_off_because": "no visit was made",
    },
    "workflows.VisitStep": {"*": "the order of work; the team and its signatures are there"},
}
_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def columns():
    """Every column of a case that holds words: model, and name."""
    for label in ("applications", "workflows"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, _WORDS) and not field.choices:
                    yield f"{label}.{model.__name__}", field.name


def test_of_every_column_it_is_said_whether_archives_hold_it():
    unsaid = []
    for model, name in columns():
        sealed = SEALED.get(model, {})
        if name not in HELD.get(model, set()) and name not in sealed and "*" not in sealed:
            unsaid.append(f"{model}.{name}")
    assert unsaid == [], "say in HELD or in SEALED whether archives hold it"


class Planted:
    """A county whose case has ended, with a mark of its own in every sealed place."""

    def __init__(self, county, held_clock):
        self.county, self.marks = county, {}
        open_one = department(county, "县公安局")
        secret = department(county, "县纪委", secrecy=Secrecy.COORDINATOR)
        before_meeting = department(county, "县信访局", secrecy=Secrecy.MEETING)
        self.application = county.at(Stage.RECOMMENDED)
        sent(county)
        said = {"县公安局": "HELDOPINION", "县纪委": self.mark("secret opinion")}
        said["县信访局"] = self.mark("opinion of the meeting")
        for one in (open_one, secret, before_meeting):
            one.answer(Answered(is_found=True, remark=said[one.organization.name_zh]))
        self.drafts_of_an_opinion()
        county._begin_verification(self.application)
        self.carry_on(held_clock)

    def mark(self, where):
        """A word that stands nowhere else."""
        self.marks[where] = f"SEALED{len(self.marks):03d}MARK"
        return self.marks[where]

    def carry_on(self, held_clock):
        county = self.county
        county._complete_verification(type(self.application).objects.get(pk=self.application.pk))
        county._publish(type(self.application).objects.get(pk=self.application.pk))
        self.object_to_it()
        county._end_notice(self.application, held_clock.move_to)
        county._designate(self.application)
        self.application = type(self.application).objects.get(pk=self.application.pk)
        self.write_what_was_not_handed_in()
        self.write_what_no_decision_released()

    def object_to_it(self):
        entry = self.application.notice_entries.get()
        who = {"name": self.mark("identity"), "phone": self.mark("phone")}
        officer = self.county.objection_officer
        objection = objections.raise_objection(
            entry, facts=self.mark("facts of an objection"), identity=who, actor=officer
        )
        self.marks["receipt code"] = objection.receipt_code
        objections.refuse(objection, reason=self.mark("why it is refused") * 2, actor=officer)
        type(objection).objects.update(finding=self.mark("finding"))
        assert ObjectionStep.objects.filter(reason__contains="SEALED").exists()

    def drafts_of_an_opinion(self):
        OpinionDraft.objects.create(
            list=OpinionList.objects.first(),
            said={"1": self.mark("draft of an opinion")},
            saved_by=self.county.coordinator,
            saved_at=clock.now(),
        )

    def write_what_was_not_handed_in(self):
        application, county = self.application, self.county
        item = application.standard.items.first()
        Answer.objects.filter(application=application).update(note=self.mark("note of a draft"))
        application.summary = self.mark("summary of a draft")
        application.save(update_fields=["summary"])
        Posting.objects.create(application=application, place=self.mark("posting of a draft"))
        late = PDF.replace(b"Catalog", f"Catalog/{self.mark('content of a draft')} 1".encode())
        stage, application.stage = application.stage, Stage.DRAFT
        application.save(update_fields=["stage"])
        handed_in = application.evidence.get()
        row = county.attach(application, late)
        application.stage = stage
        application.save(update_fields=["stage"])
        type(row).objects.filter(pk=row.pk).update(title=self.mark("file of a draft"))
        type(row).objects.filter(pk=handed_in.pk).update(caption=self.mark("caption of a draft"))
        FormerValue.objects.create(
            application=application,
            subject=FormerValue.Subject.ANSWER,
            item=item,
            field="note",
            value=self.mark("former value"),
            written_by=county.preparer,
            first_at=clock.now(),
            last_at=clock.now(),
            replaced_by=county.head,
            replaced_at=clock.now(),
        )
        taken_back = application.submission
        content = dict(taken_back.content, summary=self.mark("taken back unread"))
        type(taken_back).objects.create(
            application=application,
            number=9,
            content=content,
            sha256="0" * 64,
            submitted_at=clock.now(),
            submitted_by=county.preparer,
        )

    def write_what_no_decision_released(self):
        application, county = self.application, self.county
        item, other = application.standard.items.all()[:2]
        ItemMark.objects.filter(application=application, item=item).update(
            comment=self.mark("mark not released"), released_at=None
        )
        ItemMark.objects.filter(application=application, item=other).update(comment="HELDCOMMENT")
        InternalNote.objects.create(
            application=application,
            item=item,
            role="first_reviewer",
            text=self.mark("internal note"),
            written_by=county.reviewer,
            written_at=clock.now(),
        )
        DecisionDraft.objects.create(
            application=application,
            person=county.reviewer,
            said={"opinion": self.mark("draft of a decision")},
            saved_at=clock.now(),
        )
        decision = application.decisions.first()
        Correction.objects.create(
            application=application,
            decision=decision,
            item=item,
            reason="HELDREASON",
            reply=self.mark("reply not sent"),
        )
        Decision.objects.create(
            application=application,
            transition="return_to_preparer",
            from_stage=Stage.DRAFT,
            to_stage=Stage.DRAFT,
            actor=county.head,
            actor_role="head",
            at=clock.now() + timedelta(hours=1),
            opinion=self.mark("among themselves"),
            request_key=self.mark("key of a form"),
        )
        visit = Visit.objects.create(
            application=application,
            planned_on=clock.today(),
            place="村部",
            summary=self.mark("record not released"),
            arranged_by=county.coordinator,
            closed_at=clock.now(),
        )
        Measurement.objects.create(
            visit=visit,
            item=item,
            basis=self.mark("measured, not released"),
            measured_by=county.verifiers[0],
            measured_at=clock.now(),
        )


def words_of(archive):
    """All that a reader finds: names, texts, and what the PDFs print."""
    printed = [
        page.extract_text()
        for name in archive.namelist()
        if name.startswith("01-") and name.endswith(".pdf")
        for page in pypdf.PdfReader(io.BytesIO(archive.read(name))).pages
    ]
    return archives.whole_text(archive).decode(errors="replace") + "\n".join(printed)


def test_nothing_that_is_sealed_is_in_the_whole_archive(client, county, held_clock):
    planted = Planted(county, held_clock)
    address = reverse("reports:archive_case", args=[planted.application.pk])

    archive = archives.opened(archives.made(client, county.coordinator, address))

    words = words_of(archive)
    found = {where for where, mark in planted.marks.items() if mark in words}
    assert found == set()
    assert len(planted.marks) > 20
    # It does look where the words would be: what is open beside them is found.
    for held in ("HELDOPINION", "HELDCOMMENT", "HELDREASON", "已答复（保密）"):
        assert held in words
    assert "本村申报简介" in words
    assert Opinion.objects.count() == 3
