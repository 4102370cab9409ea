"""A refusal comes before all of a large upload has been sent, and costs nothing that was typed."""

import io
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse

from designation.applications.models import Answer, Evidence
from designation.organizations.models import Role
from tests import factories
from tests.course import PDF

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
BOUNDARY = "----designation"


class Line:
    """A line on which far more arrives than anyone should read; it counts what is read."""

    def __init__(self, head, length):
        self.head = io.BytesIO(head)
        self.left = length - len(head)
        self.read_so_far = 0

    def readline(self, size=-1):
        return self.read(size)

    def read(self, size=-1):
        assert size >= 0, "Nobody reads to the end of a line that may have none."
        part = self.head.read(size)
        if not part:
            part = b"x" * min(size, self.left)
            self.left -= len(part)
        self.read_so_far += len(part)
        return part


def field(name, text):
    return (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
    ).encode()


def file_head(name="大.pdf"):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
    return f"{head}\r\nContent-Type: application/pdf\r\n\r\n".encode() + PDF


@pytest.fixture
def draft(county):
    return county.start()


@contextmanager
def one_connection():
    """The server's door closes old connections; the test's own stays, with what it arranged."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def send(client, county, draft):
    """Send a body straight through the application server's door; status and page come back."""
    client.force_login(county.preparer)
    client.get(reverse("home"))
    handler = WSGIHandler()

    def sent(line, *, address=None, **environment):
        answered = []
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": address or reverse("applications:evidence_add", args=[draft.pk, "NC-01"]),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_COOKIE": client.cookies.output(header="", sep=";", attrs=[]),
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "wsgi.input": line,
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            **environment,
        }
        with one_connection():
            response = handler(environ, lambda status, _headers: answered.append(status))
            body = b"".join(response)
            response.close()
        return int(answered[0].split()[0]), body.decode()

    return sent


@pytest.fixture
def typed(send, client):
    """What the form holds before its file, the token that lets it in first of all."""
    token = client.cookies["csrftoken"].value
    return (
        field("csrfmiddlewaretoken", token)
        + field("answer", "1")
        + field("note", "写了很久的说明")
        + field("title", "会议纪要")
    )


def test_two_hundred_megabytes_are_refused_after_the_first_few(send, typed, draft):
    length = 200 * MEGABYTE
    line = Line(typed + file_head(), length)

    status, page = send(line, CONTENT_LENGTH=str(length))

    assert status == 422
    assert "“大.pdf”有 200.0 MB，超过单个文件 20 MB 的上限" in page
    assert line.read_so_far < MEGABYTE
    assert "会议纪要" in page
    assert Answer.objects.get(application=draft).note == "写了很久的说明"
    assert not Evidence.objects.exists()


def test_the_real_size_counts_and_what_follows_the_file_is_kept(send, typed, settings):
    settings.EVIDENCE_FILE_LIMIT = MEGABYTE
    body = file_head() + b"x" * 2 * MEGABYTE + b"\r\n" + typed + f"--{BOUNDARY}--\r\n".encode()

    status, page = send(Line(body, len(body)), CONTENT_LENGTH=str(len(body)))

    assert status == 422
    assert "超过单个文件 1 MB 的上限" in page
    assert "会议纪要" in page
    assert Answer.objects.get().note == "写了很久的说明"


def test_a_standard_s_file_is_refused_as_early(send, county, client):
    client.force_login(factories.seated(Role.STANDARDS_MANAGER, county.jurisdiction))
    client.get(reverse("home"))
    length = 300 * MEGABYTE
    token = field("csrfmiddlewaretoken", client.cookies["csrftoken"].value)
    line = Line(token + file_head("标准.docx"), length)

    status, page = send(line, address=reverse("drafting:read"), CONTENT_LENGTH=str(length))

    assert status == 422
    assert "超过单个文件 20 MB 的上限" in page
    assert line.read_so_far < MEGABYTE


def test_a_body_without_a_length_is_not_read_at_all(send, typed):
    line = Line(typed + file_head(), 200 * MEGABYTE)

    status, page = send(line, HTTP_TRANSFER_ENCODING="chunked")

    assert status == 411
    assert "无法判断内容有多大" in page
    assert line.read_so_far == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_text_without_end_is_refused_in_the_person_s_language(send, language):
    length = 200 * MEGABYTE
    line = Line(b"note=", length)

    status, page = send(
        line,
        CONTENT_LENGTH=str(length),
        CONTENT_TYPE="application/x-www-form-urlencoded",
        HTTP_ACCEPT_LANGUAGE=language,
    )

    assert status == 413
    assert {"zh-hans": "内容过大，没有收下", "en": "Too large, not taken"}[language] in page
    assert line.read_so_far == 0


def test_a_text_field_without_end_is_refused_while_it_arrives(send):
    length = 200 * MEGABYTE
    line = Line(field("note", "x")[:-2], length)

    status, page = send(line, CONTENT_LENGTH=str(length))

    assert status == 413
    assert "没有收下" in page
    assert line.read_so_far < 10 * MEGABYTE


def test_what_is_no_form_says_to_send_it_again(send):
    status, page = send(
        Line(b"", 0), CONTENT_LENGTH="10", CONTENT_TYPE="multipart/form-data; boundary="
    )

    assert status == 400
    assert "内容没有传完整" in page


def test_other_requests_that_cannot_be_served_stay_django_s(client, settings):
    settings.ALLOWED_HOSTS = ["here"]

    assert client.get("/", headers={"host": "elsewhere"}).status_code == 400


def test_a_refused_file_leads_to_its_message(client, county, draft):
    client.force_login(county.preparer)
    address = reverse("applications:evidence_add", args=[draft.pk, "NC-01"])

    shown = client.get(
        reverse("applications:item", args=[draft.pk, "NC-01"]), follow=True
    ).content.decode()
    answer = client.post(address, {"answer": "1", "note": "说明", "title": "纪要"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'formaction="{address}#upload-refused"' in shown
    assert 'id="upload-refused" tabindex="-1" autofocus' in page
    assert '<a href="#id_NC-01_file">选择文件</a>：请选择文件。' in page
    assert 'value="纪要"' in page
    assert ">\n说明</textarea>" in page
