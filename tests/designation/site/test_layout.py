"""What is sent of a template: its text, without the indentation that is for who reads the file."""

import pytest

from designation.site.layout import without_indentation


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        # Between tags a line break stays, so that the page can be read too.
        (
            "<ul>\n    <li>甲</li>\n\n    <li>乙</li>\n</ul>",
            "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>",
        ),
        ("<p>\n  {% if one %}\n    <b>", "<p>\n{% if one %}\n<b>"),
        # Beside text it is the blank that a browser shows.
        ("<b>甲</b>\n   乙", "<b>甲</b> 乙"),
        ("甲\n  {{ two }}", "甲 {{ two }}"),
        # Within a tag it is a space, and nothing before the tag's end.
        (
            '<a\n  class="btn"\n  href="{% url "home" %}"\n>首页</a\n>',
            '<a class="btn" href="{% url "home" %}">首页</a>',
        ),
        ("<rect\n  width='1'\n/>", "<rect width='1'/>"),
        # A tag that prints nothing leaves no blank before the text of a part.
        ("{% load i18n %}\n<span>", "{% load i18n %}<span>"),
        (
            '{% extends "base.html" %}\n{% load i18n %}\n\n{% block',
            '{% extends "base.html" %}{% load i18n %}{% block',
        ),
    ],
)
def test_a_run_of_blanks_with_a_line_break_is_sent_as_one(written, sent):
    assert without_indentation(written) == sent


@pytest.mark.parametrize(
    "written",
    [
        "<textarea>甲\n  乙</textarea>",
        "<pre>甲\n  乙</pre>",
        "{% blocktranslate %}甲\n  乙{% endblocktranslate %}",
        "{% comment %}甲\n  乙{% endcomment %}",
        "<p>甲  乙</p>",
    ],
)
def test_what_is_kept_as_written(written):
    assert without_indentation(written) == written


def test_what_is_typed_keeps_its_lines_and_its_field_does_not():
    written = '<textarea\n  id="note"\n>{{ text }}\n  乙</textarea>'

    assert without_indentation(written) == '<textarea id="note">{{ text }}\n  乙</textarea>'
