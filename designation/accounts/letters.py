"""What a person is told by e-mail about their own account.

Sent at once and kept nowhere, for one of them bears a link. What could not be sent is told at the
next sign-in all the same.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.templatetags.moments import moment

from ..organizations.models import Person

logger = logging.getLogger(__name__)


def password_link(person: Person, path: str, *, maker: Person, hours: int) -> bool:
    """Send the link; whether it went out."""
    with translation.override(person.language):
        return _send(
            person,
            _("设置密码的链接"),
            _("您的密码链接于%(at)s由%(maker)s生成，%(hours)d 小时内有效，只能使用一次：")
            % {"at": moment(clock.now()), "maker": maker.full_name, "hours": hours},
            settings.SITE_ADDRESS + path,
            _("如果不是您要求的，请不要使用，并立即联系本级安全管理员或审计管理员。"),
        )


def password_changed(person: Person) -> bool:
    """Tell the person that their password was changed; whether it went out."""
    with translation.override(person.language):
        return _send(
            person,
            _("您的密码已更改"),
            _("您的密码已于%(at)s更改。") % {"at": moment(clock.now())},
            _("如果不是您本人更改的，请立即联系本级安全管理员或审计管理员。"),
        )


def _send(person: Person, subject: str, *lines: str) -> bool:
    if not person.email:
        return False
    try:
        send_mail(subject, "\n\n".join(lines) + "\n", None, [person.email])
    except (OSError, SMTPException):
        logger.exception("An e-mail about an account could not be sent.")
        return False
    return True
