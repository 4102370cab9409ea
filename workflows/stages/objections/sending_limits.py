"""How many objections may be sent from one place.

Where an objection came from is not kept with it: the limits count keyed hashes, for an hour.
"""

from datetime import timedelta

from django.http import HttpRequest

from designation.site import origin
from designation.site.limits import Limit

from ..public_notice.models import NoticeEntry

# Our defaults.
_HOUR = timedelta(hours=1)
BY_ENTRY = Limit("objections-to-one", 5, _HOUR)
BY_ADDRESS = Limit("objections", 20, _HOUR)


def may_be_sent(request: HttpRequest, entry: NoticeEntry) -> bool:
    """Count an objection about to be sent; False when this address has sent as many as may be.

    An address that does not tell people apart (a proxy's own) limits nobody.
    """
    here = origin.client_address(request)
    if not origin.tells_apart(here):
        return True
    return BY_ENTRY.takes(here, entry.pk) and BY_ADDRESS.takes(here)
