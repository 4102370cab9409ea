"""What enters the record is in Chinese, whatever the language of the page it was entered on."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from authoring.drafting.models import Question
from designation.audit.models import AuditEvent
from tests.own_standards import text_file
from workflows.stages.public_notice.models import Notice

from .whole import Whole

CATALOGUE = Path(__file__).parents[2] / "locale/en/LC_MESSAGES/django.po"
LABELS = ("organizations", "rounds", "adoptions", "drafting", "applications", "register")
ROOMS = (*LABELS, "audit", "calendar_days", "workflows", "standards")
# Words of ours that people may type, or that stand in codes, are no sentence of the catalogue.
_SHORTEST = 12


def sentences():
    """The English of the catalogue, cut at what is filled in, as far as it is telling."""
    found = set()
    for entry in polib.pofile(str(CATALOGUE)):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            pieces = (piece.strip() for piece in re.split(r"%\(\w+\)[sd]|%[sd]", text))
            found |= {piece for piece in pieces if len(piece) >= _SHORTEST and " " in piece}
    return found


def stored_texts():
    """Model, column and text of everything stored, but for the English beside the Chinese."""
    for label in ROOMS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            columns = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField | models.JSONField)
                and not field.attname.endswith("_en")
            ]
            if model._meta.app_label == "standards":
                columns = [name for name in columns if name not in ("source", "basis")]
            for row in model._base_manager.values(*columns):
                for column, value in row.items():
                    yield from ((model.__name__, column, text) for text in texts(value))


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key != "en" and not str(key).endswith("_en"):
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.django_db
def test_a_whole_course_on_english_pages_leaves_a_record_in_chinese(county, own, held_clock):
    Whole(county, own, held_clock, "en").walk()

    ours = re.compile("|".join(map(re.escape, sorted(sentences(), key=len, reverse=True))))
    found = {
        (model, column, match.group())
        for model, column, text in stored_texts()
        if (match := ours.search(text))
    }
    assert found == set()
    assert Notice.objects.first().title == "关于拟命名示范点名单的公示"
    assert AuditEvent.objects.count() > 100, "the whole course was walked"


@pytest.mark.django_db
def test_what_the_reader_asks_is_kept_in_chinese_and_shown_in_the_readers_language(
    client, own, county
):
    client.force_login(own.manager)
    english = {"accept-language": "en"}
    asked = {"file": text_file(), "jurisdiction": own.jurisdiction.pk}
    answer = client.post(reverse("drafting:read"), asked, headers=english, follow=True)
    address = answer.redirect_chain[-1][0]
    data = {"category": "NC", "title": "县级标准", "document": "县级标准"}
    taken = client.post(address, data, headers=english, follow=True)
    draft = taken.context["version"]
    reasons = set(Question.objects.filter(version=draft).values_list("reason", flat=True))
    assert "由系统建议的检查点，请对照原文核对" in reasons
    shown = client.get(reverse("drafting:questions", args=[draft.pk]), headers=english)
    assert "由系统建议的检查点" not in shown.content.decode()


@pytest.mark.django_db
def test_why_a_file_cannot_be_read_is_said_in_the_readers_language(client, own):
    client.force_login(own.manager)
    asked = {"file": text_file(" ", "空.txt"), "jurisdiction": own.jurisdiction.pk}
    told = client.post(reverse("drafting:read"), asked, headers={"accept-language": "en"})
    assert told.status_code == 422
    assert "The file holds no text" in told.content.decode(), told.context["form"].errors
