"""Who is told each morning of what stands still: whoever can mend it."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.receivers import Over
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role
from designation.organizations.rules import holds

TOLD = "jurisdiction.daily"
READERS = (Role.COUNTY_COORDINATOR, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def declare() -> None:
    store(TOLD, said=("place", "still", "unreached"))
    name_fields({"still": _("无人可办"), "unreached": _("联系不上")})
    announce(
        Announcement(
            TOLD,
            tuple(Over(role) for role in READERS),
            _("%(place)s今天无人可办 %(still)s 件，联系不上 %(unreached)s 人。"),
            (_("请打开每日清单，逐项处理。"),),
        )
    )
    subjects.register(
        "organizations.jurisdiction",
        SubjectKind(opens=_("打开每日清单"), page=lambda _area: ("daily", []), may_see=_may_see),
    )


def _may_see(person: Person, _area: str) -> bool:
    return holds(person, *READERS)
