"""The reference receiver: a gateway on loopback that checks every request, and can misbehave.

``keys`` maps ids to secrets. ``script`` holds what it does with the next requests instead of
taking them: a status, or one of the functions below. ``taken`` has what it took, each id once;
``heard`` every request that was signed as it must be.
"""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Five minutes, as the specification proposes.
WINDOW = 300


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.keys, self.script = {}, []
        self.heard, self.taken, self.requests, self.connections = [], [], [], 0
        self.released = threading.Event()
        self.moment = time.time

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/sms"

    def start(self):
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()
        return self

    def stop(self):
        self.released.set()
        self.shutdown()
        self.server_close()

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, request, client_address):
        """Whoever hangs up on it is no concern of its."""

    def is_signed(self, headers, body):
        moment = headers["webhook-timestamp"]
        if abs(self.moment() - int(moment)) > WINDOW:
            return False
        signed = f"{headers['webhook-id']}.{moment}.".encode() + body
        pairs = zip(
            headers["webhook-key-id"].split(), headers["webhook-signature"].split(), strict=True
        )
        return any(
            hmac.compare_digest(signature, "v1," + self._signature(self.keys[key_id], signed))
            for key_id, signature in pairs
            if key_id in self.keys
        )

    @staticmethod
    def _signature(secret, signed):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.requests.append(dict(self.headers))
        if not self.server.is_signed(self.headers, body):
            self.answer(401, b"not signed by you")
            return
        said = json.loads(body)
        self.server.heard.append(said)
        act = self.server.script.pop(0) if self.server.script else takes
        if isinstance(act, int):
            self.answer(act, b"as scripted")
        else:
            act(self, said)

    def take(self, said):
        """Once, however often it comes."""
        if said["id"] not in {one["id"] for one in self.server.taken}:
            self.server.taken.append(said)

    def answer(self, status, text=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_said):
        """In silence."""


def takes(handler, said):
    handler.take(said)
    handler.answer(200, b"ok")


def takes_and_hangs(handler, said):
    """Has it, and never says so."""
    handler.take(said)
    handler.server.released.wait(60)


def answers_twice(handler, said):
    """A second answer on the same line, that it was refused after all."""
    takes(handler, said)
    handler.answer(500, b"no")


def says_it_twice(handler, said):
    handler.take(said)
    handler.answer(200, f"sent to {said['to']}, {said['to']}".encode())


def drops_the_line(handler, said):
    handler.take(said)
    handler.close_connection = True


def leads_elsewhere(handler, _said):
    handler.answer(302, Location=f"{handler.server.address}/elsewhere")


def goes_on_and_on(handler, said):
    """An answer without an end."""
    handler.take(said)
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b"x" * 4096)


def drips(handler, _said):
    """A letter of its first line at a time, so that no single wait is long."""
    while not handler.server.released.wait(0.02):
        handler.wfile.write(b"x")


def takes_and_drips(handler, said):
    """Says at once that it took it, and then talks slowly."""
    handler.take(said)
    handler.send_response(200)
    handler.end_headers()
    drips(handler, said)
