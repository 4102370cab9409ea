"""A round of the demo that asks departments: one has answered, the other is still to answer."""

from typing import Any

from designation.organizations.models import Organization, Person
from designation.rounds.departments import DAYS
from designation.rounds.models import Round, RoundDepartment
from workflows.stages.opinions import answering, asking
from workflows.stages.opinions.answering import Answer

from . import under_way


def hear(
    entry: dict[str, Any],
    round_: Round,
    bodies: dict[str, Organization],
    people: dict[str, Person],
) -> None:
    """Ask the departments of whoever came to the county, and let those answer that have.

    The round takes no applications any more: whoever begins one in the demo finds one round.
    """
    for application in entry["under_way"]:
        under_way.walk(application, round_, bodies, people)
    round_.status, round_.department_days = Round.Status.CLOSED, DAYS
    round_.save(update_fields=["status", "department_days"])
    for position, asked in enumerate(entry["asked"], 1):
        RoundDepartment.objects.create(
            round=round_,
            position=position,
            department=bodies[asked["organization"]],
            question=asked["question"],
            secrecy=asked["secrecy"],
        )
    sent = asking.send(round_, actor=people[entry["coordinator"]])
    for opinions, asked in zip(sent, entry["asked"], strict=True):
        if clerk := asked.get("answered_by"):
            nothing = {line.pk: Answer(is_found=False) for line in opinions.lines.all()}
            answering.hand_in(opinions, nothing, actor=people[clerk])
