"""The receiver of docs/webhook.md takes what is sent, once, and nothing of anybody else."""

import importlib.util
import json
import re
import threading
from http.server import ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from designation.site import clock
from notifications import carrying, webhooks
from notifications.channels import outbound, signing
from tooling.places import ROOT

DOCUMENT = (ROOT / "docs" / "webhook.md").read_text()
SCRIPT = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)[1]
EXAMPLE = re.search(r"```http\n(.*?)```", DOCUMENT, re.DOTALL)[1]
SECRET = signing.new_secret()
BODY = json.dumps({"id": "message-1@here", "to": "138", "text": "有事项", "link": "/"}).encode()


@pytest.fixture
def gateway(tmp_path, settings, monkeypatch):
    """The script, running; ``passed_on`` is what it handed to the county's own service."""
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.WEBHOOK_PLAIN_HTTP = True
    monkeypatch.setenv("KEYS", json.dumps({"k1": SECRET}))
    (tmp_path / "gateway.py").write_text(SCRIPT)
    spec = importlib.util.spec_from_file_location("gateway", tmp_path / "gateway.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.passed_on = []
    module.pass_on = module.passed_on.append
    module.Gateway.log_message = lambda *_said: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), module.Gateway)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    module.address = f"http://127.0.0.1:{server.server_port}/"
    yield module
    server.shutdown()
    server.server_close()


def status(gateway, *, keys=(("k1", SECRET),), late=0, body=BODY, **headers):
    moment = int(clock.system_now().timestamp()) - late
    signed = signing.headers("message-1@here", moment, BODY, keys) | headers
    return outbound.post(gateway.address, body, signed).status


def test_what_is_ours_is_passed_on_once_and_taken_each_time(gateway):
    assert status(gateway) == 204
    assert status(gateway) == 204
    assert [message["to"] for message in gateway.passed_on] == ["138"]


def test_while_keys_change_the_one_that_it_knows_is_enough(gateway):
    assert status(gateway, keys=[("k2", signing.new_secret()), ("k1", SECRET)]) == 204


@pytest.mark.parametrize(
    "wrong",
    [
        {"keys": [("k1", signing.new_secret())]},
        {"keys": [("k2", SECRET)]},
        {"keys": [("k2", "whsec_")]},
        {"keys": []},
        {"late": 301},
        {"late": -301},
        {"body": BODY + b" "},
        {"webhook-id": "message-2@here"},
        {"webhook-timestamp": "now"},
        {"webhook-signature": "v1,é".encode().decode("latin-1")},
    ],
)
def test_what_is_not_ours_or_old_is_not_taken(gateway, wrong):
    assert status(gateway, **wrong) == 401
    assert gateway.passed_on == []


def test_the_example_is_signed_as_it_says():
    head, _empty, body = EXAMPLE.strip().partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    secret = re.search(r"whsec_[A-Za-z0-9+/=]{20,}", DOCUMENT)[0]
    keys = [(said["webhook-key-id"], secret)]
    identity, moment = said["webhook-id"], int(said["webhook-timestamp"])
    made = signing.headers(identity, moment, body.encode(), keys)
    assert said == made | {"Host": "gateway.example.cn"}
    assert json.loads(body)["id"] == identity


def test_what_it_says_of_pauses_and_tries_is_so(settings):
    assert "2, 4, 8 … minutes, a day at most, for five days" in DOCUMENT
    assert carrying.LONGEST_WAIT.days == 5
    assert "within ten seconds" in DOCUMENT
    assert settings.WEBHOOK_TIMEOUT == 10
    assert "ten times in all" in DOCUMENT
    assert carrying.MOST_ATTEMPTS == 10
    assert "for a minute, then for two, four, eight, sixteen" in DOCUMENT
    assert webhooks._LONGEST_REST.seconds == 16 * 60
