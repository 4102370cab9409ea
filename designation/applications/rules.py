"""Who fills in an application: the head and the preparers of the organization that applies.

When they may, and which item, is asked by the stage that holds it (``workflows``).
"""

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site.refusal import Refusal

from .models import Application


def filling_role(application: Application, person: Person) -> Role | None:
    """The role in which the person fills the application in."""
    return seats(person).role_in(application.organization_id, Role.HEAD, Role.PREPARER)


def refuse_unless_applicant(application: Application, person: Person) -> None:
    """Raises Refusal for whoever has no ``filling_role``."""
    if filling_role(application, person) is None:
        raise Refusal.because("not_allowed", _("只有申报单位的填报人和负责人可以填写。"))
