"""A draft that goes out as a data file and comes back asks what it asked before."""

import re
from datetime import timedelta

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.drafting import drafts, readings
from authoring.drafting.models import Question, Reading
from standards.characters import kept
from standards.exporting import as_data
from standards.models import Check, StandardVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_manager(client, own):
    client.force_login(own.manager)
    return client


def page(name, *args):
    return reverse(f"drafting:{name}", args=args)


def said(version):
    return [
        (
            row.line,
            row.text,
            row.reason,
            row.item and row.item.code,
            row.check_proposed and row.check_proposed.code,
            row.settled_at,
            row.settled_by,
        )
        for row in version.questions.order_by("line", "text", "reason", "pk")
    ]


def exported(client, version):
    answer = client.get(page("file", version.pk, "standard.yaml"))
    return b"".join(answer.streaming_content)


def read_again(client, own, content, name="数据.yaml", **changes):
    file = SimpleUploadedFile(name, content)
    client.post(page("read"), {"file": file, "jurisdiction": own.jurisdiction.pk})
    reading = Reading.objects.latest("pk")
    form = client.get(page("take", reading.pk, 0))
    data = {"category": "NC", "title": "本县农村标准", "document": "评定办法"}
    answer = client.post(page("take", reading.pk, 0), data | keys(form) | changes)
    found = re.search(r"/drafts/(\d+)/", answer.url)
    return StandardVersion.objects.get(pk=found.group(1)), form.content.decode()


def keys(answer):
    """What the form carries besides what a person types."""
    hidden = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()
    )
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def drafted(own):
    taken = readings.Taken(category="NC", title="本县农村标准", document="评定办法")
    return readings.accept(own.reading, 0, taken, actor=own.manager)


def test_a_draft_read_again_keeps_what_is_open_and_what_is_settled(as_manager, own):
    before = drafted(own)
    first, *_others = before.questions.all()
    readings.settle(before, [first.pk], actor=own.manager)
    assert before.questions.filter(settled_at__isnull=True).exists()

    after, shown = read_again(as_manager, own, exported(as_manager, before))

    assert said(after) == said(before)
    still = before.questions.filter(settled_at__isnull=True).last()
    assert still.reason in shown
    answer = as_manager.post(
        page("publish", after.pk), {"reason": "县委常委会已研究通过，自本批次起使用。"}
    )
    assert "处待核对，请逐一确认" in answer.content.decode()


def test_a_file_that_only_claims_a_question_settled_opens_it_again(as_manager, own):
    before = drafted(own)
    data = yaml.safe_load(exported(as_manager, before))
    for question in data["questions"]:
        question["settled_at"] = "2026-03-02T09:00:00+08:00"
        question["settled_by"] = own.manager.username
    after, _shown = read_again(as_manager, own, yaml.safe_dump(data, allow_unicode=True).encode())
    assert not after.questions.filter(settled_at__isnull=False).exists()
    assert after.questions.count() == before.questions.count()


def test_what_is_left_out_takes_its_questions_with_it(as_manager, own):
    before = drafted(own)
    after, _shown = read_again(as_manager, own, exported(as_manager, before), leave=["0.0"])
    assert after.items.count() == before.items.count() - 1
    codes = set(after.items.values_list("code", flat=True))
    assert {row.item.code for row in after.questions.filter(item__isnull=False)} <= codes
    assert after.questions.filter(check_proposed__isnull=False).count() < (
        before.questions.filter(check_proposed__isnull=False).count()
    )


def test_a_long_passage_is_shown_whole(as_manager, own):
    long = "前言" * 300 + "末尾。"
    after, shown = read_again(
        as_manager, own, f"{long}\n某农村标准\n1.有书记。".encode(), name="标准.txt"
    )
    assert "末尾。" in shown
    assert "末尾。" in as_manager.get(page("questions", after.pk)).content.decode()


def test_a_copy_of_a_draft_asks_what_the_draft_asks(own):
    before = drafted(own)
    readings.settle(before, [before.questions.first().pk], actor=own.manager)
    assert said(drafts.begin_copy(before, own.jurisdiction, actor=own.manager)) == said(before)


def test_what_is_to_be_looked_at_is_in_chinese_whatever_the_page_is_in(as_manager, own):
    own.manager.language = "en"
    own.manager.save()
    as_manager.cookies["django_language"] = "en"
    text = "某农村标准\n1.没有违纪行为，每年不超过2次。".encode()
    after, _shown = read_again(as_manager, own, text, name="标准.txt")
    assert after.questions.count() == 2
    assert not any(re.search(r"[A-Za-z]{3}", row.reason) for row in after.questions.all())


def test_the_document_a_draft_came_from_is_still_named_after_a_round_trip(as_manager, own):
    before = drafted(own)
    after, _shown = read_again(as_manager, own, exported(as_manager, before))
    assert after.source == before.source


# What a draft can hold: all of its texts came in through the one place that cleans them.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
).map(kept)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=st.fixed_dictionaries(
        {
            "local_term": words,
            "group": words,
            "strictness": st.sampled_from(["strict", "advisory"]),
            "scope": st.sampled_from(["current", "year", "term"]),
            "veto_suggested": st.booleans(),
            "may_be_not_applicable": st.booleans(),
            "note": words,
        }
    ),
    asked=st.lists(st.tuples(words, words, st.booleans(), st.booleans()), max_size=4),
    condition=words,
)
def test_whatever_a_draft_says_and_asks_comes_back(as_manager, own, data, asked, condition):
    before = drafts.begin_copy(drafted(own), own.jurisdiction, actor=own.manager)
    item = before.items.first()
    Check.objects.filter(item=item).update(**data)
    before.items.filter(pk=item.pk).update(condition_zh=condition)
    now = before.questions.model.objects.count()
    for place, (text, reason, about, settled) in enumerate(asked):
        moment = own.reading.read_at + timedelta(seconds=place + now)
        Question.objects.create(
            version=before,
            item=item if about else None,
            line=place,
            text=text,
            reason=reason,
            settled_at=moment if settled else None,
            settled_by=own.manager if settled else None,
        )
    after, _shown = read_again(as_manager, own, exported(as_manager, before))
    assert as_data(after)["sections"] == as_data(before)["sections"]
    assert said(after) == said(before)
