"""One name is entered once, whatever its spelling, and found in any of them."""

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from designation.organizations.models import Jurisdiction, Level, Organization, Person, Role
from tests import factories
from tests.sent_back import as_shown

pytestmark = pytest.mark.django_db

OTHER_SPELLINGS = [
    "红旗村１组党支部",
    "红旗村 1组 党支部",
    "红旗村\u30001组党支部",
    "红旗村\u200b1组党支部",
    "红旗村\u20601组党支部\ufeff",
    "红旗村1组党支部\u202c",
]


@pytest.fixture
def administrator(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def village(county):
    return factories.VillageFactory(
        name_zh="红旗村1组党支部", jurisdiction=county.village.jurisdiction
    )


def sent(village, name, **others):
    return {
        "name_zh": name,
        "category": "NC",
        "jurisdiction": village.jurisdiction_id,
        "superior": village.superior_id or "",
        "is_active": "on",
        **others,
    }


@pytest.mark.parametrize("name", OTHER_SPELLINGS)
def test_the_same_organization_in_another_spelling_is_refused_at_its_field(
    client, administrator, village, name
):
    client.force_login(administrator)
    answer = client.post(reverse("organizations:organization_add"), sent(village, name))
    assert answer.status_code == 422
    assert "与已有的“红旗村1组党支部”是同一个名称" in answer.content.decode()
    assert answer.context["form"].errors["name_zh"]
    assert Organization.objects.filter(name_key=village.name_key).count() == 1


def test_another_area_may_have_an_organization_of_the_same_name(client, administrator, village):
    elsewhere = factories.TownshipFactory(parent=village.jurisdiction.parent)
    client.force_login(administrator)
    client.post(
        reverse("organizations:organization_add"),
        sent(village, "红旗村1组党支部", jurisdiction=elsewhere.pk),
    )
    assert Organization.objects.filter(name_key=village.name_key).count() == 2


def test_an_organization_keeps_its_own_name_and_may_change_its_spelling(
    client, administrator, village
):
    client.force_login(administrator)
    page = reverse("organizations:organization_edit", args=[village.pk])
    answer = client.post(page, as_shown(client, page, **sent(village, "红旗村（1组）党支部")))
    assert answer.status_code == 302
    village.refresh_from_db()
    assert village.name_zh == "红旗村（1组）党支部"
    assert village.name_key == "红旗村(1组)党支部"


def test_an_official_name_is_stored_as_it_is_written(client, administrator, village):
    client.force_login(administrator)
    client.post(
        reverse("organizations:organization_add"), sent(village, "龙山（示范）300㎡Ⅱ区党支部")
    )
    assert Organization.objects.filter(name_zh="龙山（示范）300㎡Ⅱ区党支部").exists()


def test_the_database_refuses_the_same_name_whoever_writes_it(village):
    with pytest.raises(IntegrityError, match="organization_named_once_in_its_area"):
        factories.VillageFactory(name_zh="红旗村１组党支部", jurisdiction=village.jurisdiction)


def test_one_who_is_overtaken_is_told(client, administrator, village, monkeypatch):
    monkeypatch.setattr("designation.administration.conditions.of_name", lambda *_arguments: ())
    client.force_login(administrator)
    answer = client.post(
        reverse("organizations:organization_add"), sent(village, "红旗村１组党支部")
    )
    assert answer.status_code == 422
    assert "他人刚刚录入了名称、代码或账号相同的一条" in answer.content.decode()
    other = factories.VillageFactory(jurisdiction=village.jurisdiction)
    page = reverse("organizations:organization_edit", args=[other.pk])
    edited = client.post(page, as_shown(client, page, **sent(village, "红旗村１组党支部")))
    assert edited.status_code == 422
    assert "他人刚刚录入了名称、代码或账号相同的一条" in edited.content.decode()


def test_the_same_area_in_another_spelling_is_refused(client, administrator, county):
    town = factories.TownshipFactory(parent=county.jurisdiction, name_zh="龙山镇")
    client.force_login(administrator)
    answer = client.post(
        reverse("organizations:jurisdiction_add"),
        {"code": f"{county.jurisdiction.code[:6]}999000", "name_zh": "⻰山 镇"},
    )
    assert answer.status_code == 422
    assert "与已有的“龙山镇”是同一个名称" in answer.content.decode()
    with pytest.raises(IntegrityError, match="jurisdiction_named_once_in_its_superior"):
        Jurisdiction.objects.create(
            code=f"{county.jurisdiction.code[:6]}998000",
            name_zh="龙山镇 ",
            level=Level.TOWNSHIP,
            parent=town.parent,
        )


@pytest.mark.parametrize("asked", ["红旗村1组", "红旗村１组", "红旗 村", "红旗\u200b村"])
@pytest.mark.parametrize("address", ["organizations:organizations", "applications:list"])
def test_a_name_is_found_in_any_spelling(client, administrator, county, village, address, asked):
    county.village.name_zh = "红旗村１组总支"
    county.village.save()
    county.start()
    client.force_login(county.preparer if address == "applications:list" else administrator)
    content = client.get(reverse(address), {"text": asked}).content.decode()
    assert "红旗村１组总支" in content
    assert "红旗村１组总支" not in client.get(reverse(address), {"text": "白旗村"}).content.decode()


def test_a_person_is_found_in_any_spelling(client, administrator, county):
    factories.PersonFactory(full_name="阿里木·买买提", home_organization=county.village)
    client.force_login(administrator)
    content = client.get(
        reverse("organizations:people"), {"text": "阿里木•买 买提"}
    ).content.decode()
    assert "阿里木·买买提" in content


@pytest.fixture
def an_empty_house(transactional_db):
    """A schema without a table: what stands in the other is neither seen nor moved back."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA empty_house; SET search_path TO empty_house")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET search_path; DROP SCHEMA empty_house CASCADE")


def test_rows_from_before_stand_and_are_told_apart_when_they_are_renamed(an_empty_house):
    """The migration fails on no double, and holds the oldest of them apart from what comes."""
    before, after = ("organizations", "0005_people_belong"), ("organizations", "0006_names_by_key")
    old = MigrationExecutor(connection)
    leaves = old.loader.graph.leaf_nodes("organizations")
    old.migrate([before])
    apps = old.loader.project_state([before]).apps
    area = apps.get_model("organizations", "Jurisdiction").objects.create(
        code="341821000000", name_zh="青山县", level="county"
    )
    organizations = apps.get_model("organizations", "Organization").objects
    for name in ("红旗村", "红旗 村", "红旗村\u200b", "白旗村"):
        organizations.create(name_zh=name, category="NC", jurisdiction=area)
    people = apps.get_model("organizations", "Person").objects
    for username in ("wang.li", "Wang.Li", "王丽"):
        people.create(username=username, full_name="王丽", password="x")
    MigrationExecutor(connection).migrate([after])
    MigrationExecutor(connection).migrate(leaves)

    kept = {row.name_zh: row.is_old_double for row in Organization.objects.all()}
    assert kept == {"红旗村": False, "红旗 村": True, "红旗村\u200b": True, "白旗村": False}
    names = sorted(Person.objects.values_list("username", flat=True))
    assert names[0] == "--"
    assert names[1] == "wang.li"
    assert names[2].startswith("wang.li-")
    with pytest.raises(IntegrityError):
        Organization.objects.create(
            name_zh="红旗　村", category="NC", jurisdiction_id=Jurisdiction.objects.get().pk
        )


def test_an_old_double_may_be_edited_as_it_is_and_is_held_apart_once_renamed(
    client, administrator, village
):
    double = factories.VillageFactory(
        name_zh="红旗村 1组党支部", jurisdiction=village.jurisdiction, is_old_double=True
    )
    client.force_login(administrator)
    page = reverse("organizations:organization_edit", args=[double.pk])

    def save(name, **others):
        typed = as_shown(client, page, **sent(village, name, **others))
        return client.post(page, typed).status_code

    assert save("红旗村 1组党支部", name_en="B") == 302
    double.refresh_from_db()
    assert double.is_old_double
    assert save("红旗村2组党支部") == 302
    double.refresh_from_db()
    assert not double.is_old_double
    assert save("红旗村1组党支部") == 422
