"""Links for many: mailed to who has an address, printed as slips for those who have none."""

from datetime import timedelta
from io import BytesIO

import pytest
import segno
from django.test import Client
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from designation.accounts import password_links, reauthentication
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site import clock
from designation.site.templatetags.moments import moment
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/accounts/password-links/slips/"
NEW = "My-own-long-password-7"


@pytest.fixture
def area():
    return factories.JurisdictionFactory()


@pytest.fixture
def security(area):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, area, full_name="高安全")


def entered(area, **said):
    """Somebody whom a table brought in."""
    person = factories.PersonFactory(jurisdiction=area, **said)
    person.set_unusable_password()
    person.save()
    return person


def offered(client):
    root = html.fromstring(client.get(PAGE).content.decode())
    return {int(value) for value in root.xpath("//input[@name='person']/@value")}


def hand_out(client, maker, *people):
    client.force_login(maker)
    return client.post(PAGE, {"person": [person.pk for person in people]})


def on_slips(answer):
    """The paths on the slips, by account."""
    root = html.fromstring(answer.content.decode())
    return {
        slip.xpath("string(.//p[2]/b)"): slip.xpath("string(.//code)").removeprefix(
            "http://testserver"
        )
        for slip in root.xpath("//*[@class='slip']")
    }


def test_who_has_no_address_gets_a_slip_and_sets_a_password_with_it(client, area, security):
    clerk = entered(area, full_name="王办事", username="wang", email="")

    answer = hand_out(client, security, clerk)

    assert "王办事" in answer.content.decode()
    path = on_slips(answer)["wang"]
    own = Client()
    opened = own.get(path, follow=True)
    data = {"new_password1": NEW, "new_password2": NEW}
    assert own.post(opened.request["PATH_INFO"], data).status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    event = AuditEvent.objects.get(action="account.password_link")
    assert (event.actor, event.subject_id) == (security, str(clerk.pk))


def test_who_has_an_address_is_mailed_and_gets_no_slip(client, area, security):
    clerk = entered(area, full_name="李有信", email="li@example.cn")

    answer = hand_out(client, security, clerk)

    assert answer.status_code == 302
    shown = client.get(answer.url)
    assert "li@example.cn" in shown.content.decode()
    assert on_slips(shown) == {}


def test_a_slip_is_made_once(client, area, security):
    clerk = entered(area, email="")
    first = on_slips(hand_out(client, security, clerk))

    again = hand_out(client, security, clerk)

    assert again.status_code == 422
    assert "已经给过链接" in again.content.decode()
    (path,) = first.values()
    assert Client().get(path, follow=True).status_code == 200
    assert offered(client) == set()


def test_those_are_offered_who_wait_for_a_password_and_are_no_administrators(
    client, area, security
):
    waits = entered(area)
    factories.PersonFactory(jurisdiction=area)
    entered(area, is_active=False)
    entered(factories.JurisdictionFactory(code="350102000000", name_zh="他县"))
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR):
        factories.SeatFactory(person=entered(area), role=role, jurisdiction=area)
    client.force_login(security)

    assert offered(client) == {waits.pk}


def test_who_is_not_offered_is_given_nothing_whatever_is_sent(client, area, security):
    other = entered(factories.JurisdictionFactory(code="350102000000", name_zh="他县"))
    fellow = entered(area)
    factories.SeatFactory(person=fellow, role=Role.AUDIT_ADMINISTRATOR, jurisdiction=area)

    for people in ((other,), (fellow,), ()):
        assert hand_out(client, security, *people).status_code == 422
    assert client.post(PAGE, {"person": ["9" * 50, "x"]}).status_code == 422
    assert not Person.objects.filter(password_links__gt=0).exists()


def test_who_may_do_something_beyond_the_area_is_left_out_and_named(client, area, security):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    both, own = entered(area, full_name="双县人", email=""), entered(area, email="")
    factories.SeatFactory(person=both, role=Role.VERIFIER, jurisdiction=elsewhere)

    answer = hand_out(client, security, both, own)

    assert list(on_slips(answer)) == [own.username]
    assert "双县人" in answer.content.decode()
    assert "请由上级辖区的安全管理员生成" in answer.content.decode()
    both.refresh_from_db()
    assert both.password_links == 0


def test_the_way_there_is_the_security_administrators_alone(client, area, security):
    auditor = factories.seated(Role.AUDIT_ADMINISTRATOR, area)
    for person, status in ((security, 200), (auditor, 404)):
        client.force_login(person)
        shown = client.get(reverse("organizations:password_links")).content.decode()
        assert (PAGE in shown) == (status == 200)
        assert client.get(PAGE).status_code == status


def test_the_password_is_asked_again_and_who_was_ticked_is_kept(
    client, area, security, monkeypatch
):
    clerk = entered(area, email="")
    client.force_login(security)
    later = clock.system_now() + reauthentication.STAYS_FRESH
    monkeypatch.setattr(clock, "system_now", lambda: later)

    asked = client.post(PAGE, {"person": [clerk.pk]}).content.decode()

    assert "请再次输入密码" in asked
    assert f'name="person" value="{clerk.pk}"' in asked
    clerk.refresh_from_db()
    assert clerk.password_links == 0
    again = {"person": [clerk.pk], "password_again": factories.PASSWORD}
    assert list(on_slips(client.post(PAGE, again))) == [clerk.username]


# The code on a slip, and the file


def address_of(path):
    return f"http://testserver{path}"


def codes(answer):
    """What is drawn on each slip, by account."""
    root = html.fromstring(answer.content.decode())
    return {
        slip.xpath("string(.//p[2]/b)"): slip.xpath("string(.//*[@class='qrline']/@d)")
        for slip in root.xpath("//*[@class='slip']")
    }


def fetch(client, *paths):
    return client.post(reverse("organizations:slips_file"), {"path": paths})


def text_of(answer):
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    return len(pages), "".join(page.extract_text() for page in pages)


def test_a_slip_bears_its_address_as_a_code_that_is_drawn_here(client, area, security):
    answer = hand_out(client, security, entered(area, username="wang", email=""))

    path = on_slips(answer)["wang"]
    expected = segno.make(address_of(path), error="m", micro=False).svg_inline(border=4)
    assert codes(answer)["wang"] in expected
    assert "aria-label" in answer.content.decode().partition('class="slip-code"')[2][:60]
    assert "<img" not in answer.content.decode()


def test_the_slips_that_are_shown_are_had_as_a_pdf(client, area, security):
    home = factories.VillageFactory(name_zh="红旗村党支部")
    people = [
        entered(area, full_name=f"王办事{at}", username=f"wang{at}", email="") for at in range(3)
    ]
    Person.objects.filter(pk=people[0].pk).update(home_organization=home)
    paths = list(on_slips(hand_out(client, security, *people)).values())

    answer = fetch(client, *paths)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    pages, said = text_of(answer)
    assert pages == 1
    for person in people:
        assert person.full_name in said
        assert person.username in said
    assert "红旗村党支部" in said
    joined = "".join(said.split())
    assert [path for path in paths if address_of(path) not in joined] == []


def test_the_file_says_until_when_a_link_can_be_used_however_late_it_is_made(
    client, area, security, monkeypatch
):
    path = next(iter(on_slips(hand_out(client, security, entered(area, email=""))).values()))
    token = path.rstrip("/").rpartition("/")[2]
    ends = password_links.ends_at(token)
    assert abs((ends - clock.system_now()).total_seconds() - password_links.hours() * 3600) < 60

    later = clock.system_now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "system_now", lambda: later)
    assert "".join(moment(ends).split()) in "".join(text_of(fetch(client, path))[1].split())


def test_making_the_file_writes_nothing_and_ends_no_link(client, area, security):
    clerk = entered(area, email="")
    path = next(iter(on_slips(hand_out(client, security, clerk)).values()))
    before = AuditEvent.objects.count()

    assert [fetch(client, path).status_code for _twice in range(2)] == [200, 200]

    clerk.refresh_from_db()
    assert (AuditEvent.objects.count(), clerk.password_links) == (before, 1)
    assert Client().get(path, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["", "/", "/accounts/set-password/x/y/", "//elsewhere.example/"])
def test_what_is_no_link_is_refused_and_the_list_is_there_again(path, client, area, security):
    waits = entered(area)
    client.force_login(security)

    answer = fetch(client, path)

    assert answer.status_code == 422
    assert "没有生成文件" in answer.content.decode()
    assert waits.full_name in answer.content.decode()
    assert fetch(client).status_code == 422


def test_a_link_that_was_used_or_of_another_area_is_refused(client, area, security):
    elsewhere = factories.JurisdictionFactory(code="350102000000", name_zh="他县")
    strangers = password_links.path_of(entered(elsewhere))
    used = password_links.path_of(factories.PersonFactory(jurisdiction=area))
    person = Person.objects.get(jurisdiction=area, password_links=0, pk__gt=security.pk)
    Person.objects.filter(pk=person.pk).update(password_links=1)
    good = next(iter(on_slips(hand_out(client, security, entered(area, email=""))).values()))

    for path in (strangers, used):
        assert fetch(client, path).status_code == 422
        assert fetch(client, good, path).status_code == 422
    assert fetch(client, good).status_code == 200


def test_the_file_is_the_security_administrators_alone(client, area, security):
    path = next(iter(on_slips(hand_out(client, security, entered(area, email=""))).values()))
    for role in (Role.AUDIT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR, Role.PREPARER):
        place = factories.VillageFactory() if role.is_held_in_an_organization else area
        client.force_login(factories.seated(role, place))
        assert fetch(client, path).status_code == 404
    assert fetch(Client(), path).status_code == 401
