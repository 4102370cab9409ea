"""Password links for many: mailed by the worker to who has an address, else on paper, a slip each.

For those who were entered and have no link yet; who lost theirs is given another one alone. The
three administrators are given theirs one by one, as anybody's is that could act for a county.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.site import clock, endings
from designation.site.refusal import Refusal

from ..organizations.models import Person, Role, Seat
from ..organizations.roles import ADMINISTRATOR_ROLES
from ..organizations.rules import seats
from ..organizations.scoping import Administered
from ..organizations.tenure import not_over
from . import link_mailings, password_links
from .models import LinkMailing

# Our default: the letters of one press. The worker sends them; that each may go is entered at once.
MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed: ``path`` is shown this once and kept nowhere.

    ``what`` says as what they are here, a role or their organization.
    """

    person: Person
    path: str
    what: str
    until: datetime

    @classmethod
    def of(cls, person: Person, path: str, *, what: str) -> Self:
        """The slip of a link that was made just now."""
        lives = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        return cls(person, path, str(what), clock.system_now() + lives)


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of those chosen: on paper, by mail, and who was left out."""

    slips: list[Slip]
    mailing: LinkMailing | None
    left: list[Person]


def waiting(maker: Person) -> QuerySet[Person]:
    """Those of the security administrator's area who have neither a password nor a link.

    Raises Http404 for who is none.
    """
    own = Administered(maker, Role.SECURITY_ADMINISTRATOR).own_people()
    administer = Seat.objects.filter(not_over(), role__in=ADMINISTRATOR_ROLES)
    return own.filter(
        is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX, password_links=0
    ).exclude(pk__in=administer.values("person"))


@endings.act()
def make(chosen: Collection[int], *, actor: Person) -> tuple[list[Slip], list[Person]]:
    """Make each of those chosen a link, once; returns the slips, and who was left out.

    Left out is who may do something beyond the actor's area (``password_links.obstacle``). Raises
    Refusal for who makes no links, and where nobody chosen waits for one.
    """
    _refuse_others(actor)
    made, left = _made(waiting(actor).filter(pk__in=chosen), actor)
    if not made and not left:
        told = _("选中的人都已经给过链接，请在列表中另选；没有收到的，请在“密码链接”中单独生成。")
        raise Refusal.because("nobody_waits", told)
    return made, left


def _refuse_others(actor: Person) -> None:
    if not seats(actor).is_security_administrator:
        raise Refusal.because("not_allowed", _("只有安全管理员可以生成密码条。"))


def _made(found: QuerySet[Person], actor: Person) -> tuple[list[Slip], list[Person]]:
    made, left = [], []
    for person in found.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if password_links.obstacle(person, maker=actor):
            left.append(person)
            continue
        home = person.home_organization
        path = password_links.make(person, actor=actor)
        made.append(Slip.of(person, path, what=home.name if home else ""))
    return made, left


@endings.act()
def hand_out(chosen: Collection[int], *, actor: Person) -> Handed:
    """As ``make``; the worker mails to who has an address, the others' are slips."""
    made, left = make(chosen, actor=actor)
    by_mail = [slip.person for slip in made if slip.person.email]
    on_paper = [slip for slip in made if not slip.person.email]
    mailing = link_mailings.send(by_mail, actor=actor) if by_mail else None
    return Handed(on_paper, mailing, left)


def with_address(found: QuerySet[Person]) -> QuerySet[Person]:
    """Those of ``found`` whom a letter can go to."""
    return found.exclude(email="")


@endings.act()
def mail_all(found: QuerySet[Person], *, actor: Person) -> Handed:
    """Have the worker mail those of ``found`` that have an address, ``MOST_LETTERS`` at most.

    Whoever was entered since the list was shown is mailed too: all of them wait for the same.
    Raises Refusal for who makes no links, and where none of them has an address.
    """
    _refuse_others(actor)
    first = list(with_address(found).order_by("pk").values_list("pk", flat=True)[:MOST_LETTERS])
    if not first:
        told = _("查到的人都没有登记邮箱。请勾选他们，打印密码条当面交给本人。")
        raise Refusal.because("nobody_waits", told)
    return hand_out(first, actor=actor)


@endings.act()
def make_instead(mailing: LinkMailing, chosen: Collection[int], *, actor: Person) -> Handed:
    """Slips for those chosen whose letter did not go out; with their new link it never does.

    Raises Refusal for who makes no links, and where nobody chosen is without their letter.
    """
    _refuse_others(actor)
    held = list(mailing.people.select_for_update(of=("self",), no_key=True).order_by("pk"))
    without = {one.person.pk for one in link_mailings.letters(mailing) if one.may_be_printed}
    keys = without.intersection(chosen, [person.pk for person in held])
    made, left = _made(password_links.people(actor).filter(pk__in=keys), actor)
    if not made and not left:
        told = _("请勾选邮件没有发出的人；已经发出或者另给过链接的，不必再打印。")
        raise Refusal.because("nobody_waits", told)
    return Handed(made, None, left)
