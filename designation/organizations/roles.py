"""The roles: each declared once, with everything that hangs on it.

A room of ours declares its role here; an app of its own declares it when it starts
(``Role.declare``). Forms, the log, messages and rules ask at each use what roles there are, so
that a role is no migration.
"""

from collections.abc import Callable, Collection, Iterator
from enum import Enum
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """Whose people hold a role; lists of accounts are grouped by it."""

    APPLICANT = "applicant", _("申报单位")
    REVIEWING_BODY = "reviewing_body", _("初审机构")
    COUNTY_OFFICE = "county_office", _("县级主办单位")
    VERIFICATION = "verification", _("核查组")
    STANDARDS = "standards", _("标准编制")
    ADMINISTRATION = "administration", _("系统管理")


class HeldIn(Enum):
    """Where a seat of a role is held: in one organization, or over an area and all within it."""

    ORGANIZATION = "organization"
    JURISDICTION = "jurisdiction"


_LONGEST = 24
# By this ending the database knows administrators, and lets nobody hold two of their roles.
ADMINISTRATOR_ENDING = "_administrator"


class _Roles(type):
    """What one asks of an enumeration of Django's, asked of those declared so far, in order."""

    _declared: ClassVar[dict[str, "Role"]] = {}
    # Templates read the class; they must not call it.
    do_not_call_in_templates = True

    def __call__(cls, value: Any) -> "Role":
        """The role with this code. Raises ValueError for a code that is none."""
        try:
            return cls._declared[value]
        except (KeyError, TypeError):
            raise ValueError(f"{value!r} is no role") from None

    def __iter__(cls) -> Iterator["Role"]:
        return iter(tuple(cls._declared.values()))

    def __len__(cls) -> int:
        return len(cls._declared)

    def __contains__(cls, value: object) -> bool:
        return value in cls._declared

    @property
    def values(cls) -> list[str]:
        return list(cls._declared)

    @property
    def choices(cls) -> list[tuple[str, Any]]:
        """Pairs of code and name, for the ``choices`` of fields."""
        return [(role.value, role.label) for role in cls]


class Role(str, metaclass=_Roles):
    """A role that a seat gives. It is its code: a text of at most 24 lower-case letters and _.

    ``label`` is its name, in the language active when it is read; ``office`` whose people hold
    it; ``given_by`` the role whose holders give its seats and end them.
    """

    __slots__ = ("given_by", "held_in", "label", "office", "value")

    PREPARER: ClassVar["Role"]
    HEAD: ClassVar["Role"]
    FIRST_REVIEWER: ClassVar["Role"]
    COUNTY_COORDINATOR: ClassVar["Role"]
    STANDARDS_MANAGER: ClassVar["Role"]
    VERIFIER: ClassVar["Role"]
    SECRECY_REVIEWER: ClassVar["Role"]
    NOTICE_PUBLISHER: ClassVar["Role"]
    OBJECTION_OFFICER: ClassVar["Role"]
    DECIDING_OFFICER: ClassVar["Role"]
    SYSTEM_ADMINISTRATOR: ClassVar["Role"]
    SECURITY_ADMINISTRATOR: ClassVar["Role"]
    AUDIT_ADMINISTRATOR: ClassVar["Role"]

    value: str
    label: Any
    office: Office
    held_in: HeldIn
    given_by: str

    @classmethod
    def declare(
        cls,
        value: str,
        label: str | Promise,
        *,
        office: Office,
        held_in: HeldIn = HeldIn.JURISDICTION,
        given_by: str = "security_administrator",
    ) -> "Role":
        """Add a role to those there are. Raises ValueError for a code that cannot be one."""
        if value in cls._declared:
            raise ValueError(f"{value} is declared already")
        if not value.replace("_", "").isalpha() or not value.islower() or len(value) > _LONGEST:
            raise ValueError(f"{value!r} is no code: lower-case letters and _, {_LONGEST} at most")
        if value.endswith(ADMINISTRATOR_ENDING) != (office == Office.ADMINISTRATION):
            raise ValueError(f"{value}: administrators' codes end with {ADMINISTRATOR_ENDING}")
        role = str.__new__(cls, value)
        role.value, role.label, role.office = value, label, office
        role.held_in, role.given_by = held_in, given_by
        cls._declared[value] = role
        return role

    @classmethod
    def withdraw(cls, role: "Role") -> None:
        """Take a role away again; its seats stay on record and give no right any more."""
        del cls._declared[role]

    @property
    def is_held_in_an_organization(self) -> bool:
        return self.held_in is HeldIn.ORGANIZATION

    @property
    def is_administrator(self) -> bool:
        return self.office == Office.ADMINISTRATION

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy of a role is the role."""
        return Role, (self.value,)


class RolesThat(Collection[Role]):
    """The roles of which something holds, asked at each use: those declared later count."""

    def __init__(self, holds: Callable[[Role], bool]) -> None:
        self._holds = holds

    def __iter__(self) -> Iterator[Role]:
        return (role for role in Role if self._holds(role))

    def __len__(self) -> int:
        return sum(1 for _role in self)

    def __contains__(self, role: object) -> bool:
        return role in Role and self._holds(Role(role))


Role.PREPARER = Role.declare(
    "preparer", _("填报人"), office=Office.APPLICANT, held_in=HeldIn.ORGANIZATION
)
Role.HEAD = Role.declare(
    "head", _("单位负责人"), office=Office.APPLICANT, held_in=HeldIn.ORGANIZATION
)
Role.FIRST_REVIEWER = Role.declare(
    "first_reviewer", _("初审员"), office=Office.REVIEWING_BODY, held_in=HeldIn.ORGANIZATION
)
Role.COUNTY_COORDINATOR = Role.declare(
    "county_coordinator", _("县级经办人"), office=Office.COUNTY_OFFICE
)
Role.STANDARDS_MANAGER = Role.declare("standards_manager", _("标准管理员"), office=Office.STANDARDS)
Role.VERIFIER = Role.declare("verifier", _("核查员"), office=Office.VERIFICATION)
Role.SECRECY_REVIEWER = Role.declare(
    "secrecy_reviewer", _("保密审查人"), office=Office.COUNTY_OFFICE
)
Role.NOTICE_PUBLISHER = Role.declare(
    "notice_publisher", _("公示发布人"), office=Office.COUNTY_OFFICE
)
Role.OBJECTION_OFFICER = Role.declare(
    "objection_officer", _("异议受理人"), office=Office.COUNTY_OFFICE
)
Role.DECIDING_OFFICER = Role.declare("deciding_officer", _("审定人"), office=Office.COUNTY_OFFICE)
Role.SYSTEM_ADMINISTRATOR = Role.declare(
    "system_administrator", _("系统管理员"), office=Office.ADMINISTRATION
)
Role.SECURITY_ADMINISTRATOR = Role.declare(
    "security_administrator", _("安全管理员"), office=Office.ADMINISTRATION
)
Role.AUDIT_ADMINISTRATOR = Role.declare(
    "audit_administrator", _("审计管理员"), office=Office.ADMINISTRATION
)

# Held in an organization (the applicant, or the reviewing body); all others in a jurisdiction.
ORGANIZATION_ROLES = RolesThat(lambda role: role.is_held_in_an_organization)
# The people who take a notice through its steps, and its objections through theirs.
NOTICE_ROLES = RolesThat(lambda role: role.office == Office.COUNTY_OFFICE)
ADMINISTRATOR_ROLES = RolesThat(lambda role: role.is_administrator)
