"""A request to an address that somebody entered leads where it was checked, and comes to an end."""

import datetime as dt
import socket
import ssl
import threading
from ipaddress import ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from designation.site.refusal import Refusal
from notifications.channels import Away, names, outbound, signing

from . import receiver as behaviours
from .receiver import Receiver

KEY = ("k1", signing.new_secret())
LOOPBACK = [ip_network("127.0.0.0/8")]
BODY = b'{"id":"message-1","to":"13800000000"}'


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_PLAIN_HTTP = LOOPBACK, True
    settings.WEBHOOK_TIMEOUT = 10
    running = Receiver()
    running.keys = dict([KEY])
    running.start()
    yield running
    running.stop()


@pytest.fixture
def quickly(settings):
    settings.WEBHOOK_TIMEOUT = 0.3


def posted(address, *, moment=None, keys=(KEY,)):
    moment = int(dt.datetime.now(dt.UTC).timestamp()) if moment is None else moment
    return outbound.post(address, BODY, signing.headers("message-1", moment, BODY, keys))


def resolver(monkeypatch, **names):
    """Answers for names from lists, one answer a time; returns the names that were asked for."""
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host, port, *rest, **more):
        if host not in names:
            return real(host, port, *rest, **more)
        asked.append(host)
        found = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        if isinstance(found, Exception):
            raise found
        return [one for address in found for one in real(address, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


# Where it may lead


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - asked for, and refused
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_what_is_no_public_address_is_refused(host):
    with pytest.raises(Refusal) as refused:
        outbound.refuse_address(f"https://{host}/sms")
    assert refused.value.codes == ("private_address",)
    with pytest.raises(Refusal):
        posted(f"https://{host}/sms")


@pytest.mark.parametrize("host", ["8.8.8.8", "[2400:3200::1]", "gateway.example.cn:8443"])
def test_a_public_address_is_none_of_them(host):
    outbound.refuse_address(f"https://{host}/sms")


def test_a_network_that_the_installation_names_may_be_reached_and_no_other(settings):
    settings.WEBHOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    outbound.refuse_address("https://10.20.3.4/sms")
    with pytest.raises(Refusal):
        outbound.refuse_address("https://10.21.3.4/sms")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://gateway.example.cn/sms", "not_https"),
        ("ftp://gateway.example.cn/sms", "no_address"),
        ("gateway.example.cn", "no_address"),
        ("https:///sms", "no_address"),
        ("https://gateway.example.cn:0/", "no_address"),
        ("https://gateway.example.cn:99999/", "no_address"),
        ("https://[::1/", "no_address"),
        ("https://短信.example.cn/", "no_address"),
        ("https://user:word@gateway.example.cn/", "more_than_an_address"),
        ("https://gateway.example.cn/?token=1", "more_than_an_address"),
        ("https://gateway.example.cn/#a", "more_than_an_address"),
    ],
)
def test_what_is_no_address_of_a_gateway_is_refused(address, code):
    with pytest.raises(Refusal) as refused:
        outbound.refuse_address(address)
    assert refused.value.codes == (code,)


def test_a_name_that_leads_inside_is_refused_before_anybody_is_talked_to(monkeypatch, receiver):
    resolver(monkeypatch, **{"gateway.example.cn": [["8.8.8.8", "192.168.0.7"]]})
    with pytest.raises(Refusal):
        posted("http://gateway.example.cn/")
    assert receiver.connections == 0


def test_a_name_is_asked_once_and_what_was_checked_is_what_is_talked_to(monkeypatch, receiver):
    """The second answer would lead elsewhere."""
    found = {"gateway.example.cn": [["127.0.0.1"], ["192.168.0.7"]]}
    asked = resolver(monkeypatch, **found)

    answer = posted(f"http://gateway.example.cn:{receiver.server_port}/sms")

    assert answer.status == 200
    assert asked == ["gateway.example.cn"]
    assert receiver.requests[0]["Host"] == f"gateway.example.cn:{receiver.server_port}"


def test_a_name_that_is_not_found_is_away(monkeypatch, receiver):
    resolver(monkeypatch, **{"gateway.example.cn": [socket.gaierror()]})
    with pytest.raises(Away, match="找不到"):
        posted("http://gateway.example.cn/")


@pytest.fixture
def hanging(monkeypatch):
    """A resolver that answers nobody before the test is over."""
    is_over = threading.Event()
    real = socket.getaddrinfo

    def getaddrinfo(host, *rest, **more):
        if host == "gateway.example.cn":
            is_over.wait()
            raise socket.gaierror
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    is_over.set()
    for thread in threading.enumerate():
        if thread.name == "look-up":
            thread.join()


@pytest.mark.usefixtures("hanging")
def test_a_resolver_that_hangs_holds_nobody(receiver, settings):
    settings.WEBHOOK_TIMEOUT = 0.05
    with pytest.raises(Away, match="找不到") as away:
        posted("http://gateway.example.cn/")
    assert isinstance(away.value.__cause__, TimeoutError)
    assert receiver.connections == 0


@pytest.mark.usefixtures("hanging")
def test_another_name_is_found_while_a_look_up_hangs(receiver, settings):
    settings.WEBHOOK_TIMEOUT = 0.05
    with pytest.raises(Away):
        posted("http://gateway.example.cn/")
    settings.WEBHOOK_TIMEOUT = 10
    assert posted(receiver.address).status == 200


@pytest.mark.usefixtures("hanging")
def test_the_end_of_the_process_waits_for_no_look_up(settings):
    with pytest.raises(TimeoutError):
        names.looked_up("gateway.example.cn", 443, within=0.01)
    assert [thread.daemon for thread in threading.enumerate() if thread.name == "look-up"] == [True]


# How it ends


def test_it_is_taken_and_told(receiver):
    assert str(posted(receiver.address)) == "200 ok"
    assert receiver.heard == receiver.taken == [{"id": "message-1", "to": "13800000000"}]


def test_nobody_there_is_away(receiver):
    address = receiver.address
    receiver.stop()
    with pytest.raises(Away, match="没有应答"):
        posted(address)


@pytest.mark.parametrize("act", [behaviours.takes_and_hangs, behaviours.drips])
def test_who_hangs_or_drips_is_left_in_time(receiver, quickly, act):
    receiver.script = [act]
    with pytest.raises(Away):
        posted(receiver.address)


def test_a_line_that_drops_is_away(receiver):
    receiver.script = [behaviours.drops_the_line]
    with pytest.raises(Away):
        posted(receiver.address)


def test_once_it_said_that_it_took_it_the_rest_does_not_matter(receiver, quickly):
    receiver.script = [behaviours.takes_and_drips]
    assert posted(receiver.address).status == 200


def test_of_an_answer_without_end_the_beginning_is_read(receiver):
    receiver.script = [behaviours.goes_on_and_on]
    answer = posted(receiver.address)
    assert answer.status == 200
    assert set(answer.text) == {"x"}
    assert len(answer.text) <= 200


def test_no_redirect_is_followed(receiver):
    receiver.script = [behaviours.leads_elsewhere]
    assert posted(receiver.address).status == 302
    assert receiver.connections == 1


def test_of_two_answers_the_first_one_counts(receiver):
    receiver.script = [behaviours.answers_twice]
    assert posted(receiver.address).status == 200
    assert posted(receiver.address).status == 200


def test_no_proxy_of_the_environment_is_asked(receiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert posted(receiver.address).status == 200


# Whom it may be from


def test_what_is_signed_otherwise_or_at_another_time_is_not_taken(receiver):
    assert posted(receiver.address, keys=[("k1", signing.new_secret())]).status == 401
    assert posted(receiver.address, keys=[("k2", KEY[1])]).status == 401
    assert posted(receiver.address, moment=1_700_000_000).status == 401
    assert receiver.heard == []


def test_while_a_key_is_changed_a_receiver_that_knows_either_takes_it(receiver):
    both = [("old", signing.new_secret()), KEY]
    assert posted(receiver.address, keys=both).status == 200
    receiver.keys = dict(both[:1])
    assert posted(receiver.address, keys=both).status == 200


def test_the_signature_is_that_of_the_specification():
    """The example of Standard Webhooks, signed by its reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    made = signing.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [("k", secret)])
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


# Over TLS


@pytest.fixture
def certified(receiver, tmp_path, monkeypatch):
    """The receiver over TLS, as gateway.example.cn, by a certificate that is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway.example.cn")])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("gateway.example.cn")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "gateway.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return receiver


def test_the_certificate_is_asked_for_the_name_though_the_address_is_talked_to(
    certified, monkeypatch
):
    names = {"gateway.example.cn": [["127.0.0.1"]], "another.example.cn": [["127.0.0.1"]]}
    resolver(monkeypatch, **names)
    assert posted(f"https://gateway.example.cn:{certified.server_port}/").status == 200
    with pytest.raises(Away):
        posted(f"https://another.example.cn:{certified.server_port}/")


def test_a_certificate_that_nobody_trusts_is_not_talked_to(certified, monkeypatch):
    resolver(monkeypatch, **{"gateway.example.cn": [["127.0.0.1"]]})
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Away):
        posted(f"https://gateway.example.cn:{certified.server_port}/")
    assert certified.heard == []
