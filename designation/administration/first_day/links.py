"""The link behind which a county is set up: made on the server, open for a day, used once.

Whoever has the server could write the rows by hand, so the link gives nothing away to them. Of
its token the database holds a hash; the address that bears it leads on at once, so that it stands
in no Referer and in the address of no page.
"""

import hashlib
import secrets
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.site import clock, endings
from designation.site.refusal import Refusal

from ...organizations.models import Seat
from ...organizations.roles import ADMINISTRATOR_ROLES
from ..models import FirstDayLink

# Our default: whoever makes it is setting the county up.
LIVES = timedelta(hours=24)


@endings.act()
def make(*, for_another_county: bool = False) -> str:
    """Make a link, which ends the one before; returns its path.

    Raises Refusal where somebody administers already and no other county was asked for: below a
    superior that has its administrators, they enter the county on their pages.
    """
    if not for_another_county and Seat.objects.in_force().filter(role__in=ADMINISTRATOR_ROLES):
        told = _("这里已经有管理员，不再需要开通链接。另开通一个县，请加 --another-county。")
        raise Refusal.because("administered", told)
    FirstDayLink.objects.filter(used_at__isnull=True).delete()
    token, now = secrets.token_urlsafe(32), clock.system_now()
    link = FirstDayLink.objects.create(token_hash=digest(token), made_at=now, ends_at=now + LIVES)
    events.append(
        events.Entry(
            actor=None,
            action="first_day.link",
            subject=link,
            jurisdiction_code=events.WHOLE_SITE,
            role=WithoutSeat.SYSTEM,
        )
    )
    return reverse("organizations:first_day_link", args=[token])


def digest(token: str) -> str:
    """What the database knows a token by; it is random, so that a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def fault(token_hash: str) -> str:
    """Why the link does nothing, as a sentence; "" when it may be used."""
    return "" if _open(FirstDayLink.objects.filter(token_hash=token_hash).first()) else _over()


def hold(token_hash: str) -> FirstDayLink:
    """The open link, held to the end of the transaction. Raises Refusal for any other."""
    link = FirstDayLink.objects.select_for_update().filter(token_hash=token_hash).first()
    if link is None or not _open(link):
        raise Refusal.because("link_is_over", _over())
    return link


def _open(link: FirstDayLink | None) -> bool:
    return link is not None and link.used_at is None and clock.system_now() < link.ends_at


def _over() -> str:
    return _(
        "链接已使用、已过期（%(hours)d 小时内有效），或者之后又生成过新的链接。"
        "县已开通的，请各管理员用自己的密码链接；还没有开通的，请在服务器上重新生成。"
    ) % {"hours": LIVES // timedelta(hours=1)}
