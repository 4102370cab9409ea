"""The public register: found by name, number, category, place and status; never a dead end."""

from datetime import date, timedelta

import pytest
from django.utils.html import strip_tags

from designation.applications.models import Application
from designation.organizations.models import Role
from designation.register.giving import give_for
from designation.register.models import Designation, DesignationDecision, TitleStep
from designation.register.standing import Act, Status
from designation.site import clock
from tests import factories
from tests.designation.register.test_standing import happened
from tests.public_addresses import public

pytestmark = pytest.mark.django_db

LIST = public("register:list")
DAY = timedelta(days=1)


@pytest.fixture
def decision(county):
    return DesignationDecision.objects.create(
        round=county.round,
        document_number="青发〔2026〕8号",
        decided_on=date(2026, 2, 10),
        deciding_body="中共青山县委",
        recorded_by=county.deciding_officer,
        recorded_at=clock.now(),
    )


def ended_as(title, status, *, on):
    """Arrange what leaves a title with this status from that day on."""
    return TitleStep.objects.create(
        title=title,
        act=status.value,
        effective_on=on,
        until=on - timedelta(days=1) if status == Designation.Status.EXPIRED else None,
        reason="经研究决定。",
        actor=title.decision.recorded_by,
        role=Role.DECIDING_OFFICER,
        at=clock.now(),
    )


@pytest.fixture
def entitle(county, decision):
    """``entitle(name_zh=...)`` gives a village of that name a title."""

    def give(*, status=Designation.Status.VALID, until=date(2029, 3, 10), **village):
        organization = factories.VillageFactory(superior=county.township, **village)
        application = Application.objects.create(
            round=county.round,
            organization=organization,
            category=organization.category,
            standard=county.round_category.standard,
            reviewing_body=county.township,
            area_code=organization.jurisdiction.code,
            stage_since=clock.now(),
            created_at=clock.now(),
            created_by=county.preparer,
        )
        title = give_for(application, decision=decision, until=until, actor=county.deciding_officer)
        if status != Designation.Status.VALID:
            ended_as(title, status, on=clock.today())
        return title

    return give


def found(client, **query):
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return [title.organization.name_zh for title in answer.context["page"]]


def test_a_title_is_found_by_part_of_its_name_in_either_language_or_its_number(client, entitle):
    title = entitle(name_zh="红旗村党支部", name_en="Hongqi Village")
    entitle(name_zh="东风村党支部")

    assert found(client, text="红旗") == ["红旗村党支部"]
    assert found(client, text="hongqi") == ["红旗村党支部"]
    assert found(client, text=title.number) == ["红旗村党支部"]
    assert found(client, text="100%") == []


def test_titles_are_filtered_by_place_and_category(client, county, entitle):
    entitle(name_zh="红旗村党支部")

    code = county.township.jurisdiction.code
    assert found(client, area=code, category="NC") == ["红旗村党支部"]
    assert found(client, area="341821099000") == []
    assert found(client, category="SQ") == []
    assert county.township.jurisdiction.name_zh in client.get(LIST).content.decode()


def test_a_county_finds_the_titles_of_all_its_townships(client, county, entitle):
    title = entitle(name_zh="红旗村党支部")
    elsewhere(county, title, "341822000000", "341822104000")

    assert found(client, area=county.jurisdiction.code) == ["红旗村党支部"]
    assert found(client, area="341822000000") == ["东风村党支部"]
    assert found(client, area="341822104000") == ["东风村党支部"]
    assert sorted(found(client, area="341800000000")) == ["东风村党支部", "红旗村党支部"]
    assert found(client, area="341823000000") == []


def test_counties_are_offered_beside_townships_where_there_are_several(client, county, entitle):
    title = entitle(name_zh="红旗村党支部")
    township = county.township.jurisdiction.code

    assert offered_areas(client) == ["", township]
    elsewhere(county, title, "341822000000", "341822104000")
    assert offered_areas(client) == [
        *("", county.jurisdiction.code, township),
        *("341822000000", "341822104000"),
    ]


def elsewhere(county, title, code, township):
    """Another title, of a township of another county, beside ``title``."""
    area = factories.JurisdictionFactory(code=code, parent=county.jurisdiction.parent)
    within = factories.JurisdictionFactory(code=township, parent=area, level="township")
    other = factories.VillageFactory(name_zh="东风村党支部", jurisdiction=within, superior=None)
    return Designation.objects.create(
        number="341822-2026-NC-00001",
        organization=other,
        jurisdiction=within,
        name_zh=other.name_zh,
        area_name_zh=within.name_zh,
        category=other.category,
        decision=title.decision,
        designated_on=title.designated_on,
        valid_until=title.valid_until,
    )


def offered_areas(client):
    shown = client.get(LIST).context["listing"].filters.form.fields["area"].widget.choices
    return [code for code, _name in shown]


def test_the_status_is_that_of_today(client, entitle, held_clock):
    entitle(name_zh="在期村", until=clock.today() + timedelta(days=30))
    entitle(name_zh="过期村", until=clock.today() + timedelta(days=29))
    entitle(name_zh="撤销村", status=Designation.Status.REVOKED)
    entitle(name_zh="到期村", status=Designation.Status.EXPIRED)
    held_clock.move(timedelta(days=30))

    assert found(client, status="valid") == ["在期村"]
    assert sorted(found(client, status="expired")) == ["到期村", "过期村"]
    assert found(client, status="revoked") == ["撤销村"]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"},
        {"category": "ZZ"},
        {"area": "第一镇"},
        {"decision": "x"},
        {"page": "99"},
        {"text": "\0"},
    ],
)
def test_a_filter_that_names_nothing_known_leaves_all(client, entitle, query):
    entitle(name_zh="红旗村党支部")

    assert found(client, **query) == ["红旗村党支部"]


def test_an_impossible_decision_finds_nothing(client, entitle):
    entitle(name_zh="红旗村党支部")

    assert found(client, decision="9" * 40) == []


def test_an_empty_register_says_so(client):
    assert "没有查到" in client.get(LIST).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_costs_three_statements(client, entitle, number, django_assert_num_queries):
    for _place in range(number):
        entitle()

    with django_assert_num_queries(3):
        client.get(LIST)


def test_the_register_has_pages_that_keep_the_filter(client, entitle):
    for _place in range(26):
        entitle()

    content = client.get(LIST, {"category": "NC"}).content.decode()

    assert "第 1 页，共 2 页" in content
    assert "category=NC&amp;page=2" in content
    assert len(found(client, category="NC", page="2")) == 1


def test_the_register_is_there_in_english(client, entitle):
    entitle(name_zh="红旗村党支部", name_en="Hongqi Village")

    content = client.get(public("register:list", language="en")).content.decode()

    assert "Hongqi Village" in content


@pytest.mark.parametrize("number", ["341821-2026-NC-99999", "没有", "%00"])
def test_an_unknown_number_is_not_found(client, entitle, number):
    entitle()

    assert client.get(f"{LIST}{number}/").status_code == 404


def test_a_revoked_title_says_that_it_no_longer_stands(client, entitle):
    title = entitle(status=Designation.Status.REVOKED)

    content = client.get(public("register:detail", args=[title.number])).content.decode()

    assert "已撤销" in content
    assert "称号不在有效状态" in content
    assert str(title) == title.number
    assert str(title.decision) == "青发〔2026〕8号"


def words(answer):
    """What is read on a page, in one line."""
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.mark.parametrize(
    ("act", "status"), [(Act.WARNED, Status.WARNED), (Act.ORDERED, Status.ORDERED)]
)
def test_a_title_with_something_against_it_says_so_and_that_it_is_in_force(
    client, entitle, act, status
):
    title = entitle(name_zh="红旗村党支部")
    entitle(name_zh="东风村党支部")
    happened(title, act, clock.today(), reason="台账不全，限期补齐。")

    assert found(client, status="valid") == ["东风村党支部"], "with nothing against it"
    assert found(client, status=status.value) == ["红旗村党支部"]
    listed = client.get(LIST, {"status": status.value})
    assert f"! {status.label} 称号仍然有效" in words(listed)
    page = words(client.get(public("register:detail", args=[title.number])))
    assert f"! {status.label} 称号仍然有效" in page
    assert "自2026年3月2日(周一)起，文件：中共青山县委组织部 青组发〔2027〕5号。" in page
    assert "截至2026年3月2日(周一)，称号仍然有效，没有撤销。" in page
    assert "截至2026年3月2日(周一)，称号有效。" in page
    assert "✕" not in page


def test_the_list_is_narrowed_to_each_way_in_which_a_title_stands(client, entitle):
    entitle()

    page = client.get(LIST).content.decode()

    for status in Status:
        assert f'<option value="{status.value}">{status.label}</option>' in page


def test_in_english_a_warned_title_says_that_it_is_in_force(client, entitle):
    title = entitle()
    happened(title, Act.WARNED, clock.today())

    address = public("register:detail", args=[title.number], language="en")

    page = words(client.get(address))
    assert "! Warned Title still in force" in page
    assert "the title is still in force and not revoked" in page


def test_what_stood_against_a_title_is_read_as_of_each_day(client, entitle, held_clock):
    title = entitle(name_zh="红旗村党支部")
    given = clock.today()
    held_clock.move(10 * DAY)
    happened(title, Act.WARNED, given + DAY, document_number="青组发〔2026〕1号")
    happened(title, Act.ORDERED, given + 3 * DAY, document_number="青组发〔2026〕2号")
    happened(title, Act.PROLONGED, given + 5 * DAY, document_number="青组发〔2026〕3号")
    happened(title, Act.PASSED, given + 7 * DAY, document_number="青组发〔2026〕4号")
    address = public("register:detail", args=[title.number])

    def on(days):
        return words(client.get(address, {"on": given + days * DAY}))

    assert "没有撤销" not in on(0)
    assert "! 已警告 自2026年3月3日(周二)起，文件：中共青山县委组织部 青组发〔2026〕1号" in on(2)
    for days in (3, 6):
        since = "! 限期整改中 自2026年3月5日(周四)起，文件：中共青山县委组织部 青组发〔2026〕2号"
        assert since in on(days), "since it was ordered, also when it has more time"
    assert "没有撤销" not in on(7)
    assert found(client, status="ordered", on=given + 6 * DAY) == ["红旗村党支部"]
    assert found(client, status="warned", on=given + 6 * DAY) == []
    life = words(client.get(address))
    for act in ("警告", "限期整改", "延长整改期限", "整改合格"):
        assert f"· {act} 中共青山县委组织部 青组发〔2026〕" in life


def test_a_page_that_was_kept_is_asked_for_anew_once_a_warning_comes_and_goes(client, entitle):
    title = entitle()
    addresses = (LIST, public("register:detail", args=[title.number]))

    def tags():
        return [client.get(address)["ETag"] for address in addresses]

    before = tags()
    happened(title, Act.WARNED, clock.today())
    warned = tags()
    happened(title, Act.LIFTED, clock.today())

    assert not set(before) & set(warned)
    assert not set(warned) & set(tags())


def test_what_ended_a_title_and_what_brought_it_back_are_public_with_their_documents(
    client, entitle
):
    title = entitle(name_zh="红旗村党支部")
    happened(title, Act.REVOKED, clock.today(), reason="复核不合格，逾期未整改到位。")
    decision = DesignationDecision.objects.create(
        document_number="青发〔2026〕21号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        recorded_by=title.decision.recorded_by,
        recorded_at=clock.now(),
    )
    happened(title, Act.RESTORED, clock.today(), reason="申请复核成立。", decision=decision)

    page = client.get(public("register:detail", args=[title.number])).content.decode()

    assert "撤销" in page
    assert "中共青山县委组织部 青组发〔2027〕5号" in page
    assert "复核不合格，逾期未整改到位。" in page
    assert "恢复" in page
    assert "中共青山县委 青发〔2026〕21号" in page
    assert "称号有效" in page
