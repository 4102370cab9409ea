"""A rename rewrites nothing: what was published or given keeps its name, and both names find it."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from designation.adoptions.adopting import adopt_sample
from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations import names
from designation.organizations.models import FormerName, Organization, Person, Role
from designation.register.models import Designation
from designation.site import clock
from designation.site.shown import INPUT
from standards.models import StandardVersion
from tests import factories
from tests.public_addresses import public
from workflows.case.facts import Case
from workflows.stages.conferral.decisions import designate
from workflows.stages.objections.objections import raise_objection
from workflows.stages.public_notice import notices
from workflows.stages.public_notice.facts import Noticed
from workflows.stages.public_notice.models import NoticeEntry
from workflows.stages.self_assessment.printing import filled_sheet

pytestmark = pytest.mark.django_db

OLD, NEW = "红旗村党支部", "新旗村党支部"


@pytest.fixture
def village(county):
    county.village.name_zh, county.village.name_en = OLD, "Hongqi Village"
    county.village.save()
    return county.village


@pytest.fixture
def administrator(county, client):
    person = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    client.force_login(person)
    return person


@pytest.fixture
def rename(administrator, client):
    """``rename(thing, name)`` sends the page's own form with another name."""

    def send(thing, name, *, on="", **changes):
        noun = {"Organization": "organization", "Jurisdiction": "jurisdiction"}.get(
            type(thing).__name__, "person"
        )
        client.force_login(administrator)
        address = reverse(f"organizations:{noun}_edit", args=[thing.pk])
        shown = client.get(address).context["form"]
        sent = {
            field.name: field.value() for field in shown if field.value() not in (None, False)
        } | {"renamed_on": on, INPUT: carried(shown)}
        sent |= {"full_name" if noun == "person" else "name_zh": name} | changes
        return client.post(address, sent)

    return send


def carried(form):
    """What the page carries of what it showed."""
    return html.unescape(re.search(r'value="([^"]*)"', form.what_it_shows).group(1))


def entitled(county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    return Designation.objects.get()


def text(answer):
    return answer.content.decode()


def test_a_title_stands_under_the_name_that_its_document_bears(
    county, village, rename, client, held_clock
):
    title = entitled(county, held_clock)
    assert rename(village, NEW, name_en="Xinqi Village").status_code == 302
    client.logout()

    for called in (OLD, NEW, "Hongqi", "Xinqi"):
        shown = text(client.get(public("register:list"), {"text": called}))
        assert title.number in shown
        assert OLD in shown
        assert f"现名：{NEW}" in shown
    page = text(client.get(public("register:detail", args=[title.number])))
    assert f"<h1>{OLD}</h1>" in page
    assert re.search(rf"<dd>\s*{NEW}\s*</dd>", page)
    assert OLD in text(client.get(public("home")))
    english = text(client.get(public("register:detail", args=[title.number], language="en")))
    assert "<h1>Hongqi Village</h1>" in english
    assert "Xinqi Village" in english


def test_a_name_borne_between_two_renames_finds_the_title_too(
    county, village, rename, client, held_clock
):
    title = entitled(county, held_clock)
    rename(village, "中间村党支部")
    rename(village, NEW)
    client.logout()

    assert title.number in text(client.get(public("register:list"), {"text": "中间村"}))
    page = text(client.get(public("register:detail", args=[title.number])))
    assert "中间村党支部" in page


def test_a_title_without_a_rename_says_one_name(county, village, client, held_clock):
    title = entitled(county, held_clock)
    assert "现名" not in text(client.get(public("register:detail", args=[title.number])))
    assert "现名" not in text(client.get(public("register:list")))


def test_the_name_is_that_of_the_day_of_the_decision(county, village, rename, held_clock):
    """Renamed after the document was dated, and before it is recorded."""
    application = county.at(Stage.AWAITING_DESIGNATION, wait=held_clock.move_to)
    decided = clock.today()
    held_clock.move(timedelta(days=3))
    rename(village, NEW, name_en="Xinqi Village", on=str(clock.today()))
    entry = application.notice_entries.get()
    notices.close_register(entry.notice, actor=county.objection_officer)
    designate(
        county.round,
        [application],
        document_number="青发〔2026〕1号",
        decided_on=decided,
        deciding_body="中共青山县委",
        actor=county.deciding_officer,
    )

    title = Designation.objects.get()
    assert (title.name_zh, title.name_en) == (OLD, "Hongqi Village")


def test_an_area_renamed_later_stays_as_it_was_given(county, village, rename, client, held_clock):
    township = village.jurisdiction
    old = township.name_zh
    title = entitled(county, held_clock)
    assert rename(township, "新乡街道").status_code == 302
    client.logout()

    page = text(client.get(public("register:detail", args=[title.number])))
    assert re.search(rf"<dd>\s*{old}", page)
    assert "现名：新乡街道" in page
    event = AuditEvent.objects.get(action="jurisdiction.rename")
    assert event.details["changed"]["name_zh"] == [old, "新乡街道"]


def test_a_rename_is_an_event_with_both_names_and_its_day(county, village, rename, administrator):
    assert rename(village, NEW, on="2026-03-01").status_code == 302

    event = AuditEvent.objects.get(action="organization.rename")
    assert event.actor == administrator
    assert event.actor_role == Role.SYSTEM_ADMINISTRATOR
    assert event.details == {"changed": {"name_zh": [OLD, NEW]}, "renamed_on": "2026-03-01"}
    assert event.jurisdiction_code == village.jurisdiction.code
    former = FormerName.objects.get()
    assert (former.organization, former.name_zh, former.name_en) == (village, OLD, "Hongqi Village")
    assert (former.borne_from, former.borne_until) == (None, date(2026, 3, 1))
    assert former.renamed_by == administrator
    assert str(former) == OLD
    assert not AuditEvent.objects.filter(action="organization.edit").exists()


def test_a_page_saved_without_another_name_renames_nothing(county, village, rename):
    assert rename(village, OLD, on="2026-03-01", name_en="Red Flag Village").status_code == 302

    assert not FormerName.objects.exists()
    assert not AuditEvent.objects.filter(action="organization.rename").exists()


def test_one_former_name_goes_on_where_the_last_ended(county, village, rename, held_clock):
    rename(village, "中间村党支部", on="2026-02-10")
    rename(village, NEW, on="2026-02-20")

    later, first = FormerName.objects.all()
    assert (first.name_zh, first.borne_until) == (OLD, date(2026, 2, 10))
    assert (later.name_zh, later.borne_from, later.borne_until) == (
        "中间村党支部",
        date(2026, 2, 10),
        date(2026, 2, 20),
    )
    village = Organization.objects.get(pk=village.pk)
    days = [date(2026, 2, 9), date(2026, 2, 10), date(2026, 2, 19), date(2026, 2, 20)]
    assert [village.name_on(day) for day in days] == [OLD, "中间村党支部", "中间村党支部", NEW]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-03-03", "更名日期不能晚于今天"),
        ("2026-02-09", "上一次更名是 2026年2月10日"),
        ("昨天", ""),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(county, village, rename, on, told):
    rename(village, "中间村党支部", on="2026-02-10")

    answer = rename(village, NEW, on=on)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"renamed_on"}
    assert told in text(answer)
    assert NEW in text(answer), "nothing typed is lost"


def test_a_new_organization_is_not_asked_when_it_was_renamed(county, administrator, client):
    shown = client.get(reverse("organizations:organization_add")).context["form"]
    assert "renamed_on" not in shown.fields


@pytest.mark.parametrize("kind", ["organization", "jurisdiction"])
def test_administrators_find_and_read_both_names(county, village, rename, client, kind):
    thing = village if kind == "organization" else village.jurisdiction
    old = thing.name_zh
    rename(thing, "改后名称")

    found = text(client.get(reverse(f"organizations:{kind}s"), {"text": old}))
    assert "改后名称" in found
    assert f"原名：{old}（至2026年3月2日(周一)）" in found
    edit = text(client.get(reverse(f"organizations:{kind}_edit", args=[thing.pk])))
    assert f"原名：{old}（至2026年3月2日(周一)）" in edit


def test_an_application_is_found_by_either_name_and_says_both(county, village, rename, client):
    application = county.at(Stage.SUBMITTED)
    rename(village, NEW)
    client.force_login(county.reviewer)

    for called in (OLD, NEW):
        listed = text(client.get(reverse("applications:list"), {"text": called}))
        assert NEW in listed
        assert f"原名：{OLD}" in listed
    shown = text(client.get(reverse("applications:case", args=[application.pk])))
    assert f"原名：{OLD}" in shown


def test_the_log_finds_an_application_by_either_name(county, village, rename, client):
    county.start()
    rename(village, NEW)
    county.act("withdraw", Application.objects.get(), county.head)
    client.force_login(factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction))

    for called in (OLD, NEW):
        page = client.get(reverse("audit:list"), {"application": called})
        assert {row["event"].action for row in page.context["rows"]} == {
            "application.start",
            "application.withdraw",
        }
        assert OLD in text(page)


def test_who_adopted_a_sample_is_called_as_on_that_day(county, rename, client, held_clock):
    sample = StandardVersion.objects.get(category="GQ", is_sample=True)
    area = county.jurisdiction
    adopt_sample(sample, area, actor=county.coordinator, reason="本县参照此示例开展评定。")
    held_clock.move(timedelta(days=1))
    rename(area, "青山区")

    shown = text(client.get(public("standards:detail", args=["GQ"])))
    assert "青山县于2026年3月2日" in shown


def test_a_notice_goes_on_as_it_was_published(county, village, rename, client, held_clock):
    application = county.at(Stage.ON_NOTICE)
    entry = NoticeEntry.objects.get(application=application)
    area = village.jurisdiction.name_zh
    objection = raise_objection(entry, facts="面积与实际不符，请核查。", identity=None)
    rename(village, NEW, name_en="Xinqi Village")
    rename(village.jurisdiction, "新乡街道")
    client.logout()

    for language in ("zh-hans", "en"):
        shown = text(
            client.get(public("notices:detail", args=[entry.notice_id], language=language))
        )
        assert OLD in shown
        assert area in shown
        assert "新乡街道" not in shown
        assert NEW not in shown
        assert "Xinqi" not in shown
    followed = client.post(reverse("notices:follow"), {"code": objection.receipt_code})
    assert OLD in text(followed)
    assert Noticed.of(Case(Application.objects.get(pk=application.pk))).is_unchanged
    client.force_login(county.coordinator)
    managed = text(client.get(reverse("notices:manage", args=[entry.notice_id])))
    assert OLD in managed
    assert f"现名：{NEW}" in managed


def test_an_entry_from_before_the_area_was_kept_says_the_area_of_its_day(county, rename, village):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    NoticeEntry.objects.filter(pk=entry.pk).update(printed_area="")
    area = village.jurisdiction.name_zh
    rename(village.jurisdiction, "新乡街道", on=str(clock.today()))
    entry.notice.published_at = datetime(2026, 3, 1, tzinfo=UTC)
    entry.notice.save()

    assert NoticeEntry.objects.get(pk=entry.pk).area == area


def test_what_was_handed_in_keeps_the_names_of_its_day(county, village, rename):
    application = county.at(Stage.SUBMITTED)
    rename(village, NEW)

    application = Application.objects.get(pk=application.pk)
    assert application.submission.content["names"] == {
        "organization": OLD,
        "round": county.round.name_zh,
    }
    sheet = filled_sheet(Case(application))
    assert OLD in dict(sheet.facts).values()
    assert any(application.submission.sha256 in remark for remark in sheet.remarks)


def test_who_acted_is_named_as_they_were_then(county, rename, client, held_clock):
    county.reviewer.full_name = "赵敏"
    county.reviewer.home_organization = county.township
    county.reviewer.save()
    application = county.at(Stage.RECOMMENDED)
    held_clock.move(timedelta(days=1))
    assert rename(county.reviewer, "赵晓敏").status_code == 302

    client.force_login(county.coordinator)
    shown = text(client.get(reverse("applications:case", args=[application.pk])))
    assert "赵敏（初审员）" in shown
    client.force_login(factories.seated(Role.AUDIT_ADMINISTRATOR, county.jurisdiction))
    logged = text(client.get(reverse("audit:list"), {"action": "application.recommend"}))
    assert "赵敏" in logged
    event = AuditEvent.objects.get(action="person.rename")
    assert event.details == {"changed": ["full_name"], "renamed_on": "2026-03-03"}, "no names"


def test_people_are_found_by_a_former_name(county, rename, client):
    county.reviewer.full_name = "赵敏"
    county.reviewer.home_organization = county.township
    county.reviewer.save()
    rename(county.reviewer, "赵晓敏")

    found = text(client.get(reverse("organizations:people"), {"text": "赵敏"}))
    assert "赵晓敏" in found
    assert "原名：赵敏" in found


def test_titles_given_before_take_the_name_that_was_published(county, village, held_clock):
    title = entitled(county, held_clock)
    NoticeEntry.objects.update(printed_name="更早的村党支部")

    import_module("workflows.migrations.0007_names_as_given").name_as_published(apps, None)

    title.refresh_from_db()
    assert (title.name_zh, title.name_en) == ("更早的村党支部", "")


def test_titles_given_before_keep_the_names_of_today_where_no_notice_says_another(
    county, village, held_clock
):
    title = entitled(county, held_clock)
    with transaction.atomic():
        Designation.objects.update(name_en="", area_name_en="x")
        import_module("designation.register.migrations.0002_the_name_as_given").keep_names(
            apps, None
        )

    title.refresh_from_db()
    assert (title.name_zh, title.name_en) == (OLD, "Hongqi Village")
    assert title.area_name_zh == village.jurisdiction.name_zh


def test_the_database_keeps_a_former_name_of_one_thing_only(county, village, administrator):
    with pytest.raises(IntegrityError, match="former_name_of_one_thing"):
        FormerName.objects.create(
            organization=village,
            person=administrator,
            name_zh=OLD,
            borne_until=clock.today(),
            renamed_by=administrator,
            recorded_at=clock.now(),
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organizations_formername SET name_zh = '别的名'",
        "DELETE FROM organizations_formername",
        "TRUNCATE organizations_formername",
    ],
)
def test_the_database_keeps_a_former_name_as_it_was_recorded(village, rename, statement):
    rename(village, NEW)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="kept as it was"), transaction.atomic():
            cursor.execute(statement)
    assert FormerName.objects.get(organization=village).name_zh == OLD


def test_a_title_without_its_name_is_refused_by_the_database(county, village, held_clock):
    entitled(county, held_clock)
    with pytest.raises(IntegrityError, match="designation_keeps_its_names"):
        Designation.objects.update(name_zh="")


def test_both_names_are_one_condition_that_finds_nothing_twice(county, village, rename):
    rename(village, "中间村党支部")
    rename(village, NEW)

    found = Organization.objects.filter(names.called("村", Organization))
    assert list(found).count(village) == 1


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("红", True),
        ("旗村党", True),
        ("旗 村", True),
        ("flag", True),
        ("FLAG VILL", True),
        ("旗红", False),
        ("红旗红旗", False),
        ("%", False),
        ("红_村", False),
    ],
)
def test_an_organization_is_found_by_a_part_of_its_name_in_whatever_spelling(typed, is_found):
    unit = factories.VillageFactory(name_zh="红旗村党支部", name_en="Red Flag Village")

    found = Organization.objects.filter(names.called(typed, Organization), pk=unit.pk)

    assert found.exists() == is_found


def test_a_part_of_a_name_is_looked_for_by_the_index(village):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    found = Organization.objects.filter(names.called("红旗", Organization))
    plan = found.order_by().explain()

    assert "organization_by_name" in plan


@pytest.mark.parametrize("typed", ["xxc", "zjc", "ZJCDZB"])
def test_an_organization_is_found_by_the_initials_of_each_of_its_names(village, rename, typed):
    rename(village, "中间村党支部")
    rename(village, "新兴村党支部")

    assert village in Organization.objects.filter(names.called(typed, Organization))


def test_people_are_not_found_by_initials(county, village, rename):
    rename(village, "李一村党支部")
    assert list(Person.objects.filter(names.called("ly", Person))) == []
