"""What is done in this stage ties a person to the case."""

from django.db.models import Q

from designation.organizations.models import Role

from ...case.interests import Tie, Trace, decided_as, former
from .models import Visit, VisitMember
from .visits import ON_SITE, PLAN

_on_site = former(*ON_SITE)
TRACES = (
    Trace(Tie.COORDINATED, Visit.objects.all, "arranged_by"),
    Trace(Tie.COORDINATED, Visit.objects.all, "arranged_by", "objection__entry__application"),
    # Part of hearing the appeal: whoever has it looked into may answer it.
    Trace(Tie.HEARD_APPEAL, Visit.objects.all, "arranged_by", "decision__application"),
    Trace(
        Tie.VERIFIED,
        # Who was named and left before declaring anything did nothing in the case.
        lambda: VisitMember.objects.filter(
            Q(left_at__isnull=True) | Q(no_interest_declared_at__isnull=False)
        ),
        "person",
        "visit__application",
    ),
    Trace(Tie.COORDINATED, lambda: _on_site().filter(field=PLAN), "written_by"),
    Trace(Tie.VERIFIED, lambda: _on_site().exclude(field=PLAN), "written_by"),
    Trace(Tie.VERIFIED, decided_as(Role.VERIFIER), "actor"),
)
