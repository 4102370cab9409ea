"""A character that prints as a box is asked about, and never in the way."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from standards.models import Item
from tests.markup import flat

pytestmark = pytest.mark.django_db

WARNING = "“👍”没有字体可印，文件中以“□”代替"


def test_what_prints_as_a_box_is_kept_and_said_on_the_next_page_and_at_its_field(client, county):
    application = county.at(Stage.DRAFT)
    client.force_login(county.preparer)
    page = reverse("applications:item", args=[application.pk, "NC-01"])
    shown = client.get(page, follow=True).content.decode()
    assert WARNING not in shown

    answer = client.post(page, {"note": "做得好👍", "save": ""}, follow=True)

    assert WARNING in answer.content.decode()
    assert application.answers.get(item__code="NC-01").note == "做得好👍"
    again = client.get(page, follow=True).content.decode()
    assert 'id="id_NC-01_note_asked">! “👍”没有字体可印' in flat(again)


def test_the_filled_sheet_of_such_an_application_prints(client, county):
    application = county.at(Stage.DRAFT)
    client.force_login(county.preparer)
    page = reverse("applications:item", args=[application.pk, "NC-01"])
    client.post(page, {"note": "做得好👍", "save": ""})

    answer = client.get(reverse("applications:sheet", args=[application.pk]))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_an_everyday_text_is_not_asked_about(client, county):
    client.force_login(county.preparer)
    application = county.at(Stage.DRAFT)
    page = reverse("applications:item", args=[application.pk, "NC-01"])
    answer = client.post(page, {"note": "（示范）300 ㎡ Ⅱ类", "save": ""}, follow=True)
    assert answer.status_code == 200
    assert "没有字体可印" not in answer.content.decode()


def test_a_draft_says_before_it_is_published_what_will_print_as_a_box(client, own):
    item = own.draft.items.get(code="NC-01")
    Item.objects.filter(pk=item.pk).update(text=f"{item.text}👍")
    client.force_login(own.manager)

    for page in ("drafting:draft", "drafting:publish"):
        content = client.get(reverse(page, args=[own.draft.pk])).content.decode()
        assert "NC-01</a>“👍”（U+1F44D）没有字体可印" in flat(content)
        assert "可以发布" in content

    answer = client.get(reverse("drafting:file", args=[own.draft.pk, "annex.pdf"]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
