"""Appeals as pages read them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.organizations.models import Person, Role
from designation.organizations.rules import holds, seats
from designation.register import queries as register
from designation.register.models import Designation, TitleStep
from designation.register.standing import SETS_THE_END, Act
from designation.site import clock

from ...case.records import Decision
from ...case.scoping import visible_applications
from .models import OPEN, Appeal
from .rules import HEARING, readable, to_hear

# Of a revocation: its bar ends with the answer, whether or not a term is left to restore.
ENDS_ITS_BAR = Q(appeal__status=Appeal.Status.UPHELD)


def whole(person: Person) -> QuerySet[Appeal]:
    """The appeals that are a person's to read, with everything their page shows."""
    return readable(person).select_related(
        "decision__application__organization",
        "decision__application__round__jurisdiction",
        "decision__actor",
        "title_step__title__jurisdiction",
        "title_step__decision",
        "organization",
        "decided_by",
        "entered_by",
        "term",
    )


def to_answer(person: Person, most: int) -> list[Appeal]:
    """What the person may hear and nobody has answered, what is due first standing first."""
    if not holds(person, *HEARING):
        return []
    rows = to_hear(person).filter(status__in=OPEN).select_related("organization", "term")
    return list(rows.order_by("term__due_at", "pk")[:most])


def visit_on(appeal: Appeal) -> Any:
    """The last visit apart that was made on what is appealed against; its record others wrote."""
    return appeal.decision.visits.first() if appeal.decision else None


def decisions_of(person: Person) -> QuerySet[Decision]:
    """What was decided of the applications of units that the person leads."""
    led = seats(person).organizations(Role.HEAD)
    seen = visible_applications(person).filter(organization__in=led)
    rows = Decision.objects.filter(application__in=seen.order_by().values("pk"))
    return rows.select_related("application__organization", "application__round__jurisdiction")


def decisions_to_enter(person: Person) -> QuerySet[Decision]:
    """Decisions against which the person may type an appeal that came on paper."""
    mine = seats(person).within("round__jurisdiction__code", Role.COUNTY_COORDINATOR)
    seen = visible_applications(person).filter(mine).order_by().values("pk")
    rows = Decision.objects.filter(application__in=seen)
    return rows.select_related("application__organization", "application__round__jurisdiction")


def revocation_of(title: Designation) -> TitleStep | None:
    """What took the title away for a fault, where that is what stands."""
    last = title.steps.filter(act__in=SETS_THE_END).select_related("title", "decision").last()
    return last if last is not None and last.act == Act.REVOKED else None


def titles_to_restore() -> QuerySet[Appeal, Any]:
    """Keys of titles whose revocation did not stand on appeal, and that nobody restored since."""
    restored = TitleStep.objects.order_by().filter(
        title=OuterRef("title_step__title"), act=Act.RESTORED, pk__gt=OuterRef("title_step")
    )
    upheld = Appeal.objects.filter(status=Appeal.Status.UPHELD, title_step__isnull=False)
    return upheld.filter(~Exists(restored)).order_by().values("title_step__title")


def may_be_restored(title: Designation) -> bool:
    """Whether a term is left of it, and somebody to hold it: as the gates of ``restore`` ask."""
    return has_a_term_left(title) and register.holder(title).is_active


def has_a_term_left(title: Designation) -> bool:
    today = clock.today()
    stood = title.standing_on(today)
    return stood is not None and today <= stood.until


def against_revocation(title: Designation) -> Appeal | None:
    """The appeal against the revocation that stands."""
    step = revocation_of(title)
    return Appeal.objects.filter(title_step=step).first() if step else None
