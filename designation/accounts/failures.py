"""Failed sign-ins: whom they count against, when one must wait, and what of them is recorded.

django-axes counts and locks: five failures of an account, then half an hour. Ours is what they
count against. A browser that has signed in as the person before counts on its own, so nobody can
shut it out by failing elsewhere; a name that is no account is kept as a keyed hash, for it may be
a password typed in the wrong field.

An address is never locked, for whole offices share one. After many failures from it each further
one asks for a longer pause, which is answered, not slept through. An address that does not tell
clients apart (a proxy's own) asks for none.
"""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.audit.queries import NO_ACCOUNT
from designation.site import clock, origin

from ..organizations.models import FailedSignIns, Person
from ..organizations.scoping import area_code
from . import devices

# Our defaults: free failures of an address within the half hour, then the pause in seconds.
_FREE_OF_AN_ADDRESS = 50
_STEP, _LONGEST = 2, 30
_WINDOW = timedelta(minutes=15)
# Our default; that there were failures is in the log.
KEPT = timedelta(days=30)
_HASH_LENGTH = 32
# What a failure with a name that is no account is about.
_NOBODY = Person(pk=int(NO_ACCOUNT), full_name="不存在的账号")
# What stands between an account and one of its browsers; no account's name holds it.
_OF = "@"


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """What a failure counts against (django-axes asks): account, browser of it, or unknown name."""
    username = (credentials or request.POST).get("username") or ""
    known: dict[str, str] = request.__dict__.setdefault("_counted_as", {})
    if username not in known:
        known[username] = _bucket(request, username)
    return known[username]


def _bucket(request: HttpRequest, username: str) -> str:
    person = Person.objects.filter(username=username).first()
    if person is None:
        return "?" + salted_hmac("designation.unknown-name", username).hexdigest()[:_HASH_LENGTH]
    device = devices.known(request, person)
    return f"{username}{_OF}{device}" if device else username


def address(request: HttpRequest) -> str | None:
    """The client's address as django-axes keeps it; None when it is not known."""
    return origin.client_address(request) or None


def seconds_to_wait(request: HttpRequest, username: str) -> int:
    """How long this address must pause before it may try again; 0 for a known browser."""
    here = origin.client_address(request)
    if not origin.tells_apart(here) or _OF in counted_as(request, {"username": username}):
        return 0
    since = clock.system_now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failed = AccessAttempt.objects.filter(ip_address=here, attempt_time__gte=since).aggregate(
        count=Sum("failures_since_start", default=0), last=Max("attempt_time")
    )
    beyond = failed["count"] - _FREE_OF_AN_ADDRESS
    if beyond < 0:
        return 0
    pause = timedelta(seconds=min(_LONGEST, _STEP * (beyond + 1)))
    left = failed["last"] + pause - clock.system_now()
    return max(0, -(-left // timedelta(seconds=1)))


def forget(person: Person) -> None:
    """Open the account again: a password was set that the failures did not guess at."""
    browsers = Q(username__startswith=person.username + _OF)
    AccessAttempt.objects.filter(Q(username=person.username) | browsers).delete()
    FailedSignIns.objects.filter(person=person).delete()


def forget_old() -> int:
    """Clear what no lock and no pause asks for any more; answers how many failures went.

    With them sessions that are over. By the machine's own clock, as they are counted.
    """
    SessionStore.clear_expired()
    before = clock.system_now() - KEPT
    gone, _each = AccessAttempt.objects.filter(attempt_time__lt=before).delete()
    FailedSignIns.objects.filter(began_at__lt=before).delete()
    return gone


@transaction.atomic
def record(request: HttpRequest, username: str, action: str = "account.sign_in_failed") -> None:
    """Count a failure, and write the first, the fifth and then each tenfold one to the log.

    Whoever fails on purpose adds few events, however often they try, and what stands between two
    of them is told by the count. A name that is no account stays unnamed.
    """
    person = Person.objects.filter(username=username).first()
    run = _run(person)
    run.count += 1
    run.save()
    if _is_told(run.count):
        _write(person, action, {"count": run.count, "before": run.before})
    if person is not None and _has_just_locked(request):
        _write(person, "account.lock", {"known_browser": bool(devices.known(request, person))})


def _run(person: Person | None) -> FailedSignIns:
    """The failures within a window; an old one begins anew, with what the last one came to."""
    now = clock.system_now()
    run, _is_new = FailedSignIns.objects.select_for_update().get_or_create(
        person=person, defaults={"began_at": now}
    )
    if now - run.began_at > _WINDOW:
        run.began_at, run.before, run.count = now, run.count, 0
    return run


def _is_told(count: int) -> bool:
    return count == settings.AXES_FAILURE_LIMIT or str(count).rstrip("0") == "1"


def _has_just_locked(request: HttpRequest) -> bool:
    failures = getattr(request, "axes_failures_since_start", None)
    return failures is not None and failures >= settings.AXES_FAILURE_LIMIT


def _write(person: Person | None, action: str, details: dict[str, Any]) -> None:
    events.append(
        events.Entry(
            actor=None,
            action=action,
            subject=person or _NOBODY,
            jurisdiction_code=(area_code(person) if person else "") or events.WHOLE_SITE,
            role=WithoutSeat.PUBLIC,
            details=details,
            origin=origin.here(),
        )
    )
