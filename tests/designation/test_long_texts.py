"""What is too long is told with how much is too much; nothing is cut without a word."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from tests.sent_back import as_shown
from workflows.stages.first_review.models import ItemMark

pytestmark = pytest.mark.django_db


def test_a_comment_that_is_too_long_is_told_and_not_cut(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)
    page = reverse("applications:review", args=[application.pk])
    typed = as_shown(
        client,
        page,
        **{"comment-NC-01": "长" * 2001, "verdict-NC-01": "met", "comment-NC-02": "短"},
    )

    answer = client.post(reverse("applications:mark", args=[application.pk]), typed)

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "最多 2000 字，现有 2001 字，多了 1 字，请删减。" in content
    assert "长" * 2001 in content, "what was typed stands there to be copied"
    assert not ItemMark.objects.exists()


def test_line_breaks_count_one_in_a_comment_too(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)
    page = reverse("applications:review", args=[application.pk])
    text = "一\r\n" * 999 + "一二"
    typed = as_shown(client, page, **{"comment-NC-01": text, "verdict-NC-01": "met"})

    answer = client.post(reverse("applications:mark", args=[application.pk]), typed)

    assert answer.status_code == 302
    assert ItemMark.objects.get().comment == text.replace("\r\n", "\n")


def test_no_input_of_the_site_is_cut_by_the_browser(client, county):
    application = county.at(Stage.SUBMITTED)
    client.force_login(county.reviewer)
    content = client.get(reverse("applications:review", args=[application.pk])).content.decode()
    assert "maxlength" not in content
    assert 'data-longest="2000"' in content
