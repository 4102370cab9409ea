"""What nobody can work on, for the coordinator's desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ..case.scoping import visible_applications
from ..case.vacancies import vacancy, with_vacancies
from ..stages.objections.vacancies import vacant_objections
from ..stages.public_notice.models import Notice
from ..stages.public_notice.steps import AWAITING, ROLES
from ..stages.public_notice.vacancies import with_notice_vacancies


@dataclass(frozen=True, slots=True)
class Orphan:
    """A case, notice or objection whose step nobody can take: what, where, and what to do."""

    name: str
    address: str
    what_to_do: str
    application_id: int | None = None


MOST_ORPHANS = 20


def orphans(person: Person) -> list[Orphan]:
    """What nobody can work on in the areas that the person coordinates: two statements."""
    if Role.COUNTY_COORDINATOR not in seats(person).roles:
        return []
    return [*_orphaned_cases(person), *_orphaned_notices(person)]


def _orphaned_cases(person: Person) -> Iterable[Orphan]:
    mine = seats(person).within("area_code", Role.COUNTY_COORDINATOR)
    rows = with_vacancies(visible_applications(person).filter(mine)).filter(is_vacant=True)
    rows = rows.select_related("organization", "holder_organization", "reviewing_body").order_by(
        "term__due_at", "pk"
    )
    for row in rows[:MOST_ORPHANS]:
        address = reverse("applications:case", args=[row.pk])
        yield Orphan(row.organization.name, address, _advice(row), row.pk)


def _advice(row: Application) -> str:
    if row.holder_role == Role.VERIFIER:
        return _("核查组组长已不能办理：请在“调整核查组”中更换。")
    is_typed = row.typed_by_id is not None and row.taken_over_at is None
    if is_typed and row.holder_role in (Role.PREPARER, Role.HEAD):
        told = _(
            "代录的人已离岗：请%(body)s的另一位初审员在“按签字纸质件代录”中"
            "重新上传签字的纸质件，接着代录。"
        )
        return told % {"body": row.reviewing_body.name}
    place = row.holder_organization.name if row.holder_organization else ""
    return vacancy(row.get_holder_role_display(), place)


def _orphaned_notices(person: Person) -> Iterable[Orphan]:
    """Of an objection the coordinator learns that it is there, and nothing it says."""
    mine = seats(person).within("round__jurisdiction__code", Role.COUNTY_COORDINATOR)
    waits = Case(
        *(When(awaited, then=Value(ROLES[act])) for act, awaited in AWAITING.items()),
        output_field=CharField(),
    )
    notices = (
        with_notice_vacancies(Notice.objects.filter(mine))
        .filter(is_vacant=True)
        .order_by()
        .values_list("pk", "title", waits)
    )
    heard = seats(person).within("entry__application__area_code", Role.COUNTY_COORDINATOR)
    objections = (
        vacant_objections()
        .filter(heard)
        .order_by()
        .values_list(
            "entry__notice_id",
            "entry__application__organization__name_zh",
            Value(Role.OBJECTION_OFFICER, CharField()),
        )
    )
    for pk, name, role in notices.union(objections)[:MOST_ORPHANS]:
        yield Orphan(name, reverse("notices:manage", args=[pk]), vacancy(str(Role(role).label)))
