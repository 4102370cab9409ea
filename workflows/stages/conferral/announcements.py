"""Who is told that a title was given."""

from django.utils.translation import gettext_lazy as _

from designation.announcements import said, subjects
from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import In
from designation.announcements.subjects import SubjectKind
from designation.organizations.models import Person, Role
from designation.register.models import Designation
from designation.site import clock
from standards.categories import Category


def declare() -> None:
    store(
        "title.give",
        said=("organization", "round", "category", "number", "document", "given_on", "until"),
        parties=("applicant",),
    )
    announce(
        Announcement(
            "title.give",
            (In(Role.PREPARER, "applicant"), In(Role.HEAD, "applicant")),
            _("%(organization)s已获命名，并载入名册。"),
            (
                _("类别：%(category)s"),
                _("名册编号：%(number)s"),
                _("命名文件：%(document)s"),
                _("有效期：%(given_on)s至%(until)s"),
            ),
            is_decision=True,
        )
    )
    name_fields(
        {
            "category": _("类别"),
            "number": _("名册编号"),
            "document": _("发文字号"),
            "given_on": _("命名日期"),
            "until": _("有效期至"),
        }
    )
    subjects.register(
        "register.designation",
        SubjectKind(
            opens=_("查看名册"),
            page=lambda title: ("register:detail", [title.number]),
            may_see=lambda _person, _title: True,
        ),
    )


def given(title: Designation, *, area_code: str, actor: Person) -> None:
    """Tell the organization of its title, as it was given."""
    tell(
        Event(
            action="title.give",
            subject=title,
            jurisdiction_code=area_code,
            actor=actor,
            role=Role.DECIDING_OFFICER,
            said={
                "organization": said.name(title),
                "round": said.of_round(title.decision.round),
                "category": said.words(Category(title.category).label),
                "number": title.number,
                "document": title.decision.document_number,
                "given_on": said.day(title.designated_on),
                "until": said.day(title.valid_until),
            },
            parties={"applicant": title.organization_id},
            at=clock.now(),
        )
    )
