"""What hangs on a person by name in the courses: cases claimed or typed, visits, drafts."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from designation.applications.models import FINAL_STAGES, Application
from designation.organizations.charges import Charge
from designation.organizations.models import Person, Role
from designation.organizations.rules import serves

from ..case.interests import KEEP_FROM_ACTING, Tie, prepared_for, ties_of
from ..stages.first_review import claims
from ..stages.first_review.models import DecisionDraft
from ..stages.objections import investigators
from ..stages.verification import taking_over
from ..stages.verification.models import Visit, VisitMember


class Visits:
    """A place on a team: somebody else can go."""

    code = "visit"

    def of(self, person: Person) -> Iterable[Charge]:
        visits = list(taking_over.visits_of(person))
        led = set(
            VisitMember.objects.filter(
                person=person, left_at__isnull=True, is_leader=True, visit__in=visits
            ).values_list("visit", flat=True)
        )
        for visit in visits:
            what = _("实地核查（组长）") if visit.pk in led else _("实地核查（成员）")
            about, area = visit.about.organization.name, visit.about.area_code
            yield Charge(self.code, visit.pk, what, about, Role.VERIFIER, code=area)

    def why_not(self, charge: Charge, successor: Person) -> str:
        visit = Visit.objects.get(pk=charge.pk)
        if taking_over.is_on_the_team(visit, successor):
            return _("已在这个核查组中")
        reasons = taking_over.why_not_there(visit, successor)
        return _("%(reasons)s，应当回避") % {"reasons": "、".join(reasons)} if reasons else ""

    def hand_over(
        self, charge: Charge, leaving: Person, successor: Person, *, actor: Person
    ) -> None:
        visit = Visit.objects.select_related("application").get(pk=charge.pk)
        taking_over.take_place(visit, leaving, successor, actor=actor)


class Claims:
    """A case that somebody is at work on: a colleague takes it up."""

    code = "claim"

    def of(self, person: Person) -> Iterable[Charge]:
        for row in claims.claimed_by(person):
            where: dict[str, object] = {"code": row.area_code}
            role = Role.COUNTY_COORDINATOR
            if claims.is_the_bodys(row):
                role, where = Role.FIRST_REVIEWER, {"organization_id": row.reviewing_body_id}
            name = row.organization.name
            yield Charge(self.code, row.pk, _("认领的申报"), name, role, **where)  # type: ignore[arg-type]

    def why_not(self, charge: Charge, successor: Person) -> str:
        row = Application.objects.select_related("organization__jurisdiction").get(pk=charge.pk)
        keeps = KEEP_FROM_ACTING.get(charge.role, ())
        ties = ties_of([row.pk], (Tie.PREPARED, *keeps))[row.pk]
        if serves(successor, row.organization):
            return _("来自申报单位，应当回避")
        did = not ties.get(successor.pk, frozenset()).isdisjoint(keeps)
        if did or prepared_for(row, successor, ties):
            return _("在这份申报中填报或者核查过，应当回避")
        return ""

    def hand_over(
        self, charge: Charge, _leaving: Person, successor: Person, *, actor: Person
    ) -> None:
        """The claim is the successor's from now on: working order, no record."""
        application = Application.objects.get(pk=charge.pk)
        claims.hand_over(application, successor, actor=actor)


class _NotHandedOver:
    """What nobody else can take over from the person; each says what is done instead."""

    def hand_over(
        self, charge: Charge, leaving: Person, successor: Person, *, actor: Person
    ) -> None:
        raise NotImplementedError(charge.kind, leaving, successor, actor)


class Typed(_NotHandedOver):
    """A case typed from signed paper: who types it vouches for what they copied."""

    code = "typed"

    def of(self, person: Person) -> Iterable[Charge]:
        rows = Application.objects.filter(
            typed_by=person,
            taken_over_at__isnull=True,
            holder_role__in=(Role.PREPARER, Role.HEAD),
        ).exclude(stage__in=FINAL_STAGES)
        for row in rows.select_related("organization").order_by("pk"):
            yield Charge(
                self.code,
                row.pk,
                _("代录中的申报"),
                row.organization.name,
                Role.FIRST_REVIEWER,
                row.reviewing_body_id,
            )

    def why_not(self, _charge: Charge, _successor: Person) -> str:
        return _("不能移交：须在“按签字纸质件代录”中重新上传签字的纸质件，接着代录")


class Unsent(_NotHandedOver):
    """What a reviewer was about to decide: theirs alone, and gone with them."""

    code = "unsent"

    def of(self, person: Person) -> Iterable[Charge]:
        rows = DecisionDraft.objects.filter(person=person).filter(~Q(said={}))
        for row in rows.select_related("application__organization").order_by("pk"):
            about = row.application
            yield Charge(
                self.code,
                row.pk,
                _("没有发出的审核决定"),
                about.organization.name,
                Role.FIRST_REVIEWER,
                about.reviewing_body_id,
            )

    def why_not(self, _charge: Charge, _successor: Person) -> str:
        return _("不能移交：没有发出的只有本人看得到，由接手的人另写")


class Investigations(_NotHandedOver):
    """An objection to look into: who may is its officer's to say, not the successor's."""

    code = "investigation"

    def of(self, person: Person) -> Iterable[Charge]:
        rows = investigators.under_way().filter(investigator=person, reported_at=None)
        for row in rows.select_related("objection__entry__application__organization"):
            about = row.objection.entry.application
            yield Charge(
                self.code,
                row.pk,
                _("指派本人调查的异议"),
                about.organization.name,
                Role.OBJECTION_OFFICER,
                code=about.area_code,
            )

    def why_not(self, _charge: Charge, _successor: Person) -> str:
        return _("不能移交：须由异议受理人改派调查人，或者收回自行调查")


KINDS = (Visits(), Claims(), Typed(), Unsent(), Investigations())
