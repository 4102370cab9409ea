"""Applications of the demo that are already under way, and the meetings held over them."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from designation.applications import answers, evidence
from designation.applications.models import Application, Conclusion
from designation.organizations.models import Organization, Person
from designation.rounds.models import Round
from designation.site import clock
from standards import catalogue, examples, values
from standards.engine.evaluation import BROADLY, CONFORMS, Check
from workflows import transitions
from workflows.case.facts import Act
from workflows.stages.first_review.marks import mark_all
from workflows.stages.selection import choosing
from workflows.stages.selection.order import Outcome
from workflows.stages.verification import visits

_TERM_BEGAN_ON = date(2021, 3, 1)
_SAMPLE_FILE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

_STAGES = ("draft", "submitted", "recommended", "verified")


def walk(
    entry: dict[str, Any],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> Application:
    """Bring an application as far as its entry says, by the acts of those whose they are."""
    preparer, reached = people[entry["preparer"]], _STAGES.index(entry["stage"])
    application = transitions.start(round_, bodies[entry["organization"]], actor=preparer)
    if reached >= _STAGES.index("submitted"):
        _fill(application, preparer)
        _hand_in(application, people[entry["head"]])
    if reached >= _STAGES.index("recommended"):
        _recommend(application, people[entry["reviewer"]])
    if reached >= _STAGES.index("verified"):
        team = [people[name] for name in entry["team"]]
        _verify(application, people[entry["coordinator"]], team, short=entry.get("short", 0))
    return application


def _hand_in(application: Application, head: Person) -> None:
    confirmed = Act(truth_confirmed=True)
    transitions.perform("confirm", application.pk, actor=head, act=confirmed)
    transitions.perform("submit", application.pk, actor=head)


def _recommend(application: Application, reviewer: Person) -> None:
    items = application.standard.items.all()
    mark_all(application, dict.fromkeys(items, (Conclusion.MET, "")), actor=reviewer)
    opinion = Act(opinion="经审核，自评属实，材料齐全，同意推荐。")
    transitions.perform("recommend", application.pk, actor=reviewer, act=opinion)


def _verify(
    application: Application, coordinator: Person, team: list[Person], *, short: int
) -> None:
    """Of the checks that are judged in words, the first ``short`` are met only broadly."""
    leader, now = team[0], clock.now()
    visit = visits.arrange(
        application,
        planned_on=clock.today(),
        place="党群服务中心",
        team=team,
        leader=leader,
        actor=coordinator,
    )
    for member in visit.members.all():
        visits.declare_no_interest(member)
    transitions.perform("begin_verification", application.pk, actor=coordinator)
    rules = catalogue.published(application.standard_id)
    for item in application.standard.items.order_by("order"):
        measured = {}
        for check in rules.item(item.code).checks:
            found = examples.just_passing(check, judged=True)
            if found == BROADLY:
                found, short = (BROADLY, short - 1) if short > 0 else (CONFORMS, short)
            measured[check.code] = values.to_json(found)
        visits.measure(visit, item, values=measured, verdict=Conclusion.MET, actor=leader)
    began = now - timedelta(hours=2)
    visits.record_visit(visit, started_at=began, ended_at=now, summary="", actor=leader)
    for member in visit.members.select_related("person", "visit__application"):
        visits.sign(member)
    transitions.perform("complete_verification", application.pk, actor=leader)


def hold(
    entry: dict[str, Any],
    round_: Round,
    walked: dict[str, Application],
    people: dict[str, Person],
) -> None:
    """A meeting that has decided already."""
    outcomes = {
        Outcome.CHOSEN: entry["chosen"],
        Outcome.RESERVE: entry["reserve"],
    }
    choosing.record(
        round_.categories.select_related("round__jurisdiction").get(category=entry["category"]),
        choosing.Meeting(
            name=entry["meeting"],
            held_on=clock.today(),
            attendance=entry["attendance"],
            stood_aside="无",
            result=entry["result"],
        ),
        {
            walked[name].pk: choosing.Said(outcome, number if outcome == Outcome.RESERVE else None)
            for outcome, names in outcomes.items()
            for number, name in enumerate(names, 1)
        },
        actor=people[entry["person"]],
    )


def _fill(application: Application, preparer: Person) -> None:
    rules = catalogue.published(application.standard_id)
    items = list(application.standard.items.all())
    for item in items:
        answers.save_item(
            application,
            item,
            values={c.code: _sample_value(c) for c in rules.item(item.code).checks},
            conclusion=Conclusion.MET,
            note="",
            actor=preparer,
        )
    evidence.attach(
        application,
        SimpleUploadedFile("会议记录.pdf", _SAMPLE_FILE),
        title="自评会议记录",
        items=items[:3],
        actor=preparer,
    )
    application.summary = "本组织对照标准逐条自评，各项工作有部署、有落实、有记录。（演示内容）"
    application.approving_meeting_on = clock.today()
    application.term_began_on = _TERM_BEGAN_ON
    application.save(update_fields=["summary", "approving_meeting_on", "term_began_on"])


def _sample_value(check: Check) -> Any:
    """A value that meets the check."""
    value = examples.just_passing(check, judged=False)
    return "已按要求落实，有记录可查。（演示内容）" if isinstance(value, str) else value
