"""What the record must say at every moment, read from the database and held to be true."""

import json
from collections import Counter
from dataclasses import dataclass

from django.db import connection

from designation.announcements.declared import announcements_of
from designation.applications.models import Application
from designation.applications.submissions import digest
from designation.audit.models import AuditEvent
from designation.register.models import Designation
from designation.rounds.models import RoundCategory
from notifications.models import Event
from workflows.case.records import Decision
from workflows.stages.objections.models import Objection

from .neighbourhood import STEPS

# The approvals of a designated application, each after the last of the one before.
APPROVALS = (
    "confirm",
    "submit",
    "recommend",
    "begin_verification",
    "complete_verification",
    "publish",
    "end_notice",
    "designate",
)
DRAFT_TO_DRAFT = ("", "draft")


@dataclass(frozen=True)
class Standing:
    """What a refusal must leave as it was: places by application, and the counted rows.

    ``outbox`` counts the events of passages.
    """

    places: dict
    events: int
    decisions: int
    outbox: int


# One plain statement: it is asked before and after everything that is tried.
_STANDING = """
    select coalesce(json_agg(json_build_array(id, stage, version)), '[]'),
           (select count(*) from audit_auditevent),
           (select count(*) from workflows_decision),
           (select count(*) from notifications_event where action like 'application.%')
    from applications_application
"""


def standing():
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        places, *counts = cursor.fetchone()
    places = json.loads(places) if isinstance(places, str) else places
    return Standing({pk: (stage, version) for pk, stage, version in places}, *counts)


def passages_since(before):
    """Pairs of application and transition, and how many seats each is told to, since ``before``."""
    newest = Decision.objects.order_by("-pk")[: standing().decisions - before.decisions]
    passed = {decision.application_id: decision.transition for decision in newest}
    return passed, [_seats_told(decision) for decision in newest]


def _seats_told(decision):
    """A title speaks for the passage that gives it."""
    event = Event.objects.filter(
        action=f"application.{decision.transition}", subject_id=str(decision.application_id)
    ).latest("pk")
    if decision.transition == "designate":
        given = Designation.objects.get(application=decision.application_id)
        event = Event.objects.get(action="title.give", subject_id=str(given.pk))
    return sum(
        len(list(receivers.wanted(event.parties)))
        for one in announcements_of(event.action)
        for receivers in one.receivers
    )


def assert_one_event_a_passage(passages):
    """``passages`` counts what the walk has seen pass, by application and transition."""
    subject = Application._meta.label_lower
    events = AuditEvent.objects.filter(subject_type=subject, action__startswith="application.")
    written = Counter(
        (int(pk), action.removeprefix("application."))
        for pk, action in events.values_list("subject_id", "action")
    )
    assert written == passages


def assert_course_is_whole(application):
    """Decisions and audit events tell one unbroken course along the picture of the process."""
    decisions = list(application.decisions.order_by("pk"))
    stage = ""
    for decision in decisions:
        assert decision.from_stage == stage
        stage = decision.to_stage
        if decision.transition != "start":
            leads_to, _parts = STEPS[decision.from_stage, decision.transition]
            assert stage == leads_to or (leads_to is None and stage in ("submitted", "recommended"))
    assert stage == application.stage
    assert len(decisions) == application.version
    _assert_events_agree(application, decisions)
    assert [s.number for s in application.submissions.order_by("pk")] == list(
        range(1, application.submissions.count() + 1)
    )


def _assert_events_agree(application, decisions):
    events = AuditEvent.objects.filter(
        subject_type=Application._meta.label_lower,
        subject_id=str(application.pk),
        action__startswith="application.",
    ).order_by("sequence")
    hashes = {submission.sha256 for submission in application.submissions.all()} | {""}
    for decision, event in zip(decisions, events, strict=True):
        assert event.action == f"application.{decision.transition}"
        assert (event.details["from"], event.details["to"]) == (
            decision.from_stage,
            decision.to_stage,
        )
        assert event.actor_id == decision.actor_id
        assert event.details["submission"] in hashes


def assert_designated_by_every_approval(application):
    """A title rests on each approval in its order, each by a person whose office differs."""
    if application.stage != "designated":
        assert not Designation.objects.filter(application=application).exists()
        return
    last = {d.transition: (place, d) for place, d in enumerate(application.decisions.all())}
    places = [last[name][0] for name in APPROVALS]
    assert places == sorted(places)
    _assert_resubmitted_before_verification(last)
    actors = [last[name][1].actor_id for name in ("confirm", "recommend", "begin_verification")]
    assert len({*actors, last["complete_verification"][1].actor_id}) == len(actors) + 1
    assert application.submission.sha256 == digest(application.submission.content)
    notice = application.notice_entries.get(dropped_at=None).notice
    assert notice.published_by_id != notice.proposed_by_id
    assert last["designate"][1].at >= notice.ends_at
    assert application.designation.designated_on > notice.last_day
    waiting = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)
    assert not Objection.objects.filter(entry__application=application, status__in=waiting).exists()


def _assert_resubmitted_before_verification(last):
    for name in ("resubmit", "return_for_correction", "reverify"):
        if name in last:
            assert last[name][0] < last["begin_verification"][0]


def assert_places_are_kept(round_):
    """Never more chosen, on notice or beyond than the round has places for."""
    taken = Application.objects.filter(
        round=round_, stage__in=("chosen", "on_notice", "awaiting_designation", "designated")
    )
    assert taken.count() <= RoundCategory.objects.get(round=round_).quota
