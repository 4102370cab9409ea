"""Asking for the password again, before an act by which somebody could act as another.

An open browser on an unwatched desk must not be enough to make a password link, or to give and
end seats. Who typed the password within the last minutes, at the sign-in or here, is not asked.
"""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..organizations.requests import PersonRequest
from ..site import clock
from . import failures

# Our default. Counted by the machine's own clock, as sessions are.
STAYS_FRESH = timedelta(minutes=10)
FIELD = "password_again"
_TYPED_AT = "password_typed_at"


def reauthenticated(request: PersonRequest) -> bool:
    """Whether whoever sends this is the person: by a password typed of late, or with it.

    Raises ValidationError for a password that is not theirs, or for one typed too soon after too
    many failures; it counts as a failed sign-in of the account.
    """
    if _is_fresh(request):
        return True
    typed = request.POST.get(FIELD, "")
    if not typed:
        return False
    username = request.user.get_username()
    if seconds := failures.seconds_to_wait(request, username):
        told = _("这个网络地址的登录失败次数较多，请 %(seconds)d 秒后再试。")
        raise ValidationError(told % {"seconds": seconds}, code="pause")
    if authenticate(request, username=username, password=typed) is None:
        failures.record(request, username, "account.password_refused")
        raise ValidationError(_("密码不正确，请重新输入。"), code="password_incorrect")
    request.session[_TYPED_AT] = clock.system_now().isoformat()
    return True


def _is_fresh(request: PersonRequest) -> bool:
    """A session always knows when it began: with the password, or by a link of the demo."""
    moments = (request.session.get(_TYPED_AT), request.session.get("signed_in_at"))
    last = max((datetime.fromisoformat(said) for said in moments if said), default=None)
    return last is not None and clock.system_now() - last < STAYS_FRESH
