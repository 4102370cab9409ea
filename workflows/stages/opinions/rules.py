"""Who may answer for a department, and who of the county reads and enters what."""

from collections.abc import Iterable

from designation.applications.models import FINAL_STAGES, Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats, serves
from designation.rounds.models import Round, Secrecy
from designation.site import clock

from ...case import rules
from ...case.facts import Case
from ...case.interests import ties_of
from .models import OpinionLine, OpinionList

# Where an application stands while departments are asked: it came to the county, and no meeting
# has decided yet.
ASKED_AT = (Stage.RECOMMENDED, Stage.VERIFYING, Stage.VERIFIED)


def answering_role(opinions: OpinionList, person: Person) -> Role | None:
    """The role in which the person answers for the department; None for anybody else."""
    return seats(person).role_in(opinions.department_id, Role.DEPARTMENT_CLERK)


def coordinating_role(round_: Round, person: Person) -> Role | None:
    """The role in which the person asks the departments of a round, and enters for them."""
    return seats(person).role_over(round_.jurisdiction.code, Role.COUNTY_COORDINATOR)


def secrecies_read(round_: Round, person: Person) -> frozenset[str]:
    """Which answers the person reads: what is confidential is the coordinator's alone."""
    if coordinating_role(round_, person) is not None:
        return frozenset(Secrecy.values)
    return frozenset({Secrecy.OPEN})


# What is printed with the list that lies before the meeting.
READ_BY_THE_MEETING = frozenset({Secrecy.OPEN, Secrecy.MEETING})


def is_over(opinions: OpinionList) -> bool:
    """Whether the time to answer is over."""
    return opinions.due_at is None or clock.is_over(opinions.due_at)


def is_still_asked(application: Application) -> bool:
    """Of what is at an end nobody has to say anything any more."""
    return application.stage not in FINAL_STAGES


def steps_aside(lines: Iterable[OpinionLine], person: Person) -> list[OpinionLine]:
    """The names from which who answers for a department steps aside: their own organization."""
    return [line for line in lines if serves(person, line.application.organization)]


def not_to_enter(lines: Iterable[OpinionLine], person: Person) -> list[OpinionLine]:
    """The names from which a coordinator steps aside, as in any other step. One statement."""
    listed = list(lines)
    ties = ties_of([line.application_id for line in listed]) if listed else {}
    found = []
    for line in listed:
        case = Case(line.application)
        case.ties = ties[line.application_id]
        if not rules.is_county_coordinator(case, person):
            found.append(line)
    return found
