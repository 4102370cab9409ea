"""Which lists a person reads, and of which rounds they see how the departments answered."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.applications.models import FINAL_STAGES, PRIVATE_STAGES, Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.rounds.models import Round

from .models import Opinion, OpinionLine, OpinionList


def lists_of(person: Person) -> QuerySet[OpinionList]:
    """Those sent to a department for which the person answers."""
    departments = seats(person).organizations(Role.DEPARTMENT_CLERK)
    return OpinionList.objects.filter(department__in=departments)


def lists_coordinated(person: Person) -> QuerySet[OpinionList]:
    """Those of the rounds that the person coordinates."""
    mine = seats(person).within("round__jurisdiction__code", Role.COUNTY_COORDINATOR)
    return OpinionList.objects.filter(mine)


def lists_read(person: Person) -> QuerySet[OpinionList]:
    """Both."""
    return lists_of(person) | lists_coordinated(person)


def without_answer(lines: QuerySet[OpinionLine]) -> QuerySet[OpinionLine]:
    """Of these lines the ones of which nothing is on record, and somebody still has to say it."""
    answered = Opinion.objects.filter(line=OuterRef("pk"))
    return lines.exclude(application__stage__in=FINAL_STAGES).exclude(Exists(answered))


def lists_waiting(person: Person) -> QuerySet[OpinionList]:
    """Of those sent to the person's department, the ones that still wait for an answer."""
    silent = without_answer(OpinionLine.objects.filter(list=OuterRef("pk")))
    waiting = lists_of(person).filter(Exists(silent), handed_in_at__isnull=True)
    return waiting.select_related("round", "department", "term").order_by("term__due_at", "pk")


def rounds_asking(person: Person) -> QuerySet[Round]:
    """The rounds begun that ask departments, and whose cases the person reads for the county."""
    mine = Round.objects.filter(seats(person).within("jurisdiction__code", *NOTICE_ROLES))
    return mine.filter(department_days__isnull=False).exclude(status=Round.Status.DRAFT)


def names_asked_about(round_: Round) -> QuerySet[Application]:
    """The applications of a round that came to the county, and those departments were asked of."""
    came = ~Q(stage__in=(*PRIVATE_STAGES, Stage.SUBMITTED, Stage.RETURNED, Stage.WITHDRAWN))
    asked = Exists(OpinionLine.objects.filter(application=OuterRef("pk")))
    rows = Application.objects.filter(Q(round=round_) & (came & ~Q(stage=Stage.REJECTED) | asked))
    return rows.select_related("organization__jurisdiction")


def beside(opinions: OpinionList, person: Person) -> QuerySet[OpinionList]:
    """The other lists that the same department was sent in the same round, the newest first."""
    rows = lists_of(person).filter(round=opinions.round_id, department=opinions.department_id)
    return rows.exclude(pk=opinions.pk).order_by("-pk")
