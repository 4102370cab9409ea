"""A category without its text: adopted in the browser, and marked on each page that shows it."""

import pytest

from designation.adoptions.models import Adoption
from designation.organizations.models import Jurisdiction, Level, Person, Seat

pytestmark = pytest.mark.django_db(transaction=True)

DRAFTED = "参照公开依据拟写，并非文件原文"


@pytest.fixture
def next_county(demo_place):
    """A county that has adopted nothing so far; the demo's coordinator looks after it too."""
    place = Jurisdiction.objects.create(
        code="990122000000",
        level=Level.COUNTY,
        name_zh="白水县",
        parent=Jurisdiction.objects.get(code="990100000000"),
    )
    person = Person.objects.get(username="county.coordinator")
    Seat.objects.create(person=person, role="county_coordinator", jurisdiction=place)
    return place


def test_a_coordinator_adopts_a_sample_with_a_reason(visitor, next_county):
    visitor.sign_in("county.coordinator")
    visitor.go("/standards/")
    visitor.sees("待录入")
    visitor.keep_picture("standards-list")
    visitor.follow("国有企业")
    visitor.sees("青山县于2026年3月2日")
    visitor.keep_picture("standard-drafted")
    visitor.follow("为本县采用这一示例")
    visitor.page.get_by_label("采用理由").fill("正式文本尚未下发，先按示例试行。")
    visitor.page.get_by_label("我知道这是参照公开依据拟写的示例").check()
    visitor.keep_picture("standard-adopt")
    visitor.press("采用")

    visitor.sees("已采用示例标准，可以列入批次")
    visitor.sees("白水县于2026年3月2日")
    assert Adoption.objects.filter(jurisdiction=next_county).count() == 1
    assert visitor.complaints == []


def test_the_applicant_reads_on_every_page_that_the_standard_was_drafted(visitor):
    visitor.sign_in("textile.preparer")
    visitor.go("/rounds/")
    visitor.follow("2026年度基层党组织建设示范点评定")
    visitor.sees(DRAFTED)
    visitor.follow("开始申报")
    visitor.press("开始申报")
    visitor.sees(DRAFTED)
    visitor.keep_picture("case-drafted")
    visitor.follow("开始填写")
    visitor.sees(DRAFTED)
    visitor.sees("本条公开依据：")
    visitor.keep_picture("item-drafted")

    assert visitor.complaints == []
