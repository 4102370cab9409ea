"""Rules that every template keeps."""

import re
import subprocess

import pytest

from tooling.places import ROOT

TEMPLATES = ROOT / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
INCLUDED = re.compile(r'\{%\s*(?:include|extends)\s+"([^"]+)"')
PUT_IN = re.compile(r'\{%\s*part\s+"([^"]+)"')
# A page reads as its outline: with its pieces folded away it fits in 40 lines. A piece may be as
# long as a list of facts or of words is; the frame of all pages is one.
LONGEST_LINE, LONGEST_PAGE, LONGEST_PIECE = 110, 40, 80


def named(path):
    return path.relative_to(TEMPLATES).as_posix()


def is_page(path):
    """Whether it is a whole page, which builds on another, and no piece of one."""
    return "{% extends " in path.read_text()


def test_the_formatter_would_change_nothing():
    """To mend: `.venv/bin/djangofmt templates`."""
    asked = subprocess.run(
        [ROOT / ".venv" / "bin" / "djangofmt", "--check", TEMPLATES],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


def test_no_line_scrolls():
    assert [
        f"{named(path)}:{number}"
        for path in ALL
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_LINE
    ] == []


def test_a_page_reads_as_its_outline():
    lengths = {path: len(path.read_text().splitlines()) for path in ALL}
    assert [
        f"{named(path)}: {length}"
        for path, length in lengths.items()
        if length > (LONGEST_PAGE if is_page(path) else LONGEST_PIECE)
    ] == []


def used():
    """(template, what it includes, extends or puts something into)."""
    for path in ALL:
        source = path.read_text()
        for name in INCLUDED.findall(source):
            yield path, name
        for name in PUT_IN.findall(source):
            yield path, f"parts/{name}.html"


def test_what_a_template_uses_is_there():
    assert [
        f"{named(path)}: {name}" for path, name in used() if not (TEMPLATES / name).exists()
    ] == []


def test_a_piece_is_named_as_one_and_used():
    """In a room an underscore parts pieces from pages; in parts/ there are only pieces."""
    pieces = {named(path) for path in ALL if path.name.startswith("_") or path.parts[-2] == "parts"}
    by_code = {
        name
        for room in ("designation", "workflows", "authoring", "reports", "notifications", "demo")
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r'"([\w/]+\.html)"', path.read_text())
    }

    assert [named(path) for path in ALL if named(path) in pieces and is_page(path)] == []
    assert [name for name in pieces if name.startswith("parts/_")] == []
    assert sorted(pieces - by_code - {name for _path, name in used()}) == []


def whole(path):
    """The template with its pieces unfolded."""

    def unfolded(match):
        piece = TEMPLATES / match[1]
        return match[0] + (whole(piece) if piece != path else "")

    return re.sub(r'\{%\s*include\s+"([^"]+)"', unfolded, path.read_text())


# A form of a page's own, or the part that is one.
FORM = re.compile(
    r'(<form\b(?:[^>"]|"[^"]*")*>)(.*?)</form>'
    r'|(\{% part "form" (?:[^%"]|"[^"]*")*%\})(.*?)\{% endpart %\}',
    re.DOTALL,
)
TYPED = re.compile(r'parts/(fields|field)\.html|<textarea|<select|type="(?!hidden|submit)')


# Every form that is sent, in the order of its template, and what becomes of what is typed in it:
# kept in the browser until the server has taken it (SAVED: by the field), asked about before
# leaving because it may not be kept, or nothing typed at all.
SAVED, COPY, ASKED, NOTHING = "server", "copy", "ask", None
KEEPING = {
    "accounts/_make_link.html": [NOTHING],
    "administration/_table_accept.html": [NOTHING],
    "administration/first_day.html": [ASKED],
    "administration/table_add.html": [COPY],
    "accounts/forgotten.html": [ASKED],
    "accounts/login.html": [ASKED],
    "accounts/password.html": [ASKED],
    "accounts/password_again.html": [ASKED],
    "accounts/password_slips.html": [NOTHING],
    "accounts/_slips_file.html": [NOTHING],
    "accounts/_letters.html": [NOTHING],
    "accounts/set_password.html": [ASKED],
    "accounts/settings.html": [COPY],
    "administration/jurisdiction.html": [COPY],
    "administration/organization.html": [COPY],
    "administration/person.html": [COPY],
    "administration/deputy.html": [COPY],
    "administration/deputy_end.html": [NOTHING],
    "administration/leaving.html": [NOTHING, COPY],
    "administration/_rights_ways.html": [NOTHING, NOTHING],
    "administration/rights_review_withdraw.html": [NOTHING],
    "administration/switch_on.html": [COPY],
    "administration/seat.html": [COPY],
    "administration/reorganize.html": [ASKED],
    "administration/reorganize_seen.html": [NOTHING],
    "administration/seat_end.html": [NOTHING],
    "adoptions/adopt.html": [COPY],
    "archive/ask.html": [NOTHING],
    "audit/list.html": [NOTHING],
    "calendar/_acts.html": [COPY, COPY],
    "calendar/add.html": [COPY],
    "bars/lift.html": [COPY],
    "case/_offer.html": [NOTHING],
    "case/_start.html": [COPY],
    "case/_typed.html": [NOTHING],
    "case/confirm/_word.html": [NOTHING],
    "case/reasoned.html": [COPY],
    "case/remind.html": [COPY],
    "case/remind_late.html": [COPY],
    "case/withdraw.html": [COPY],
    "conferral/designate.html": [COPY],
    "papers/_put.html": [ASKED],
    "papers/template.html": [ASKED, NOTHING],
    "opinions/_answers.html": [SAVED],
    "opinions/_papers.html": [COPY],
    "opinions/_to_ask.html": [NOTHING],
    "opinions/not_awaited.html": [COPY],
    "opinions/paper.html": [COPY],
    "retention/reason.html": [COPY],
    "rounds/departments.html": [COPY],
    "rounds/change_departments.html": [COPY],
    "selection/_form.html": [COPY],
    "demo/_account.html": [NOTHING],
    "demo/_bar.html": [NOTHING, NOTHING],
    "demo/parts/_form.html": [ASKED],
    "drafting/_delete.html": [NOTHING],
    "drafting/_form.html": [COPY],
    "drafting/_move.html": [NOTHING],
    "drafting/_open_questions.html": [COPY],
    "drafting/begin.html": [COPY],
    "drafting/discard.html": [COPY],
    "drafting/publish.html": [COPY],
    "drafting/read.html": [COPY],
    "drafting/retire.html": [COPY],
    "drafting/take.html": [COPY],
    "evidence/_take_out.html": [COPY],
    "evidence/add.html": [COPY],
    "evidence/entry.html": [COPY],
    "exports/_kept.html": [NOTHING],
    "exports/take.html": [COPY],
    "first_review/_claim.html": [NOTHING],
    "first_review/batch.html": [COPY],
    "first_review/review.html": [SAVED],
    "notifications/email.html": [COPY, NOTHING],
    "notifications/list.html": [NOTHING, NOTHING],
    "notifications/_webhook_keys.html": [NOTHING, NOTHING],
    "notifications/_webhook_trial.html": [NOTHING],
    "notifications/preferences.html": [COPY],
    "notifications/webhook.html": [COPY],
    "objections/_attachments.html": [NOTHING],
    "objections/_facts.html": [NOTHING],
    "objections/_handle.html": [ASKED],
    "objections/answer.html": [ASKED],
    "objections/ask_longer.html": [ASKED],
    "objections/assign.html": [ASKED],
    "objections/enter.html": [ASKED],
    "objections/follow.html": [ASKED],
    "objections/hearing.html": [ASKED],
    "objections/join.html": [ASKED],
    "objections/longer.html": [ASKED],
    "objections/object.html": [ASKED],
    "objections/redact.html": [ASKED],
    "objections/release.html": [ASKED],
    "objections/report.html": [ASKED],
    "objections/separate.html": [ASKED],
    "parts/account.html": [NOTHING],
    # Carries once more what a form carried that could not be taken.
    "parts/again.html": [NOTHING],
    "parts/job.html": [NOTHING],
    "parts/language.html": [NOTHING],
    "parts/language_along.html": [NOTHING],
    # Tried out on the page itself; nothing of it is meant to stay.
    "preview/bench.html": [NOTHING],
    "preview/preview.html": [NOTHING],
    "public_notice/_four_steps.html": [NOTHING],
    "public_notice/_holding_up.html": [COPY, COPY],
    "public_notice/_postings.html": [COPY],
    "public_notice/_send_back.html": [COPY],
    "public_notice/_step.html": [NOTHING],
    "public_notice/compose.html": [COPY],
    "replays/begin.html": [COPY],
    "rounds/_closing.html": [NOTHING],
    "rounds/_preparing.html": [NOTHING],
    "rounds/_copying.html": [NOTHING],
    "rounds/correct_term.html": [COPY],
    "rounds/extend.html": [COPY],
    "rounds/form.html": [COPY],
    "rounds/places.html": [COPY],
    "rounds/routing.html": [COPY],
    "self_assessment/arrange.html": [COPY],
    "self_assessment/_form.html": [SAVED],
    "self_assessment/_section_form.html": [NOTHING],
    "self_assessment/library.html": [NOTHING],
    "self_assessment/_signed_pages.html": [COPY],
    "self_assessment/signed_papers.html": [COPY],
    "self_assessment/posting.html": [COPY],
    "self_assessment/summary.html": [SAVED],
    "self_assessment/type.html": [COPY],
    "verification/_begin.html": [NOTHING],
    "verification/_complete.html": [NOTHING],
    "verification/_declare.html": [NOTHING],
    "verification/_form.html": [SAVED],
    "verification/_reject.html": [COPY],
    "verification/_signatures.html": [NOTHING],
    "verification/_times.html": [SAVED],
    "verification/visit.html": [COPY],
    "visits/_declare.html": [NOTHING],
    "visits/_passage.html": [NOTHING],
    "visits/_signatures.html": [NOTHING],
    "visits/_times.html": [COPY],
    "rechecks/draw.html": [COPY],
    "rechecks/enter.html": [COPY],
    "rechecks/report.html": [COPY],
    "rechecks/step.html": [COPY],
    "titles/act.html": [COPY],
    "certificates/issue.html": [COPY],
    "certificates/_plaques.html": [NOTHING],
    "certificates/decision.html": [COPY],
    "certificates/design.html": [COPY],
    "appeals/act.html": [COPY],
    "appeals/lodge.html": [COPY, COPY],
    "appeals/attach.html": [ASKED],
    "evidence/_choices.html": [NOTHING],
    "visits/call_off.html": [COPY],
    "visits/plan.html": [COPY],
    "visits/item.html": [COPY],
}
KEEP = re.compile(r'\bkeep="(\w+)"')


def forms(source):
    """(head, body) of the forms that are sent, in their order, but for what the part itself is."""
    for head, body, part, within in FORM.findall(source):
        if part or ('method="post"' in head and "{{ part.keep }}" not in head):
            yield part or head, body or within


def test_every_form_says_what_becomes_of_what_is_typed_in_it():
    found = {}
    for path in ALL:
        heads = [head for head, _body in forms(path.read_text())]
        if heads:
            said = [match[1] if (match := KEEP.search(head)) else NOTHING for head in heads]
            found[str(path.relative_to(TEMPLATES))] = said

    assert found == KEEPING


def typed_forms():
    """Forms that are sent with something typed or chosen."""
    yield pytest.param((TEMPLATES / "parts/form.html").read_text(), id="parts/form.html")
    for path in ALL:
        for head, body in forms(whole(path)):
            if head.startswith("<") and TYPED.search(body):
                yield pytest.param(head, id=str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("head", typed_forms())
def test_what_is_wrong_is_said_by_the_page_and_not_by_the_browser(head):
    """A browser's own bubble speaks the browser's language; the page speaks its reader's."""
    assert "novalidate" in head


# Answered with a file that is saved: the page stays, and the browser takes the answer itself.
FETCHED = ("certificates:plaques", "notices:attachment")


def test_a_form_that_is_answered_with_a_file_says_so():
    forms = [
        opening
        for path in ALL
        for opening in re.findall(r"<form\b[^>]*?\n?\s*>", path.read_text(), re.DOTALL)
    ]
    for address in FETCHED:
        sent = [opening for opening in forms if f"url '{address}'" in opening]
        assert sent, address
        assert [opening for opening in sent if "data-fetches-file" not in opening] == []
