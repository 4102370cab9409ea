"""Rules that every template keeps."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
FORM = re.compile(r'(<form\b(?:[^>"]|"[^"]*")*>)(.*?)</form>', re.DOTALL)
TYPED = re.compile(r'_form\.html|_field\.html|<textarea|<select|type="(?!hidden|submit)')


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
