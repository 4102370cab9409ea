"""Where a request came from: the client's address, as far as the proxy setting lets us know it.

Without a setting that is the address of the connection itself, which no client can choose. Behind
a proxy that is the proxy's own, so ``CLIENT_ADDRESS_HEADER`` names the header in which the proxy
writes the client's; of several addresses in it the last is taken, the one that the nearest proxy
wrote. A header is believed from everyone who can reach the port: name one only if the proxy
always sets it and nobody else reaches the port.
"""

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_here: ContextVar[str] = ContextVar("origin", default="")


def here() -> str:
    """The address of the request being answered; "" outside a request, or when it is not known."""
    return _here.get()


class Origin:
    """Middleware; stands first, so that whatever answers the request knows where it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _here.set(client_address(request))
        try:
            return self.get_response(request)
        finally:
            _here.reset(before)


def client_address(request: HttpRequest) -> str:
    """The client's address in its canonical text; "" when none can be known."""
    header = settings.CLIENT_ADDRESS_HEADER
    if header and (written := request.headers.get(header)):
        named = _canonical(written.rpartition(",")[2])
        if named:
            return named
    return _canonical(request.META.get("REMOTE_ADDR", ""))


def tells_apart(address: str) -> bool:
    """Whether the address is that of one client or office, and not the proxy's beside us."""
    return bool(address) and not ip_address(address).is_loopback


def _canonical(text: str) -> str:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        # Without the zone, which names an interface of the server.
        return str(address.ipv4_mapped or IPv6Address(int(address)))
    return str(address)
