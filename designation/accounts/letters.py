"""What a person is told by e-mail about their own account.

Sent at once and kept nowhere, for one of them bears a link. What could not be sent is told at the
next sign-in all the same.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from designation.announcements.declared import Announcement, announce, name_fields, store
from designation.announcements.receivers import THE_PERSON
from designation.site import clock
from designation.site.templatetags.moments import moment

from ..organizations.models import Person

logger = logging.getLogger(__name__)


# Listed with the messages that are sent by themselves; no event is kept of these.
_LINK = Announcement(
    "account.password_link",
    THE_PERSON,
    _("设置密码的链接"),
    (
        _("您的密码链接于%(at)s由%(maker)s生成，%(hours)s 小时内有效，只能使用一次："),
        "%(link)s",
        _("如果不是您要求的，请不要使用，并立即联系本级安全管理员或审计管理员。"),
    ),
    channels=("email",),
)
_FORGOTTEN = Announcement(
    "account.password_forgotten",
    THE_PERSON,
    _("重设密码的链接"),
    (
        _("您的账号 %(username)s 于%(at)s索取了密码链接，%(hours)s 小时内有效，只能使用一次："),
        "%(link)s",
        _("如果不是您本人索取的，不必理会：不使用链接，密码就不变。"),
    ),
    channels=("email",),
)
_CHANGED = Announcement(
    "account.password_change",
    THE_PERSON,
    _("您的密码已更改"),
    (
        _("您的密码已于%(at)s更改。"),
        _("如果不是您本人更改的，请立即联系本级安全管理员或审计管理员。"),
    ),
    channels=("email",),
)


def declare() -> None:
    """Say what the letters are, for the list of what is sent by itself."""
    store("account.password_link", said=("at", "maker", "hours", "link"), parties=("person",))
    store(
        "account.password_forgotten", said=("username", "at", "hours", "link"), parties=("person",)
    )
    store("account.password_change", said=("at",), parties=("person",))
    announce(_LINK, _FORGOTTEN, _CHANGED)
    words = {"at": _("时间"), "maker": _("操作人"), "hours": _("小时数"), "link": _("链接")}
    name_fields(words | {"username": _("账号")})


def password_link(person: Person, path: str, *, maker: Person, hours: int) -> bool:
    """Send the link; whether it went out."""
    with translation.override(person.language):
        return _send(
            person,
            _LINK,
            at=moment(clock.now()),
            maker=maker.full_name,
            hours=hours,
            link=settings.SITE_ADDRESS + path,
        )


def password_forgotten(person: Person, path: str, *, hours: int) -> bool:
    """Send the link that was asked for; whether it went out."""
    with translation.override(person.language):
        return _send(
            person,
            _FORGOTTEN,
            username=person.username,
            at=moment(clock.now()),
            hours=hours,
            link=settings.SITE_ADDRESS + path,
        )


def password_changed(person: Person) -> bool:
    """Tell the person that their password was changed; whether it went out."""
    with translation.override(person.language):
        return _send(person, _CHANGED, at=moment(clock.now()))


def _send(person: Person, letter: Announcement, **fields: object) -> bool:
    if not person.email:
        return False
    lines = [force_str(text) % fields for text in letter.body]
    try:
        send_mail(force_str(letter.subject), "\n\n".join(lines) + "\n", None, [person.email])
    except (OSError, SMTPException):
        logger.exception("An e-mail about an account could not be sent.")
        return False
    return True
