"""A published standard never changes: the database itself refuses."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from standards import catalogue, loading, publishing
from standards.categories import Category
from standards.models import Check, Item, Section, StandardVersion

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def draft(category="GQ", number=11):
    version = StandardVersion.objects.create(
        category=category,
        number=number,
        title_zh="国有企业基层党组织建设示范标准",
        heading_printed="国有企业基层党组织建设示范标准",
        provenance="drafted",
    )
    section = Section.objects.create(version=version, order=1, title_printed="组织设置")
    item = Item.objects.create(version=version, section=section, order=1, code="GQ-01", text="条文")
    Check.objects.create(item=item, order=1, code="GQ-01-C1", **check_fields())
    return version


def check_fields(**fields):
    return {
        "kind": "must_be_true",
        "metric": "organization_set_up",
        "metric_zh": "组织设置规范",
        "unit": "boolean",
        "strictness": "strict",
        "scope": "current",
        "phrase": "条文",
        **fields,
    }


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_nothing_of_a_published_standard_can_be_changed_or_deleted():
    for model in (StandardVersion, Section, Item, Check):
        rows = model.objects.all()
        field = {StandardVersion: "title_zh", Section: "title_printed", Item: "text"}.get(
            model, "threshold"
        )
        value = 1 if model is Check else "改动"
        refused(lambda rows=rows, field=field, value=value: rows.update(**{field: value}))
        refused(lambda rows=rows: rows._raw_delete(rows.db))


@pytest.mark.parametrize("switch", ["off", "on"])
@pytest.mark.parametrize("table", ["standardversion", "section", "item", "check"])
def test_no_table_of_a_published_standard_can_be_emptied(table, switch):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Once a session could switch the guard off so.
        cursor.execute(f"SET LOCAL designation.audit_flush = '{switch}'")
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            cursor.execute(f"TRUNCATE standards_{table} CASCADE")


def test_nothing_can_be_added_to_a_published_standard():
    village = catalogue.current("NC")
    section = village.sections.first()
    item = village.items.first()
    refused(lambda: Section.objects.create(version=village, order=99, title_printed="新增"))
    refused(
        lambda: Item.objects.create(
            version=village, section=section, order=99, code="NC-99", text="新增"
        )
    )
    refused(lambda: Check.objects.create(item=item, order=9, code="NC-01-C9", **check_fields()))


def test_nothing_can_be_moved_into_a_published_standard():
    mine = draft()
    village = catalogue.current("NC")
    refused(lambda: Section.objects.filter(version=mine).update(version=village, order=99))
    refused(lambda: Item.objects.filter(version=mine).update(section=village.sections.first()))
    refused(
        lambda: Check.objects.filter(item__version=mine).update(item=village.items.first(), order=9)
    )


def test_retiring_is_the_one_change_allowed_and_has_no_way_back():
    village = StandardVersion.objects.filter(pk=catalogue.current("NC").pk)
    refused(lambda: village.update(status="draft"))
    refused(lambda: village.update(status="retired", title_zh="改动"))
    village.update(status="retired")
    assert catalogue.current("NC") is None
    refused(lambda: village.update(status="published"))


def test_a_retired_version_still_judges_those_who_began_with_it():
    village = catalogue.current("NC")
    StandardVersion.objects.filter(pk=village.pk).update(status="retired")
    catalogue.forget()
    assert len(catalogue.published(village.pk).checks) == 79


def test_a_draft_may_change_and_go():
    mine = draft()
    Item.objects.filter(version=mine).update(text="改过的条文")
    Check.objects.filter(item__version=mine).delete()
    mine.delete()
    assert not StandardVersion.objects.filter(pk=mine.pk).exists()


def test_publishing_retires_the_version_before_it():
    first, second = draft(), draft(number=12)
    publishing.publish(first, at=NOW)
    assert catalogue.current("GQ") == first
    publishing.publish(second, at=NOW)
    first.refresh_from_db()
    assert first.status == StandardVersion.Status.RETIRED
    assert catalogue.current("GQ") == second


def test_a_published_version_carries_the_hash_of_what_it_says():
    first = draft()
    before = publishing.content_hash(first)
    Check.objects.filter(item__version=first).update(phrase="条")
    publishing.publish(first, at=NOW)
    assert first.content_hash == publishing.content_hash(first)
    assert len(first.content_hash) == 64
    assert first.content_hash != before


def test_only_a_draft_that_asks_something_can_be_published():
    with pytest.raises(publishing.PublicationRefused, match="only a draft"):
        publishing.publish(catalogue.current("NC"), at=NOW)
    empty = StandardVersion.objects.create(
        category="LX", number=11, title_zh="空", provenance="drafted"
    )
    with pytest.raises(publishing.PublicationRefused, match="asks nothing"):
        publishing.publish(empty, at=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "of_no_known_kind"},
        {"strictness": "lax"},
        {"scope": "decade"},
        {"kind": "number_at_least", "threshold": None},
        {"kind": "must_be_true", "threshold": 1},
    ],
)
def test_the_database_knows_the_kinds_and_what_belongs_to_each(fields):
    item = draft().items.get()
    refused(
        lambda: Check.objects.create(item=item, order=2, code="GQ-01-C2", **check_fields(**fields))
    )


@pytest.mark.parametrize(
    "fields", [{"status": "lost"}, {"provenance": "hearsay"}, {"category": "ZZ"}, {"number": 11}]
)
def test_the_database_knows_categories_states_and_provenance(fields):
    draft()
    fields = {"category": "GQ", "number": 7, "provenance": "drafted", **fields}
    refused(lambda: StandardVersion.objects.create(**fields))


def test_loading_again_changes_nothing(capsys):
    before = list(StandardVersion.objects.values())
    call_command("load_standards")
    assert list(StandardVersion.objects.values()) == before
    assert capsys.readouterr().out.count("already there") == 6


def test_loaded_versions_carry_their_hash_and_their_moment():
    for category in ("JG", "NC", "SQ"):
        version = catalogue.current(category)
        assert (version.number, version.provenance) == (1, "verbatim")
        assert version.content_hash == publishing.content_hash(version)
        assert version.published_at is not None


def test_a_data_file_that_lacks_something_loads_nothing(tmp_path):
    path = tmp_path / "GQ.yaml"
    path.write_text(
        "category: GQ\nnumber: 11\ntitle_zh: 标准\ntitle_en: ''\nheading_printed: 标准\n"
        "provenance: drafted\nsource: {}\n"
        "sections:\n- {number_printed: 一、, title_printed: 甲, items: [{code: 一}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(KeyError), transaction.atomic():
        loading.load(path, published_at=NOW)
    assert not StandardVersion.objects.filter(category="GQ", number=11).exists()


def test_three_categories_await_their_text():
    awaiting = [category for category in Category if catalogue.awaiting_text(category)]
    assert awaiting == [Category.GQ, Category.LX, Category.XX]


def test_a_published_standard_is_read_once_in_three_statements(django_assert_num_queries):
    version = catalogue.current("NC")
    catalogue.forget()
    with django_assert_num_queries(3):
        standard = catalogue.published(version.pk)
    with django_assert_num_queries(0):
        assert catalogue.published(version.pk) is standard
    assert (standard.category, standard.number, len(standard.items)) == ("NC", 1, 23)


def test_a_draft_is_not_handed_out_as_published():
    mine = draft()
    with pytest.raises(StandardVersion.DoesNotExist):
        catalogue.published(mine.pk)
    assert [check.code for check in catalogue.read(mine).checks] == ["GQ-01-C1"]


def test_the_engine_gets_the_parameters_of_the_village_standard():
    village = catalogue.published(catalogue.current("NC").pk)
    assert village.check("NC-14-C2").figures == 3
    assert village.check("NC-06-C1").figures == 12
    assert village.check("NC-19-C2").any_of
    assert village.check("NC-19-C3").derive == (
        "income_per_capita_this_year",
        "income_per_capita_last_year",
    )
    assert village.check("NC-22-C1").parts == ("通", "净", "绿", "亮", "文")
    assert village.check("NC-08-C3").whole_numbers
    assert not village.check("NC-13-C2").whole_numbers
    assert not village.check("NC-13-C2").strict
    assert village.check("NC-10-C3").may_be_not_applicable
    assert [village.check(c).threshold for c in ("NC-08-C4", "NC-03-C4", "NC-03-C1")] == [
        40,
        False,
        True,
    ]


def test_versions_sections_items_and_checks_name_themselves():
    village = catalogue.current("NC")
    assert str(village) == "农村基层党组织建设示范标准 v1"
    assert str(village.sections.first()) == "一、政治、服务功能完备"
    assert str(village.items.first()) == "NC-01"
    assert str(village.items.first().checks.first()) == "NC-01-C1"
