"""What nobody can work on: for the coordinator's desk, and for the list of each morning."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from ..case.scoping import visible_applications
from ..case.vacancies import vacancy, with_vacancies
from ..stages.appeals.vacancies import vacant_appeals
from ..stages.objections import investigators
from ..stages.objections.vacancies import vacant_objections
from ..stages.public_notice.models import Notice
from ..stages.public_notice.steps import AWAITING, ROLES
from ..stages.public_notice.vacancies import with_notice_vacancies


@dataclass(frozen=True, slots=True)
class Orphan:
    """A case, notice, objection or appeal that nobody can go on with: what, where, what to do."""

    name: str
    address: str
    what_to_do: str
    application_id: int | None = None


MOST_ORPHANS = 20

# In place of a role, of an objection whose named investigator is wanting.
_INVESTIGATOR = "investigator"

# Of rows, by the path to their division code: that they lie in the areas that are looked at.
Within = Callable[[str], Q]


def orphans(person: Person, most: int = MOST_ORPHANS) -> list[Orphan]:
    """What nobody can work on in the areas that the person coordinates: two statements."""
    if Role.COUNTY_COORDINATOR not in seats(person).roles:
        return []
    cases, steps = orphans_of(person)
    return [*_orphaned_cases(cases, most), *_orphaned_notices(steps, most)]


def orphans_of(person: Person) -> tuple[QuerySet[Application], QuerySet[Any, Any]]:
    """The cases and the steps of notices behind ``orphans``, to be counted."""

    def within(path: str) -> Q:
        return seats(person).within(path, Role.COUNTY_COORDINATOR)

    steps = vacant_steps(within).union(_given_up(within), all=True)
    return vacant_cases(within, visible_applications(person)), steps


def vacant_cases(within: Within, among: QuerySet[Application] | None = None) -> QuerySet[Any]:
    """Open cases whose step nobody can take; of all, or of those ``among`` which one sees."""
    rows = Application.objects.all() if among is None else among
    return with_vacancies(rows.filter(within("area_code"))).filter(is_vacant=True)


def _orphaned_cases(cases: QuerySet[Application], most: int) -> Iterable[Orphan]:
    rows = cases.select_related("organization", "holder_organization", "reviewing_body").order_by(
        "term__due_at", "pk"
    )
    for row in rows[:most]:
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


def vacant_steps(within: Within) -> QuerySet[Any, Any]:
    """Notices, objections and appeals whose step nobody can take.

    Of each the key and the name of the page that leads there, its name and the role that is
    wanting. Of an objection and an appeal one learns that it is there, and nothing it says.
    """
    waits = Case(
        *(When(awaited, then=Value(ROLES[act])) for act, awaited in AWAITING.items()),
        output_field=CharField(),
    )
    notices = (
        with_notice_vacancies(Notice.objects.filter(within("round__jurisdiction__code")))
        .filter(is_vacant=True)
        .order_by()
        .values_list("pk", "title", waits, Value("notices:manage"))
    )
    objections = (
        vacant_objections()
        .filter(within("entry__application__area_code"))
        .order_by()
        .values_list(
            "entry__notice_id",
            "entry__application__organization__name_zh",
            Value(Role.OBJECTION_OFFICER, CharField()),
            Value("notices:manage"),
        )
    )
    return notices.union(objections, *_vacant_appeals(within), all=True)


def _given_up(within: Within) -> QuerySet[Any, Any]:
    """Objections whose investigator left: another seat helps nobody, their officer goes on."""
    entry = "objection__entry"
    rows = investigators.vacant().filter(within(f"{entry}__application__area_code")).order_by()
    return rows.values_list(
        f"{entry}__notice_id",
        f"{entry}__application__organization__name_zh",
        Value(_INVESTIGATOR, CharField()),
        Value("notices:manage"),
    )


def _vacant_appeals(within: Within) -> Iterator[QuerySet[Any, Any]]:
    rows = vacant_appeals().filter(within("area_code")).order_by()
    role = Value(Role.COUNTY_COORDINATOR, CharField())
    for key, page in (
        ("decision__application", "applications:case"),
        ("title_step__title", "titles:title"),
    ):
        of_these = rows.filter(**{f"{key}__isnull": False})
        yield of_these.values_list(key, "organization__name_zh", role, Value(page))


def _orphaned_notices(steps: QuerySet[Any, Any], most: int) -> Iterable[Orphan]:
    for pk, name, role, page in steps[:most]:
        told = _asked_anew() if role == _INVESTIGATOR else vacancy(str(Role(role).label))
        yield Orphan(name, reverse(page, args=[pk]), told)


def _asked_anew() -> str:
    return _("异议的调查人已不能办理：请异议受理人改派，或者收回自行调查。")
