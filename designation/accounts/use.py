"""From which day on an account counts as unused, and who is told of it at the sign-in.

Counted from the last sign-in; of who never signed in, from the day on which they were entered, were
given a link or were let in again. By the product's own clock, as every other term is.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from designation.site import clock

from ..organizations.models import Person

# Assessors' practice for GB/T 22239, level 2 and 3 (domain: accounts unused for 90 days).
UNUSED_AFTER = timedelta(days=90)


def count_anew(person: Person) -> None:
    """Count from today on; that it would be switched off is settled. Written with the act."""
    person.used_on, person.unused_told_on = clock.today(), None


def signed_in(user: Person, **_kwargs: Any) -> None:
    """Listens to every sign-in (``apps.py``); writes once a day."""
    if user.used_on == clock.today() and user.unused_told_on is None:
        return
    count_anew(user)
    user.save(update_fields=["used_on", "unused_told_on"])


def is_switched_off_unused(person: Person) -> bool:
    """Whether time switched the account off, and nobody else did."""
    return not person.is_active and person.unused_off_on is not None


def told() -> str:
    """What is said of such an account to whoever has its password, or a link to set one."""
    return _(
        "您的账号超过 %(days)d 天没有登录，已自动停用；岗位、草稿和办理记录都还在。"
        "请联系本级安全管理员重新启用。"
    ) % {"days": UNUSED_AFTER.days}
