"""The sample standards that we drafted: whole, marked as drafted, every phrase in place."""

import re
from datetime import UTC, datetime

import pytest
import yaml
from django.db import IntegrityError, transaction

from standards import catalogue, kinds, loading, publishing, queries
from standards.engine.evaluation import evaluate
from standards.models import Check, Item, StandardVersion
from tests.course import passing_value
from tests.public_addresses import public

pytestmark = pytest.mark.django_db

SAMPLES = ("GQ", "LX", "XX")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
WITHOUT_FIGURES = ("must_be_true", "must_be_false", "declared_qualitative")
ADVISORY = ("一般", "原则上", "鼓励")
DRAFTED = "参照公开依据拟写，并非文件原文"


def checks_of(category):
    version = catalogue.sample(category)
    return Check.objects.filter(item__version=version).select_related("item")


@pytest.mark.parametrize("category", SAMPLES)
def test_a_sample_is_loaded_as_a_draft_that_says_it_was_drafted(category):
    sample = catalogue.sample(category)

    assert (sample.status, sample.provenance) == ("draft", "drafted")
    assert sample.is_sample
    assert sample.source["document"] == DRAFTED
    assert "passage" not in sample.source
    assert "示例" in sample.title_zh
    assert "sample" in sample.title_en
    assert catalogue.current(category) is None
    assert catalogue.awaiting_text(category)


@pytest.mark.parametrize("category", SAMPLES)
def test_a_sample_has_14_to_18_items_in_4_to_6_sections(category):
    standard = catalogue.read(catalogue.sample(category))

    assert 14 <= len(standard.items) <= 18
    assert 4 <= len(standard.sections) <= 6
    assert all(item.checks for item in standard.items)
    assert all(item.title_en for item in standard.items)
    assert all(section.title_en for section in standard.sections)


@pytest.mark.parametrize("category", SAMPLES)
def test_codes_and_printed_numbers_run_on(category):
    items = list(catalogue.sample(category).items.order_by("order"))

    assert [item.code for item in items] == [f"{category}-{n + 1:02d}" for n in range(len(items))]
    assert [item.number_printed for item in items] == [f"{n + 1}." for n in range(len(items))]


def test_all_ten_kinds_of_check_appear_over_the_three():
    used = set(Check.objects.filter(item__version__is_sample=True).values_list("kind", flat=True))

    assert used == set(kinds.codes())


@pytest.mark.parametrize("category", SAMPLES)
def test_every_check_quotes_a_phrase_of_its_own_item(category):
    assert [
        c.code for c in checks_of(category) if not c.phrase or c.phrase not in c.item.text
    ] == []


@pytest.mark.parametrize("category", SAMPLES)
def test_every_digit_of_a_text_is_covered_by_a_check_that_counts(category):
    for item in catalogue.sample(category).items.prefetch_related("checks"):
        counting = [c for c in item.checks.all() if c.kind != "declared_qualitative"]
        spans = [(item.text.index(c.phrase), len(c.phrase)) for c in counting]
        for digit in re.finditer(r"\d", item.text):
            assert any(start <= digit.start() < start + size for start, size in spans), item.code


@pytest.mark.parametrize("category", SAMPLES)
def test_every_threshold_is_printed_in_its_phrase(category):
    for check in checks_of(category).exclude(kind__in=WITHOUT_FIGURES):
        assert f"{check.threshold.normalize():f}" in re.findall(r"\d+", check.phrase), check.code


@pytest.mark.parametrize("category", SAMPLES)
def test_advisory_checks_are_those_whose_wording_is(category):
    for check in checks_of(category):
        softened = any(word in check.phrase for word in ADVISORY)
        assert (check.strictness == "advisory") is softened, check.code


@pytest.mark.parametrize("category", SAMPLES)
def test_metric_names_are_unique_within_a_sample(category):
    names = list(checks_of(category).values_list("metric", flat=True))

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("category", SAMPLES)
def test_every_item_names_the_public_text_it_follows(category):
    for item in catalogue.sample(category).items.all():
        assert item.basis["documents"], item.code
        assert item.basis["own_draft"] in (True, False), item.code


@pytest.mark.parametrize("category", SAMPLES)
def test_a_suggested_veto_can_be_confirmed_by_an_outside_body(category):
    vetoes = checks_of(category).filter(veto_suggested=True)

    assert 1 <= len(vetoes) <= 4
    assert all(check.confirm_with and check.kind == "must_be_false" for check in vetoes)


@pytest.mark.parametrize("category", SAMPLES)
def test_no_photograph_is_asked_for(category):
    assert not any("照片" in name for c in checks_of(category) for name in c.evidence_suggested)


@pytest.mark.parametrize("category", SAMPLES)
@pytest.mark.parametrize("stage", ["self_assessment", "verification"])
def test_an_organization_that_does_all_of_it_passes(category, stage):
    standard = catalogue.read(catalogue.sample(category)).configured(
        vetoes={}, local_terms={"六有": "本县规定"}
    )
    answers = {check.code: passing_value(check, stage) for check in standard.checks}

    report = evaluate(standard, answers, stage)

    assert report.passed
    assert report.remarks == ()
    assert not evaluate(standard, {}, stage).passed


def test_the_six_haves_wait_for_the_county_to_define_them():
    standard = catalogue.read(catalogue.sample("LX")).configured(vetoes={}, local_terms={})
    answers = {check.code: passing_value(check) for check in standard.checks}

    (finding,) = evaluate(standard, answers, "self_assessment").blocking

    assert (finding.check_code, finding.reason) == ("LX-14-C1", "local_term_undefined")


def test_loading_a_sample_again_changes_nothing():
    path = loading.SAMPLES / "GQ.yaml"

    assert loading.load_sample(path) == (catalogue.sample("GQ"), False)


def test_a_file_that_does_not_say_it_was_drafted_is_no_sample(tmp_path):
    data = yaml.safe_load((loading.SAMPLES / "GQ.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "GQ.yaml"
    path.write_text(yaml.safe_dump(data | {"number": 9, "provenance": "verbatim"}), "utf-8")

    with pytest.raises(IntegrityError), transaction.atomic():
        loading.load_sample(path)


def test_the_hash_covers_the_basis_and_leaves_older_hashes_as_they_were():
    sample = catalogue.sample("GQ")
    before = publishing.content_hash(sample)
    item = sample.items.first()
    Item.objects.filter(pk=item.pk).update(basis={"documents": ["别的文件"], "own_draft": False})
    assert publishing.content_hash(sample) != before

    village = catalogue.current("NC")
    assert not village.items.exclude(basis={}).exists()
    assert "basis" not in publishing._said({"basis": {}, "text": "条文"})


def test_the_basis_of_a_published_item_cannot_be_changed():
    sample = catalogue.sample("GQ")
    publishing.publish(sample, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        sample.items.update(basis={})


def test_a_retired_sample_is_offered_no_more():
    sample = catalogue.sample("GQ")
    publishing.publish(sample, at=NOW)
    assert catalogue.sample("GQ") == sample
    StandardVersion.objects.filter(pk=sample.pk).update(status="retired")

    assert catalogue.sample("GQ") is None


def page(client, name, *arguments, language="zh-hans"):
    address = public(f"standards:{name}", args=arguments, language=language)
    return client.get(address).content.decode()


def test_the_list_shows_the_sample_beside_the_text_that_is_awaited(client):
    content = page(client, "list")

    assert content.count("待录入") == 3
    assert content.count(DRAFTED) == 3
    assert public("standards:sample", args=["GQ"]) in content
    assert "为本县采用这一示例" not in content
    entries = {entry.category: entry for entry in queries.categories()}
    assert entries["GQ"].awaits_text
    assert entries["NC"].sample is None


@pytest.mark.parametrize("category", SAMPLES)
def test_a_sample_can_be_read_marked_as_drafted_with_each_basis(client, category):
    content = page(client, "sample", category)
    items = catalogue.sample(category).items.all()

    assert DRAFTED in content
    assert "尚未采用，不能用于申报" in content
    for item in items:
        assert item.basis["documents"][0] in content
    assert content.count("本条由我们拟写，参照：") == sum(i.basis["own_draft"] for i in items)


def test_in_english_too_a_sample_is_marked_as_drafted(client):
    content = page(client, "sample", "GQ", language="en")

    assert "State-owned enterprises: sample standard" in content
    assert "We drafted this standard from public bases" in content


def test_a_category_with_its_official_text_has_no_sample(client):
    assert client.get(public("standards:sample", args=["NC"])).status_code == 404
    assert client.get(public("standards:sample", args=["ZZ"])).status_code == 404


def test_the_page_of_a_sample_costs_six_statements(client, django_assert_num_queries):
    for category in SAMPLES:
        with django_assert_num_queries(6):
            page(client, "sample", category)
