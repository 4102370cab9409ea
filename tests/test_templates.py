"""Rules that every template keeps."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
FORM = re.compile(r'(<form\b(?:[^>"]|"[^"]*")*>)(.*?)</form>', re.DOTALL)
TYPED = re.compile(r'_form\.html|_field\.html|<textarea|<select|type="(?!hidden|submit)')


# Every form that is sent, in the order of its template, and what becomes of what is typed in it:
# kept in the browser until the server has taken it (SAVED: by the field), asked about before
# leaving because it may not be kept, or nothing typed at all.
SAVED, COPY, ASKED, NOTHING = "server", "copy", "ask", None
KEEPING = {
    "parts/_account.html": [NOTHING],
    "parts/_language.html": [NOTHING],
    "adoptions/adopt.html": [COPY],
    "case/case.html": [NOTHING],
    "self_assessment/item.html": [SAVED],
    "self_assessment/library.html": [NOTHING],
    "evidence/add.html": [COPY],
    "evidence/entry.html": [COPY],
    "evidence/take_out.html": [COPY],
    "case/start.html": [COPY],
    "self_assessment/summary.html": [SAVED],
    "case/withdraw.html": [COPY],
    "audit/list.html": [NOTHING],
    "demo/_account.html": [NOTHING],
    "demo/_bar.html": [NOTHING, NOTHING],
    "conferral/designate.html": [COPY],
    "desk/desk.html": [NOTHING],
    "drafting/begin.html": [COPY],
    "drafting/discard.html": [COPY],
    "drafting/edit.html": [COPY, NOTHING, NOTHING],
    "drafting/publish.html": [COPY],
    "drafting/questions.html": [COPY],
    "drafting/read.html": [COPY],
    "drafting/retire.html": [COPY],
    "drafting/take.html": [COPY],
    "first_review/review.html": [SAVED],
    "notifications/list.html": [NOTHING, NOTHING],
    "public_notice/_step.html": [NOTHING],
    "public_notice/compose.html": [COPY],
    "objections/enter.html": [ASKED],
    "objections/follow.html": [ASKED],
    "public_notice/manage.html": [COPY, NOTHING],
    "objections/object.html": [ASKED],
    "objections/objection.html": [NOTHING, ASKED],
    "administration/jurisdiction.html": [COPY],
    "accounts/login.html": [ASKED],
    "administration/organization.html": [COPY],
    "accounts/password.html": [ASKED],
    "accounts/password_again.html": [ASKED],
    "accounts/password_link.html": [NOTHING],
    "administration/person.html": [COPY],
    "administration/seat.html": [COPY],
    "administration/seat_end.html": [NOTHING],
    "administration/seats.html": [NOTHING],
    "accounts/set_password.html": [ASKED],
    "accounts/settings.html": [COPY],
    # Carries once more what a form carried that could not be taken.
    "parts/_again.html": [NOTHING],
    "replays/begin.html": [COPY],
    "parts/_job.html": [NOTHING],
    "rounds/detail.html": [NOTHING, NOTHING],
    "rounds/form.html": [COPY],
    # Tried out on the page itself; nothing of it is meant to stay.
    "preview/bench.html": [NOTHING],
    "preview/preview.html": [NOTHING],
    "verification/measure.html": [SAVED],
    "verification/record.html": [NOTHING, SAVED, NOTHING, NOTHING, COPY],
    "verification/visit.html": [COPY, NOTHING],
}
KEEP = re.compile(r'data-keep="(\w+)"')


def test_every_form_says_what_becomes_of_what_is_typed_in_it():
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        heads = [head for head, _body in FORM.findall(path.read_text()) if 'method="post"' in head]
        if heads:
            said = [match[1] if (match := KEEP.search(head)) else NOTHING for head in heads]
            found[str(path.relative_to(TEMPLATES))] = said

    assert found == KEEPING


def typed_forms():
    """Forms that are sent with something typed or chosen."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for head, body in FORM.findall(path.read_text()):
            if 'method="post"' in head and TYPED.search(body):
                yield pytest.param(head, id=str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("head", typed_forms())
def test_what_is_wrong_is_said_by_the_page_and_not_by_the_browser(head):
    """A browser's own bubble speaks the browser's language; the page speaks its reader's."""
    assert "novalidate" in head
