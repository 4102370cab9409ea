"""One place takes the text of every request; no page and no form lets it past."""

import ast
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from designation.site.text import (
    NO_ROW,
    Intake,
    file_name,
    typed_texts,
    whole_number,
    whole_numbers,
)
from tests.hostile import HOSTILE

_ROOT = Path(__file__).parents[3]
_PACKAGES = ("designation", "workflows", "notifications", "demo", "standards")


def _taken(request):
    Intake(lambda _request: HttpResponse())
    Intake(lambda _request: HttpResponse()).process_view(request)
    return request


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_what_a_view_reads_is_clean_whichever_way_it_asks(sample):
    sent = RequestFactory().post("/", {"text": sample.typed.encode(errors="replace").decode()})
    asked = RequestFactory().get("/", {"text": sample.typed.encode(errors="replace").decode()})
    expected = sample.kept if sample.typed.isprintable() else None
    for data in (_taken(sent).POST, _taken(asked).GET):
        assert "\r" not in data["text"]
        assert "\0" not in data["text"]
        if expected is not None:
            assert data["text"] == expected


def test_a_password_stays_as_it_was_typed():
    typed = " pass\u200bword\u202e\r\n "
    request = _taken(RequestFactory().post("/", {"password": typed, "new_password1": typed}))
    assert request.POST["password"] == request.POST["new_password1"] == typed


def test_a_file_comes_with_a_name_that_can_be_served():
    upload = SimpleUploadedFile("会议\u202e\x07记录.pdf", b"x")
    request = _taken(RequestFactory().post("/", {"file": upload}))
    assert request.FILES["file"].name == "会议记录.pdf"


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("会议纪要.pdf", "会议纪要.pdf"),
        ("发票\u202egpj.exe", "发票gpj.exe"),
        ("第一行\r\n第二行.pdf", "第一行 第二行.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\会议.pdf", "C__会议.pdf"),
        ('甲"乙|丙*.pdf', "甲_乙_丙_.pdf"),
        ("", "file"),
        ("...", "file"),
        ("\u200b", "file"),
        (".pdf", "pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("长" * 300, "长" * 120),
        ("（示范）村㎡.pdf", "（示范）村㎡.pdf"),
    ],
)
def test_the_name_of_a_file_is_one_line_and_keeps_its_ending(sent, taken):
    assert file_name(sent) == taken


def test_what_was_typed_is_shown_again_without_our_own_fields_and_passwords():
    data = QueryDict(
        "version=3&password=geheim&note=%E7%94%B2%0D%0A&leer=%20&csrfmiddlewaretoken=x"
    )
    assert list(typed_texts(data)) == [("note", "甲")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" １２ ", 12),
        ("0", 0),
        ("999999999999999999", 999_999_999_999_999_999),
        ("9" * 19, NO_ROW),
        ("１" * 5000, NO_ROW),
    ],
)
def test_a_number_is_read_in_full_width_too(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [None, "", "-1", "1.5", "1e5", "1²", "١٢x", "abc", "0x1f"],
)
def test_no_other_text_is_a_number(text):
    assert whole_number(text) is None
    assert whole_numbers(["7", text or ""]) == [7]


def _calls(name):
    """Places in our packages where ``name`` is called or imported, but for the site's own room."""
    for package in _PACKAGES:
        for file in (_ROOT / package).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                    yield f"{file.relative_to(_ROOT)}:{node.lineno}", ast.unparse(node)


def test_no_view_makes_a_number_of_a_request_by_itself():
    """``int`` fails on other words, and on more digits than Python likes: one place reads them."""
    read = [
        f"{place} {call}"
        for place, call in _calls("int")
        if any(source in call for source in ("POST", "GET", "request.", "data[", "chosen["))
    ]
    assert read == []


def test_the_intake_stands_before_every_view(settings):
    middleware = settings.MIDDLEWARE
    intake = middleware.index("designation.site.text.Intake")
    assert intake > middleware.index("django.middleware.csrf.CsrfViewMiddleware")
