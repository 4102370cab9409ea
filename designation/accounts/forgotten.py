"""A forgotten password: its person asks for a link by e-mail, and needs nobody else.

What is answered, and how long it takes, is the same for every name, so that nobody learns which
accounts there are: the page looks the name up and wakes a worker, whoever it finds; all else is
the worker's (``forgotten_links``).
"""

import logging
from datetime import timedelta

from django.utils.translation import gettext as _

from designation.site import origin
from designation.site.limits import Limit
from designation.site.refusal import Refusal
from designation.site.wake_up import WakeUpCall

from ..organizations.models import Person
from . import tasks

logger = logging.getLogger(__name__)

# Our defaults. Whole offices share an address; of one account more only fills its mailbox.
_HOUR = timedelta(hours=1)
BY_ADDRESS = Limit("forgotten-passwords", 20, _HOUR)
BY_ACCOUNT = Limit("forgotten-passwords-of-one", 3, _HOUR)
_NOBODY = 0
# The code of the refusal.
TOO_OFTEN = "asked_too_often"


def _send_now(person_id: int, asked_from: str) -> None:
    try:
        tasks.send_forgotten.delay(person_id, asked_from)
    except tasks.send_forgotten.OperationalError:
        logger.warning("The broker is not there; a link that was asked for is not sent.")


wake_up = WakeUpCall(_send_now)


def ask(username: str) -> None:
    """Have a link mailed to the account of this name, if it is one that may have it.

    Raises Refusal when this address has asked as often as may be; an account that was asked for
    too often is passed over in silence.
    """
    here = origin.here()
    if origin.tells_apart(here) and not BY_ADDRESS.takes(here):
        told = _("从您所在的网络一小时内索取的链接较多，请一小时后再试，或者联系本级安全管理员。")
        raise Refusal.because(TOO_OFTEN, told)
    is_seldom = BY_ACCOUNT.takes(username)
    found = Person.objects.filter(username=username).values_list("pk", flat=True).first()
    wake_up.ring(found if found and is_seldom else _NOBODY, here)
