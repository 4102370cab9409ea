"""One-time links by which people set their own password, so that no administrator knows one.

Who makes a link could use it in the person's stead. So the person is told by e-mail and at the
next sign-in, both making and using stand on record, and no one's link comes from the person
themselves, from the system administrator, who enters people, or from somebody whose area does
not cover all that the person may do. The security administrator makes them; a security
administrator's own comes from another one, or from the audit administrator of the area.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode
from django.utils.translation import gettext as _

from designation.audit.models import WithoutSeat
from designation.site import clock
from designation.site.refusal import Refusal

from ..organizations.models import Person, Role, Seat
from ..organizations.rules import seats
from ..organizations.scoping import Administered, belongs_to, held_codes
from . import failures, letters
from . import use as uses
from .record import record


class LinkRefused(Refusal):
    """A link that cannot be made, or no longer be used."""


class _Tokens(PasswordResetTokenGenerator):
    """Django's own, which die with the password, the e-mail address or the next sign-in.

    Ours die with the next link too. They expire by the machine's clock, as sessions do.
    """

    key_salt = "designation.accounts.password_links"

    def _make_hash_value(self, user: Person, timestamp: int) -> str:  # type: ignore[override]
        return f"{super()._make_hash_value(user, timestamp)}{user.password_links}"

    def _now(self) -> datetime:
        return clock.system_now().replace(tzinfo=None)


tokens = _Tokens()
# From when Django's tokens count their seconds.
_FROM = datetime(2001, 1, 1, tzinfo=UTC)


def hours() -> int:
    """How long a link may be used."""
    return settings.PASSWORD_RESET_TIMEOUT // 3600


def people(maker: Person) -> QuerySet[Person]:
    """Whose links are the maker's business; raises Http404 when nobody's are."""
    if seats(maker).is_security_administrator:
        found = Administered(maker, Role.SECURITY_ADMINISTRATOR).own_people()
    else:
        keepers = Seat.objects.in_force().filter(role=Role.SECURITY_ADMINISTRATOR)
        audited = Administered(maker, Role.AUDIT_ADMINISTRATOR).own_people()
        found = audited.filter(pk__in=keepers.values("person"))
    return found.exclude(pk=maker.pk)


def obstacle(person: Person, *, maker: Person) -> str:
    """Why the maker may not make this person a link now, as a sentence; "" when they may."""
    if uses.is_switched_off_unused(person):
        return _("此人的账号因久未登录已停用，请先在“久未登录”中重新启用。")
    if not person.is_active:
        return _("此人的账号已停用，不能生成密码链接。")
    if not all(seats(maker).holds_over(code, _role(maker)) for code in _reach(person)):
        return _("此人在您管理的范围之外也有岗位或单位，请由上级辖区的安全管理员生成。")
    return ""


def _role(maker: Person) -> Role:
    if seats(maker).is_security_administrator:
        return Role.SECURITY_ADMINISTRATOR
    return Role.AUDIT_ADMINISTRATOR


def _reach(person: Person) -> set[str]:
    return belongs_to(person) | held_codes(person)


@transaction.atomic
def make(person: Person, *, actor: Person) -> str:
    """Make a link, which ends the one before; returns its path. Raises LinkRefused."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    makes_links = seats(actor).makes_password_links
    if not makes_links or not people(actor).filter(pk=locked.pk).exists():
        raise LinkRefused.because("not_allowed", _("您不能为此人生成密码链接。"))
    if why := obstacle(locked, maker=actor):
        raise LinkRefused.because("cannot_be_made", why)
    record(locked, "account.password_link", actor=actor, role=_role(actor))
    return _next(locked)


@transaction.atomic
def make_first(person: Person) -> str:
    """Make an administrator of the first day a link, when there is nobody yet who makes one.

    Its right is that of who sets the county up (``administration.first_day``), and only while the
    person has no password.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.has_usable_password():
        raise LinkRefused.because("has_a_password", _("此人已设置密码。"))
    record(locked, "account.password_link", actor=None, role=WithoutSeat.SYSTEM)
    return _next(locked)


def _next(locked: Person) -> str:
    """The path of a new link, which ends the one before."""
    locked.password_links += 1
    uses.count_anew(locked)
    locked.save(update_fields=["password_links", "used_on", "unused_told_on"])
    return path_of(locked)


def path_of(person: Person) -> str:
    """A path by which the person sets a password, as long as nothing ends it."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("organizations:set_password", args=[uid, tokens.make_token(person)])


@transaction.atomic
def use(person_id: int, token: str, password: str) -> None:
    """Set the person's password, once. Raises LinkRefused for a link that is used up."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    if why := fault(locked, token):
        raise LinkRefused.because("does_nothing", why)
    locked.set_password(password)
    locked.must_change_password = False
    locked.save(update_fields=["password", "must_change_password"])
    failures.forget(locked)
    record(locked, "account.password_set", actor=locked)
    transaction.on_commit(lambda: letters.password_changed(locked))


def ends_at(token: str) -> datetime:
    """The moment at which a link ends by itself."""
    made = _FROM + timedelta(seconds=base36_to_int(token.partition("-")[0]))
    return made + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def fault(person: Person | None, token: str) -> str:
    """Why the link does nothing, as a sentence; "" when it may be used."""
    if person is None or not tokens.check_token(person, token):
        return _(
            "链接已使用、已过期（%(hours)d 小时内有效），或者之后又生成过新的链接。"
            "请联系本级安全管理员重新生成。"
        ) % {"hours": hours()}
    if uses.is_switched_off_unused(person):
        return uses.told()
    if not person.is_active:
        return _("这个账号已停用，链接不起作用。如需恢复，请联系本级系统管理员。")
    return ""
