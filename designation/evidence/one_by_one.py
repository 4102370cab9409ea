"""Files that the page's script sends one by one, each answered by the hash of what arrived.

The script (static/saving/uploads.js) sends a file again until that hash is the one of what it
sent; the same file again is the same to us, so nothing becomes two.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from designation.site import uploads
from designation.site.pages import REFUSED

from .content import Received
from .forms import SeveralForm

_INPUT = "sha256"
# What a line cut short: the same file is asked for again.
_CUT_SHORT = 503


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that may be kept under ``title``."""

    title: str
    received: Received


@dataclass(frozen=True, slots=True)
class Room:
    """How many files more are taken: what is chosen beyond that is not even sent."""

    left: int

    @property
    def largest(self) -> int:
        """Bytes of a file."""
        limit: int = settings.EVIDENCE_FILE_LIMIT
        return limit


def is_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("X-Upload") == "1"


def sent(request: HttpRequest, form: SeveralForm) -> Sent | JsonResponse:
    """The one file that ``form`` bears, judged; or the answer that tells why it is not taken."""
    if not form.is_valid():
        return _refused_by(form)
    (file, *_more) = form.cleaned_data["file"]
    is_there = (file.size or 0) > 0 and not isinstance(file, uploads.Unread)
    if is_there and not uploads.is_whole(file, request.POST.get(_INPUT, "")):
        return JsonResponse({"again": True}, status=_CUT_SHORT)
    for title, received in form.judged():
        return Sent(title, received)
    return _refused_by(form)


def kept(received: Received, *, address: str, parts: str = "", told: str = "") -> JsonResponse:
    """That the file is kept, or was already; ``parts`` of the page change, ``address`` shows it.

    ``told`` is what the person has to know beside that.
    """
    sha256 = received.sha256_as_uploaded
    return JsonResponse({"kept": sha256, "address": address, "parts": parts, "told": told})


def refused(told: str) -> JsonResponse:
    """Why the file is not taken: sent again, it would not be either."""
    return JsonResponse({"refused": told}, status=REFUSED)


def _refused_by(form: SeveralForm) -> JsonResponse:
    return refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
