"""One request to an address that somebody entered: checked where it leads, bounded in all it does.

The connection goes to the very address that was checked, so that a name that is answered otherwise
a second time leads nowhere else. No redirect is followed, no proxy asked; of an answer its
beginning is read.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from designation.site.refusal import Finding, Refusal
from standards.characters import line

from .channel import Away
from .names import looked_up

_PORTS = {"https": 443, "http": 80}
# Our default: as much of an answer is read, and as much of it shown.
_MOST = 2000
_SHOWN = 160
# Addresses of IPv6 that stand for others, of IPv4, which nobody could check here.
_TRANSLATED = tuple(
    ipaddress.ip_network(one)
    for one in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, and the first words of what it said."""

    status: int
    text: str

    def __str__(self) -> str:
        return f"{self.status} {self.text}".strip()


def refuse_address(address: str) -> None:
    """Raises Refusal for what is no address of a gateway; where its name leads is asked later."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname and (parts.port is None or parts.port))
        host = _host(parts) if is_whole else ""
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in _PORTS or not address.isascii():
        raise _refused("no_address", _("请填写完整的地址，例如 https://gateway.example.cn/sms。"))
    if parts.scheme == "http" and not settings.WEBHOOK_PLAIN_HTTP:
        raise _refused("not_https", _("地址须以 https:// 开头。"))
    if parts.username is not None or parts.query or parts.fragment:
        told = _("地址中不能有用户名、密码和“?”“#”后的内容；是不是我们发的，由签名证明。")
        raise _refused("more_than_an_address", told)
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return
    _refuse_network(literal)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Raises Refusal for an address that may not be reached, Away where nobody answers in time."""
    refuse_address(address)
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    connection = _connection(parts, _resolved(_host(parts), port), port)
    host = {"Host": parts.netloc, "Accept-Encoding": "identity"}
    try:
        connection.connect()
        with _in_time(connection.sock):
            connection.request(
                "POST", parts.path or "/", body, {**headers, **host}, preload_content=False
            )
            return _answer(connection.getresponse())
    except (OSError, HTTPError, HTTPException) as error:
        raise Away(_("网关没有应答（%(why)s）") % {"why": type(error).__name__}) from error
    finally:
        connection.close()


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _resolved(host: str, port: int) -> str:
    """The address to connect to; every one that the name leads to must be allowed."""
    try:
        addresses = looked_up(host, port, within=settings.WEBHOOK_TIMEOUT)
    except (OSError, UnicodeError) as error:
        raise Away(_("找不到网关的域名")) from error
    for one in addresses:
        _refuse_network(ipaddress.ip_address(one.partition("%")[0]))
    return addresses[0]


def _refuse_network(address: Any) -> None:
    """Private, loopback, link-local and the like only where the installation names the network."""
    meant = getattr(address, "ipv4_mapped", None) or address
    if any(meant in named for named in settings.WEBHOOK_NETWORKS):
        return
    is_translated = any(meant in network for network in _TRANSLATED)
    if not meant.is_global or meant.is_multicast or is_translated:
        told = _("这个地址在内部网络中，系统不能访问；请运行维护人员在部署设置中准许该网段。")
        raise _refused("private_address", told)


def _connection(parts: SplitResult, address: str, port: int) -> HTTPConnection:
    timeout = settings.WEBHOOK_TIMEOUT
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        server_hostname=_host(parts),
        ssl_context=ssl.create_default_context(),
    )


@contextmanager
def _in_time(line_: Any) -> Iterator[None]:
    """The exchange ends after the time allowed, however slowly the other side goes on talking."""
    timer = Timer(settings.WEBHOOK_TIMEOUT, _cut, [line_])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(line_: socket.socket) -> None:
    try:
        socket.socket.shutdown(line_, socket.SHUT_RDWR)
    except OSError:
        # It was closed meanwhile.
        return


def _answer(response: Any) -> Answer:
    """Once the status is here the request was answered, whatever becomes of the rest."""
    try:
        said = response.read(_MOST, decode_content=False)
    except (OSError, HTTPError, HTTPException):
        said = b""
    return Answer(response.status, line(said.decode(errors="replace"))[:_SHOWN])


def _refused(code: str, told: str) -> Refusal:
    return Refusal([Finding(code, "", told, field="address")])
