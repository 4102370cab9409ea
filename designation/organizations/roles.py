"""The roles: each declared once, with everything that hangs on it.

A room of ours declares its role here; an app of its own declares it when it starts
(``Role.declare``). Forms, the log, messages and rules ask at each use what roles there are, so
that a role is no migration.
"""

from enum import Enum
from typing import ClassVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standards.codes import Code, CodesThat


class Office(TextChoices):
    """Whose people hold a role; lists of accounts are grouped by it."""

    APPLICANT = "applicant", _("申报单位")
    REVIEWING_BODY = "reviewing_body", _("初审机构")
    COUNTY_OFFICE = "county_office", _("县级主办单位")
    VERIFICATION = "verification", _("核查组")
    DEPARTMENT = "department", _("征求意见的部门")
    STANDARDS = "standards", _("标准编制")
    ADMINISTRATION = "administration", _("系统管理")


class HeldIn(Enum):
    """Where a seat of a role is held: in one organization, or over an area and all within it."""

    ORGANIZATION = "organization"
    JURISDICTION = "jurisdiction"


# By this ending the database knows administrators, and lets nobody hold two of their roles.
ADMINISTRATOR_ENDING = "_administrator"


class Role(Code):
    """A role that a seat gives; one that is withdrawn gives no right any more.

    ``office`` says whose people hold it; ``given_by`` the role whose holders give its seats and
    end them.
    """

    __slots__ = ("given_by", "held_in", "office")

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
    DEPARTMENT_CLERK: ClassVar["Role"]
    SYSTEM_ADMINISTRATOR: ClassVar["Role"]
    SECURITY_ADMINISTRATOR: ClassVar["Role"]
    AUDIT_ADMINISTRATOR: ClassVar["Role"]

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
        if value.endswith(ADMINISTRATOR_ENDING) != (office == Office.ADMINISTRATION):
            raise ValueError(f"{value}: administrators' codes end with {ADMINISTRATOR_ENDING}")
        role = cls.enter(value, label)
        role.office, role.held_in, role.given_by = office, held_in, given_by
        return role

    @property
    def is_held_in_an_organization(self) -> bool:
        return self.held_in is HeldIn.ORGANIZATION

    @property
    def is_administrator(self) -> bool:
        return self.office == Office.ADMINISTRATION


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
# Of a department that is asked for its opinion: they see the lists sent to it, and no case.
Role.DEPARTMENT_CLERK = Role.declare(
    "department_clerk", _("部门承办人"), office=Office.DEPARTMENT, held_in=HeldIn.ORGANIZATION
)
Role.SYSTEM_ADMINISTRATOR = Role.declare(
    "system_administrator", _("系统管理员"), office=Office.ADMINISTRATION
)
Role.SECURITY_ADMINISTRATOR = Role.declare(
    "security_administrator", _("安全管理员"), office=Office.ADMINISTRATION
)
Role.AUDIT_ADMINISTRATOR = Role.declare(
    "audit_administrator", _("审计管理员"), office=Office.ADMINISTRATION
)

# Held in an organization (the applicant, the reviewing body, a department that is asked); all
# others in a jurisdiction.
ORGANIZATION_ROLES = CodesThat(Role, lambda role: role.is_held_in_an_organization)
# The people who take a notice through its steps, and its objections through theirs.
NOTICE_ROLES = CodesThat(Role, lambda role: role.office == Office.COUNTY_OFFICE)
ADMINISTRATOR_ROLES = CodesThat(Role, lambda role: role.is_administrator)
