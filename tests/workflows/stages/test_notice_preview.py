"""A draft is seen as everybody will read it: while it is typed, and by each who signs for it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from lxml import html

from designation.applications.models import Stage
from designation.papers.composed import official
from tests.course import NOTICE
from tests.public_addresses import public
from tests.sheets import Sheet
from workflows.stages.public_notice import notices, papers
from workflows.stages.public_notice.models import Cause, Notice

pytestmark = pytest.mark.django_db

MARK = "预览，尚未公示"


@pytest.fixture
def chosen(county):
    return county.at(Stage.CHOSEN)


def article(page):
    """What the notice says below its banners."""
    found = html.fromstring(page).xpath("//article")[0]
    for banner in found.xpath(".//*[contains(@class, 'alert') or contains(@class, 'no-print')]"):
        banner.drop_tree()
    return " ".join(found.text_content().split())


def articles(page):
    return [
        " ".join(one.text_content().split()) for one in html.fromstring(page).xpath("//article")
    ]


def bare(said):
    return "".join(said.split())


def restart(county, notice, *, cause):
    reason = "名单中一个组织的名称印错，现予更正。"
    return notices.restart(notice, cause=cause, reason=reason, actor=county.publisher)


def sign(county, draft):
    names = [entry.application for entry in draft.entries.all()]
    printed = NOTICE | {"title": draft.title}
    notices.propose_again(draft, printed, names, actor=county.coordinator)
    notices.review_secrecy(draft, actor=county.secrecy_reviewer)
    notices.approve(draft, actor=county.deciding_officer)


def page_of(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


def manage(notice):
    return reverse("notices:manage", args=[notice.pk])


def compose(county):
    return reverse("notices:compose", args=[county.round.pk])


def test_each_who_signs_reads_what_the_public_will_read(client, county, chosen):
    notice = county.compose_notice(chosen)
    before = page_of(client, county.publisher, manage(notice))

    notices.publish(notice, actor=county.publisher)

    client.logout()
    wall = client.get(public("notices:detail", args=[notice.pk])).content.decode()
    assert MARK in before
    assert MARK not in wall
    said, _sign, objections = article(wall).partition(" 异议办理情况 ")
    assert article(before) == said
    assert objections == "没有收到异议。", "what is counted below it begins with the notice"


@pytest.mark.parametrize("who", ["secrecy_reviewer", "deciding_officer", "publisher"])
def test_it_is_marked_and_leads_nowhere(client, county, chosen, who):
    notice = notices.propose(county.round, NOTICE, [chosen], actor=county.coordinator)

    page = page_of(client, getattr(county, who), manage(notice))

    assert MARK in page
    assert "2026年3月3日(周二)至2026年3月9日(周一)" in page
    assert f"/{notice.pk}/object/" not in page


def test_what_is_published_has_no_preview(client, county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice

    assert MARK not in page_of(client, county.publisher, manage(notice))


def test_the_coordinator_looks_before_proposing_and_nothing_typed_is_lost(client, county, chosen):
    client.force_login(county.coordinator)
    sheet = Sheet(client, compose(county), press="preview")
    typed = {"contact_unit": "县委组织部组织科", "meeting_result": "一致同意命名"}

    looked = sheet.send(typed)

    assert looked.status_code == 200
    assert not Notice.objects.exists()
    page = looked.content.decode()
    assert MARK in page
    assert "县委组织部组织科" in article(page)
    again = Sheet.of(looked)
    assert again.values["contact_unit"] == ["县委组织部组织科"]
    again.client, again.address = client, compose(county)
    assert again.send().status_code == 302
    assert Notice.objects.get().contact_unit == "县委组织部组织科"


def test_what_is_wanting_is_told_at_its_field_and_shows_no_preview(client, county, chosen):
    client.force_login(county.coordinator)

    looked = Sheet(client, compose(county), press="preview").send({"title": ""})

    assert looked.status_code == 422
    assert MARK not in looked.content.decode()


def test_a_corrected_name_is_seen_with_the_one_that_was_wrong(client, county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    wrong = county.village.name_zh
    draft = restart(county, notice, cause=Cause.CORRECTION)
    type(county.village).objects.update(name_zh="红旗村党支部委员会")

    for address in (manage(draft), reverse("notices:mend", args=[draft.pk])):
        client.force_login(county.coordinator)
        page = client.get(address).content.decode()
        if "article" not in page:
            page = Sheet(client, address, press="preview").send().content.decode()
        assert f"更正，原公示为：{wrong}" in page
        assert notice.title in page


def test_the_correction_is_read_before_it_is_published_word_for_word(client, county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    draft = restart(county, notice, cause=Cause.CORRECTION)
    type(county.village).objects.update(name_zh="红旗村党支部委员会")
    sign(county, draft)
    before = articles(page_of(client, county.publisher, manage(draft)))

    notices.publish(draft, actor=county.publisher)

    made = papers.correction(draft)
    assert made is not None
    paper = official(made)
    (annex,) = paper.annexes
    words = [paper.title, *(one.text for one in paper.body), paper.signature, paper.dated]
    listed = [f"附件：{annex.title}", *annex.columns, *(cell for row in annex.rows for cell in row)]
    assert bare(before[1]) == bare("".join([*words, *listed]))
    assert "公示编号：〔2026〕2号" in words
    assert "自2026年3月3日至2026年3月9日" in "".join(words)


def test_the_correction_is_seen_while_its_notice_is_mended(client, county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    draft = restart(county, notice, cause=Cause.CORRECTION)
    client.force_login(county.coordinator)
    address = reverse("notices:mend", args=[draft.pk])

    looked = Sheet(client, address, press="preview").send({"contact_unit": "县委组织部组织科"})

    correction = articles(looked.content.decode())[1]
    assert f"关于更正《{notice.title}》的公告" in correction
    assert "县委组织部组织科" in correction


def test_a_notice_that_corrects_nothing_is_seen_without_a_correction(client, county):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    draft = restart(county, notice, cause=Cause.OTHER)

    (_seen,) = articles(page_of(client, county.publisher, manage(draft)))


def test_without_a_calendar_the_correction_leaves_its_days_out(client, county, held_clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    draft = restart(county, notice, cause=Cause.CORRECTION)
    held_clock.move_to(datetime(2026, 12, 29, 1, 0, tzinfo=UTC))

    _notice, correction = articles(page_of(client, county.publisher, manage(draft)))

    assert "公示期重新计算。此前提出的异议继续办理" in correction


def test_without_a_calendar_it_says_why_there_are_no_days(client, county, chosen, held_clock):
    notice = notices.propose(county.round, NOTICE, [chosen], actor=county.coordinator)
    held_clock.move_to(datetime(2026, 12, 29, 1, 0, tzinfo=UTC))

    page = page_of(client, county.secrecy_reviewer, manage(notice))

    assert "公示期还不能计算" in page
    assert "公示时间：" not in article(page)
