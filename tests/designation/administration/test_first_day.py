"""The first day: one link from the server, and a county is set up in the browser."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO, StringIO
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from designation.accounts import password_links
from designation.administration.first_day import links, setting_up
from designation.administration.models import FirstDayLink
from designation.audit.chain import verify
from designation.audit.models import AuditEvent
from designation.organizations.models import Jurisdiction, Person, Role, Seat
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

PAGE = "/accounts/first-day/"
NEW = "My-own-long-password-7"
CODE = "990121000000"
TYPED = {
    "name_zh": "青山县",
    "code": CODE,
    "system_administrator-full_name": "何系统",
    "system_administrator-username": "he.system",
    "system_administrator-email": "he@example.cn",
    "security_administrator-full_name": "高安全",
    "security_administrator-username": "gao.security",
    "security_administrator-email": "",
    "audit_administrator-full_name": "罗审计",
    "audit_administrator-username": "luo.audit",
    "audit_administrator-email": "",
}


@pytest.fixture
def machine_clock(monkeypatch):
    at = {"now": clock.system_now()}
    monkeypatch.setattr(clock, "system_now", lambda: at["now"])

    def move(**by):
        at["now"] += timedelta(**by)

    return move


def printed(**asked):
    """What the command prints, in the test's own site."""
    out = StringIO()
    call_command("first_day", stdout=out, **asked)
    return out.getvalue().strip().removeprefix("http://localhost:8000")


def behind(path, browser=None):
    browser = browser or Client()
    return browser, browser.get(path, follow=True)


def set_up(browser, **other):
    sheet = Sheet(browser, PAGE)
    return browser.post(PAGE, sheet.values | TYPED | other)


def on_slips(answer):
    """The paths of the password links, by account."""
    root = html.fromstring(answer.content.decode())
    return {
        slip.xpath(".//b")[1].text: slip.xpath("string(.//code)").removeprefix("http://testserver")
        for slip in root.xpath("//*[@class='slip']")
    }


def refused_at(answer, field):
    """What is said at a field."""
    root = html.fromstring(answer.content.decode())
    (place,) = root.xpath(f"//*[@id='field-{field}']")
    return " ".join(place.xpath("string(.//*[@class='field-error'])").split())


def everything():
    return [kind.objects.count() for kind in (Jurisdiction, Person, Seat, AuditEvent)]


def test_one_link_sets_up_a_county_with_three_administrators_who_sign_in():
    browser, page = behind(printed())
    assert page.status_code == 200

    slips = on_slips(set_up(browser))

    county = Jurisdiction.objects.get(code=CODE)
    assert (county.name_zh, county.level) == ("青山县", "county")
    given = Seat.objects.filter(jurisdiction=county)
    assert {seat.person.username: seat.role for seat in given} == {
        "he.system": Role.SYSTEM_ADMINISTRATOR,
        "gao.security": Role.SECURITY_ADMINISTRATOR,
        "luo.audit": Role.AUDIT_ADMINISTRATOR,
    }
    assert list(slips) == ["he.system", "gao.security", "luo.audit"]
    for username, path in slips.items():
        own, opened = behind(path)
        data = {"new_password1": NEW, "new_password2": NEW}
        assert own.post(opened.request["PATH_INFO"], data).status_code == 302
        told = own.post(
            reverse("organizations:login"), {"username": username, "password": NEW}, follow=True
        )
        assert told.context["user"].jurisdiction == county
        assert re.search("您的密码链接于.+在开通本县时生成。", told.content.decode())


def test_all_of_it_stands_in_the_log_which_the_audit_administrator_reads(client):
    set_up(behind(printed())[0])

    assert [event.action for event in AuditEvent.objects.order_by("sequence")] == [
        "first_day.link",
        "jurisdiction.add",
        *(["person.add", "seat.give"] * 3),
        *(["account.password_link"] * 3),
    ]
    assert verify().whole
    client.force_login(Person.objects.get(username="luo.audit"))
    shown = client.get(reverse("audit:list")).content.decode()
    assert "生成开通链接" in shown
    assert "高安全" in shown


def test_the_token_stands_in_no_row_no_session_and_no_address():
    path = printed()
    token = path.rstrip("/").rpartition("/")[2]

    browser, page = behind(path)

    assert page.redirect_chain == [(PAGE, 302)]
    assert token not in page.content.decode()
    assert token not in str(list(FirstDayLink.objects.values()))
    assert token not in str(dict(browser.session))
    assert token not in str(list(AuditEvent.objects.values()))


def test_the_link_is_useless_afterwards():
    path = printed()
    browser, _page = behind(path)
    set_up(browser)

    for again in (behind(path)[1], browser.get(PAGE)):
        assert again.status_code == 410
        assert "请各管理员用自己的密码链接" in again.content.decode()


def test_a_link_lives_for_a_day_and_until_the_next_one(machine_clock):
    first = printed()
    second = printed()
    assert behind(first)[1].status_code == 410
    browser, page = behind(second)
    assert page.status_code == 200
    sheet = Sheet(browser, PAGE)
    machine_clock(hours=24)

    assert behind(second)[1].status_code == 410
    late = browser.post(PAGE, sheet.values | TYPED)

    assert late.status_code == 422
    assert "请在服务器上重新生成" in late.content.decode()
    assert "何系统" in late.content.decode()
    assert not Jurisdiction.objects.exists()


def test_who_has_no_link_sees_and_does_nothing(client):
    assert client.get(PAGE).status_code == 410
    assert client.post(PAGE, TYPED).status_code == 422
    assert behind("/accounts/first-day/never-made/", client)[1].status_code == 410
    with pytest.raises(Refusal, match="已经给出过"):
        setting_up.slips(links.digest("never-made"))
    assert everything() == [0, 0, 0, 0]


def test_where_somebody_administers_the_command_refuses_unless_another_county_is_meant():
    factories.seated(Role.SYSTEM_ADMINISTRATOR, factories.JurisdictionFactory())

    with pytest.raises(CommandError, match="已经有管理员"):
        printed()

    answer = set_up(behind(printed(another_county=True))[0])
    assert len(on_slips(answer)) == 3


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name_zh", "", "请填写这一项"),
        ("code", "12", "12 位数字"),
        ("code", "990121100000", "请填写县级"),
        ("code", "990100000000", "请填写县级"),
        ("system_administrator-full_name", "", "请填写这一项"),
        ("audit_administrator-username", "罗审计", "账号只能用小写字母"),
        ("audit_administrator-username", "HE.system", "各用各的账号"),
        ("audit_administrator-full_name", "高 安全", "须由不同的人担任"),
        ("security_administrator-email", "no address", "有效的 Email"),
        ("security_administrator-email", "HE@example.cn", "请填写本人的"),
        ("security_administrator-username", "taken", "这个账号已有人使用"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_entered(field, typed, told):
    factories.PersonFactory(username="taken")
    browser, _page = behind(printed())
    before = everything()

    answer = set_up(browser, **{field: typed})

    assert answer.status_code == 422
    assert told in refused_at(answer, field)
    shown = answer.content.decode()
    assert all(f'value="{text}"' in shown for name, text in TYPED.items() if text and name != field)
    assert everything() == before
    assert len(on_slips(set_up(browser))) == 3


def test_several_faults_are_told_at_once():
    browser, _page = behind(printed())

    answer = set_up(
        browser,
        **{"code": "990100000000", "audit_administrator-full_name": "何系统"},
    )

    assert "请填写县级" in refused_at(answer, "code")
    assert "不同的人" in refused_at(answer, "audit_administrator-full_name")


def test_a_county_that_was_entered_before_is_taken_by_its_name_and_its_superior_is_found():
    city = factories.JurisdictionFactory(code="990100000000", level="prefecture", name_zh="示例市")
    county = factories.JurisdictionFactory(code=CODE, name_zh="青山县", parent=None)
    browser, _page = behind(printed())

    assert "已登记为“青山县”" in refused_at(set_up(browser, name_zh="绿水县"), "name_zh")
    other = set_up(browser, code="990122000000")
    assert "是同一个名称" in refused_at(other, "name_zh")
    assert len(on_slips(set_up(browser, code="990122000000", name_zh="绿水县"))) == 3

    assert Jurisdiction.objects.get(code="990122000000").parent == city
    assert county.people.count() == 0


@pytest.mark.parametrize("code", [CODE, "990100000000"])
def test_a_county_that_is_administered_is_not_set_up_again(code):
    level = "county" if code == CODE else "prefecture"
    area = factories.JurisdictionFactory(code=code, level=level)
    factories.seated(Role.SECURITY_ADMINISTRATOR, area)
    browser, _page = behind(printed(another_county=True))

    answer = set_up(browser, name_zh=area.name_zh)

    assert "已经有管理员" in refused_at(answer, "code")


def test_the_same_press_twice_sets_up_once_and_shows_the_slips_again():
    browser, _page = behind(printed())
    sent = Sheet(browser, PAGE).values | TYPED

    first = on_slips(browser.post(PAGE, sent))
    second = on_slips(browser.post(PAGE, sent))

    assert Jurisdiction.objects.filter(code=CODE).count() == 1
    assert first.keys() == second.keys()
    # Those of a lost answer are of no use to whoever finds them.
    assert behind(first["he.system"])[1].status_code == 410
    own, opened = behind(second["he.system"])
    own.post(opened.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    assert list(on_slips(browser.post(PAGE, sent))) == ["gao.security", "luo.audit"]


def test_the_same_press_a_day_later_shows_no_slips(machine_clock):
    browser, _page = behind(printed())
    sent = Sheet(browser, PAGE).values | TYPED
    browser.post(PAGE, sent)
    machine_clock(hours=24)

    late = browser.post(PAGE, sent)

    assert late.status_code == 410
    assert on_slips(late) == {}


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_once_one_sets_up_and_the_other_is_told():
    path = printed()
    browsers = [behind(path)[0] for _turn in range(2)]
    sheets = [Sheet(browser, PAGE).values for browser in browsers]
    gate = Barrier(2)

    def press(browser, values):
        gate.wait()
        try:
            return browser.post(PAGE, values | TYPED)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(press, browsers, sheets))

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    (told,) = (answer for answer in answers if answer.status_code == 422)
    assert "链接已使用" in told.content.decode()
    assert Person.objects.count() == 3


# The file of the slips


FILE = "/accounts/first-day/slips/file/"


def fetch(browser, *paths):
    return browser.post(FILE, {"path": paths})


def text_of(answer):
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def test_the_three_slips_are_had_as_a_pdf_by_the_browser_that_shows_them():
    browser, _page = behind(printed())
    shown = set_up(browser)
    assert f'action="{FILE}"' in shown.content.decode()
    paths = list(on_slips(shown).values())
    events, counts = AuditEvent.objects.count(), Person.objects.values_list("password_links")

    answer = fetch(browser, *paths)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    said = text_of(answer)
    for expected in ("何系统", "系统管理员", "he.system", "高安全", "罗审计", *paths):
        assert expected in said
    assert AuditEvent.objects.count() == events
    assert set(counts) == {(1,)}
    assert behind(paths[0])[1].status_code == 200


def test_another_browser_has_no_file_of_them():
    slips = on_slips(set_up(behind(printed())[0]))

    assert fetch(Client(), *slips.values()).status_code == 410


def test_there_is_no_file_before_the_county_is_set_up_nor_after_the_day(machine_clock):
    browser, _page = behind(printed())
    assert fetch(browser, "/accounts/set-password/x/y/").status_code == 410
    paths = on_slips(set_up(browser)).values()
    machine_clock(hours=24)

    assert fetch(browser, *paths).status_code == 410


def test_only_links_of_these_three_that_can_be_used_are_in_the_file():
    browser, _page = behind(printed())
    first, *others = on_slips(set_up(browser)).values()
    somebody = password_links.path_of(factories.PersonFactory())

    for paths in ((), ("/",), (somebody,), (*others, somebody)):
        assert fetch(browser, *paths).status_code == 410
    own, opened = behind(first)
    own.post(opened.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})
    refused = fetch(browser, first, *others)
    assert refused.status_code == 410
    assert "没有生成文件" in refused.content.decode()
    assert fetch(browser, *others).status_code == 200
