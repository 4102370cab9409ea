"""Password links mailed to many: a letter each, sent by the worker, and what became of it.

A letter goes the way of every message: it is tried again, and goes on after a worker that died.
The link itself is made when its letter goes out, so that it lies in no row; who has set a password
meanwhile, or was given another link, is sent none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from designation.announcements import arrivals, subjects
from designation.announcements.arrivals import Arrival, How
from designation.announcements.declared import Announcement, announce, store
from designation.announcements.happened import Event, tell
from designation.announcements.receivers import Those
from designation.announcements.subjects import DESK, Asked, SubjectKind
from designation.site import clock

from ..organizations.models import Person, Role
from ..organizations.rules import seats
from ..organizations.scoping import area_code
from . import password_links
from .models import LinkMailing

MAIL = "account.mail_links"
_LETTER = Announcement(
    MAIL,
    (Those("people", _("还没有密码的人")),),
    _("设置密码的链接"),
    (
        _("%(maker)s为您的账号生成了密码链接，在邮件末尾；%(hours)s 小时内有效，只能使用一次。"),
        _("如果不是您要求的，请不要使用，并立即联系本级安全管理员或审计管理员。"),
    ),
    channels=("email",),
)
_NOTHING_YET = Arrival(How.WAITING)
# Whoever has no letter in hand yet, and may never get one, may have a slip instead.
_NOT_THERE = frozenset({How.PUT_OFF, How.FAILED})


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's letter, as the page of its mailing shows it."""

    person: Person
    arrival: Arrival

    @property
    def is_under_way(self) -> bool:
        """Whether a worker is about to try it for the first time."""
        return self.arrival.how == How.WAITING

    @property
    def may_be_printed(self) -> bool:
        return self.arrival.how in _NOT_THERE and waits_for_the_first(self.person)


def waits_for_the_first(person: Person) -> bool:
    """Whether the first link that was made for the person is still the one to be used."""
    is_first = person.password_links == 1 and not person.has_usable_password()
    return person.is_active and is_first


def declare() -> None:
    store(MAIL, said=("maker", "hours"), parties=("people",))
    announce(_LETTER)
    kind = SubjectKind(
        opens=_("打开工作台"),
        page=lambda _mailing: (DESK, []),
        may_see=lambda person, _key: waits_for_the_first(person),
        admits=_admitted,
        own_address=password_links.path_of,
    )
    subjects.register("accounts.linkmailing", kind)


def _admitted(questions: Collection[Asked]) -> Collection[Asked]:
    return [question for question in questions if waits_for_the_first(question.person)]


def send(people: Sequence[Person], *, actor: Person) -> LinkMailing:
    """Have the worker mail each of the people the link that was just made for them."""
    mailing = LinkMailing.objects.create(made_by=actor, made_at=clock.now())
    mailing.people.set(people)
    tell(
        Event(
            action=MAIL,
            subject=mailing,
            jurisdiction_code=area_code(people[0]),
            actor=actor,
            role=Role.SECURITY_ADMINISTRATOR,
            said={"maker": actor.full_name, "hours": str(password_links.hours())},
            parties={"people": [person.pk for person in people]},
            at=mailing.made_at,
        )
    )
    return mailing


def own(maker: Person) -> QuerySet[LinkMailing]:
    """Those that the security administrator had sent, the last first; Http404 for who is none."""
    if not seats(maker).is_security_administrator:
        raise Http404
    return LinkMailing.objects.filter(made_by=maker)


def letters(mailing: LinkMailing) -> list[Letter]:
    """Each letter of the mailing and how far it has come, failures first; two statements."""
    come = arrivals.of(mailing)
    people = mailing.people.select_related("home_organization").order_by("pk")
    found = [Letter(person, come.get(person.pk, _NOTHING_YET)) for person in people]
    return sorted(found, key=lambda letter: letter.arrival.how not in _NOT_THERE)
