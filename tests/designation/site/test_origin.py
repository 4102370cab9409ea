"""Where a request came from is told by the connection, or by the one header that was named."""

import pytest
from django.http import HttpResponse

from designation.site import origin

PROXY, CLIENT = "10.0.0.1", "203.0.113.7"


@pytest.fixture
def address(rf):
    def known(remote=PROXY, **headers):
        request = rf.get("/", headers=headers)
        request.META["REMOTE_ADDR"] = remote
        return origin.client_address(request)

    return known


def test_no_header_is_believed_unless_it_is_named(address):
    assert address(**{"X-Real-IP": CLIENT, "X-Forwarded-For": CLIENT}) == PROXY


def test_the_named_header_of_the_proxy_is_believed(address, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"

    assert address(**{"X-Real-IP": CLIENT}) == CLIENT
    assert address(**{"X-Forwarded-For": CLIENT}) == PROXY


def test_of_several_addresses_the_one_that_the_nearest_proxy_wrote_counts(address, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"

    assert address(**{"X-Forwarded-For": f"198.51.100.1, {CLIENT}"}) == CLIENT


@pytest.mark.parametrize("written", ["", "unknown", f"{CLIENT},", "<script>", "1.2.3", "x" * 500])
def test_a_header_that_is_no_address_is_passed_over(address, settings, written):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"

    assert address(**{"X-Forwarded-For": written}) == PROXY


@pytest.mark.parametrize(
    ("remote", "text"),
    [
        ("::ffff:203.0.113.7", CLIENT),
        ("2001:0DB8::0001", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(address, remote, text):
    assert address(remote) == text


def test_outside_a_request_there_is_no_address(rf):
    asked = []
    middleware = origin.Origin(lambda _request: asked.append(origin.here()) or HttpResponse())

    middleware(rf.get("/"))

    assert asked == ["127.0.0.1"]
    assert origin.here() == ""


def test_an_error_leaves_no_address_behind(rf):
    def fails(_request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        origin.Origin(fails)(rf.get("/"))

    assert origin.here() == ""
