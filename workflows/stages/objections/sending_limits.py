"""How many objections may be sent from one place.

Where an objection came from is not kept with it: the limits count keyed hashes, for an hour.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from designation.site import origin
from designation.site.limits import Limit
from designation.site.refusal import Refusal

from ..public_notice.models import NoticeEntry

# Our defaults.
_HOUR = timedelta(hours=1)
BY_ENTRY = Limit("objections-to-one", 5, _HOUR)
BY_ADDRESS = Limit("objections", 20, _HOUR)
# Reading a file costs us more than it costs whoever sends it.
BY_FILES = Limit("objection-files", 60, _HOUR)
# The code of the refusal.
TOO_OFTEN = "sent_too_often"


def count(request: HttpRequest, entry: NoticeEntry) -> None:
    """Count an objection about to be sent.

    An address that does not tell people apart (a proxy's own) limits nobody. Raises Refusal,
    with the code TOO_OFTEN, when this address has sent as many as may be.
    """
    here = origin.client_address(request)
    if not origin.tells_apart(here):
        return
    if not (BY_ENTRY.takes(here, entry.pk) and BY_ADDRESS.takes(here)):
        raise _too_often()


def count_files(request: HttpRequest, files: int) -> None:
    """Count files about to be read; as ``count``."""
    here = origin.client_address(request)
    if not origin.tells_apart(here):
        return
    if not all(BY_FILES.takes(here) for _file in range(files)):
        raise _too_often()


def _too_often() -> Refusal:
    return Refusal.because(
        TOO_OFTEN,
        _(
            "从您所在的网络一小时内提交的异议较多，这一件还没有提交。您填写的内容仍在本页，"
            "请不要关闭，一小时后再提交；也可以照公示上的联系方式，用电话、信函或者当面提出。"
        ),
    )
