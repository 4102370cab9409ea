"""What fails most, what comes back and why, how far verdicts agree: counted by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Conclusion, Stage
from reports.figures import contents
from reports.figures.items import MOST, Failing
from reports.figures.spans import LEAST
from reports.workload.agreement import Agreement
from reports.workload.counts import Hands
from tests.course import OPINION
from tests.reports.figures import counted_behind, in_another_township, leading, tables, told
from workflows.stages.first_review import marks

pytestmark = pytest.mark.django_db

FAILING, RETURNED, VERDICTS = ("最常未达标的条目", "退回原因", "三方结论是否一致")


def found(client, county, person=None, **asked):
    person = person or county.coordinator
    return tables(client, person, county.round, page="item_figures", **asked)


def not_met(county, application, *codes):
    """The reviewer says so of these items, and sends it back for them."""
    items = application.standard.items.filter(code__in=codes)
    county.mark_all(application)
    said = dict.fromkeys(items, (Conclusion.NOT_MET, "没有看到依据。"))
    marks.mark_all(application, said, actor=county.reviewer)
    county.act(
        "return_for_correction",
        application,
        county.reviewer,
        opinion=OPINION,
        corrections=dict.fromkeys(codes, "请补充依据。"),
    )


def items_of(table):
    """By the code of each item, its figures."""
    return {line.words.split()[0]: [one.text for one in line.figures] for line in table.lines}


@pytest.fixture
def some_fail(county):
    """NC-13 in three applications of two townships, NC-01 in one of them."""
    not_met(county, county.at(Stage.SUBMITTED), "NC-01", "NC-13")
    beside = county.beside()
    not_met(county, beside.at(Stage.SUBMITTED), "NC-13")
    other = in_another_township(county)
    not_met(other, other.at(Stage.SUBMITTED), "NC-13")
    county.beside().at(Stage.SUBMITTED)
    return county


def test_what_fails_is_counted_by_item_and_township(client, some_fail):
    table = found(client, some_fail)[FAILING]

    assert table.columns == ("合计", some_fail.township.jurisdiction.name, "云岭镇")
    assert items_of(table) == {"NC-13": ["3", "2", "1"], "NC-01": ["1", "1", "0"]}
    assert [line.bar for line in table.lines] == [100, 33]


def test_each_figure_leads_to_a_list_of_as_many(client, some_fail):
    led = leading(found(client, some_fail))

    assert len(led) == 5
    for figure in led:
        assert counted_behind(client, figure) == int(figure.text), figure.address


def test_a_body_sees_what_fails_of_its_own_and_no_places(client, some_fail):
    tables_ = found(client, some_fail, some_fail.reviewer)

    assert tables_[FAILING].columns == ("合计",)
    assert items_of(tables_[FAILING]) == {"NC-13": ["2"], "NC-01": ["1"]}
    assert counted_behind(client, leading(tables_)[0]) == 2
    assert VERDICTS not in tables_


def test_a_mark_on_its_way_is_counted_nowhere(client, county):
    application = county.at(Stage.SUBMITTED)
    county.mark_all(application, Conclusion.NOT_MET)

    assert found(client, county)[FAILING].lines == ()


def test_what_was_mended_was_not_met_all_the_same(client, county):
    application = county.at(Stage.SUBMITTED)
    not_met(county, application, "NC-13")
    county.act_on_correction(application, "NC-13")

    assert items_of(found(client, county)[FAILING]) == {"NC-13": ["1", "1"]}


def test_no_more_than_the_first_ten_are_told():
    counts = contents.items.Counter({(item, "341821104"): item for item in range(1, 15)})

    most = Failing(counts, {}).most

    assert len(most) == MOST == 10
    assert most[0] == (14, 14)
    assert most[-1] == (5, 5)


def test_why_applications_came_back_is_counted_by_reason_and_by_who_returned(client, county):
    application = county.at(Stage.SUBMITTED)
    first, second = (item.code for item in application.standard.items.all()[:2])
    # The first item has the file; the second has none.
    asked = {first: "会议记录不清晰", second: "没有材料", "summary": "简介与事实不符"}
    county.mark_all(application)
    county.act(
        "return_for_correction", application, county.reviewer, opinion=OPINION, corrections=asked
    )
    at_the_county = county.beside().at(Stage.RECOMMENDED)
    county.act(
        "return_for_correction",
        at_the_county,
        county.coordinator,
        opinion=OPINION,
        corrections={second: "请补材料"},
    )

    table = found(client, county)[RETURNED]

    assert table.columns == ("合计", "初审", "县级核验")
    assert told(table) == {
        "条目没有佐证材料": ["2", "1", "1"],
        "条目有佐证材料，其他原因": ["1", "1", "0"],
        "申报简介": ["1", "1", "0"],
    }


def test_a_return_that_was_taken_back_is_not_counted(client, county):
    application = county.at(Stage.SUBMITTED)
    not_met(county, application, "NC-13")
    county.act("take_back_return", application, county.reviewer)

    assert found(client, county)[RETURNED].lines == ()


def test_verdicts_are_compared_over_all_items_together(client, county):
    application = county.at(Stage.VERIFIED)
    items = application.standard.items.count()

    table = found(client, county)[VERDICTS]

    assert told(table) == {
        words: [str(items), "100%", "—"] for words in ("自评与初审", "自评与核查", "初审与核查")
    }


def test_of_too_few_verdicts_nothing_is_told():
    few = Agreement({("met", "met"): LEAST - 1})
    enough = Agreement({("met", "met"): LEAST})

    table = contents.verdicts({Hands.OWN_REVIEW: few, Hands.OWN_SITE: enough})

    assert told(table) == {"自评与核查": ["5", "100%", "—"]}


def test_the_figures_of_items_take_the_same_statements_whatever_they_count(client, some_fail):
    client.force_login(some_fail.coordinator)
    address = reverse("reports:item_figures", args=[some_fail.round.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as counted:
        client.get(address)

    assert len(counted) == 12
