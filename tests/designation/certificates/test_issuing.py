"""Issuing: by whom, on which titles, what is told and kept; and the pages that do it."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.certificates import issuing, printing
from designation.certificates.models import Certificate
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.sheets import Sheet, fill_in
from tests.titles_given import Title
from tests.workflows.test_two_counties import Neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(county, held_clock):
    return Title(county)


@pytest.fixture
def head(title):
    return factories.seated(Role.HEAD, title.row.organization)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def issue(title, **by):
    return issuing.issue(title.row, actor=by.get("actor", title.county.deciding_officer))


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def page(title):
    return reverse("certificates:issue", args=[title.row.pk])


def test_the_deciding_officer_issues_by_the_page_and_the_unit_is_told(title, head):
    answer = fill_in(as_(title.county.deciding_officer), page(title), {})

    assert answer.url == reverse("titles:title", args=[title.row.pk])
    certificate = Certificate.objects.get()
    assert certificate.content["organization"] == title.row.organization.name_zh
    assert certificate.content["text"] == (
        f"经审定，命名{title.row.organization.name_zh}为农村示范点。特发此证。"
    )
    assert certificate.role == Role.DECIDING_OFFICER
    delivery.deliver_waiting()
    (message,) = Message.objects.filter(person=head)
    assert "证书已发，编号〔2026〕第1号" in message.subject
    logged = AuditEvent.objects.get(action="certificate.issue")
    assert (logged.actor_role, logged.details["certificate"]) == (
        Role.DECIDING_OFFICER,
        "〔2026〕第1号",
    )


def test_the_same_press_twice_issues_one(title):
    sheet = Sheet(as_(title.county.deciding_officer), page(title))

    answers = [sheet.send() for _press in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert Certificate.objects.count() == 1


def test_nobody_else_issues_and_no_other_county(title, head):
    neighbour = Neighbour()
    for person in (title.county.coordinator, head, neighbour.deciding_officer):
        assert code_of(lambda: issue(title, actor=person)) == "not_permitted"  # noqa: B023
        assert as_(person).get(page(title)).status_code == 404
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("act", ["warn", "order"])
def test_a_title_that_is_warned_or_under_order_is_in_force_and_gets_one(title, act):
    title.act(act)

    assert issue(title).number == 1


@pytest.mark.parametrize("act", ["revoke", "cancel"])
def test_a_title_that_was_ended_gets_none_until_it_is_restored(title, act):
    title.act(act)

    assert code_of(lambda: issue(title)) == "not_in_force"
    answer = fill_in(as_(title.county.deciding_officer), page(title))
    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_one_that_would_state_the_same_is_not_issued_and_a_renewed_title_gets_another(title):
    first = issue(title)
    assert code_of(lambda: issue(title)) == "same_certificate"

    title.act("renew")
    second = issue(title)

    assert second.supersedes == first
    assert second.content["valid_until"] == title.standing.until.isoformat()
    assert issuing.latest(title.row) == second


def test_a_title_given_under_another_name_says_both(title):
    organization = title.row.organization
    organization.name_zh, organization.name_en = "新村党支部", "New Village Branch"
    organization.save()

    stated = issue(title).content

    assert (stated["organization"], stated["organization_as_named"]) == (
        "新村党支部",
        title.row.name_zh,
    )


def test_who_stands_in_is_written_beside_whom_they_stand_in_for(title, county):
    certificate = issue(title)

    assert (certificate.issued_by, certificate.acted_for) == (county.deciding_officer, None)


# The file


def file_page(certificate):
    return reverse("certificates:file", args=certificate.place)


def test_the_unit_and_the_county_fetch_the_file_and_nobody_else(title, head):
    certificate = issue(title)
    neighbour = Neighbour()

    for person in (head, title.county.coordinator, title.county.deciding_officer):
        answer = as_(person).get(file_page(certificate))
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Disposition"].endswith(".pdf")
    for person in (title.county.reviewer, neighbour.coordinator, neighbour.head):
        assert as_(person).get(file_page(certificate)).status_code == 404
    assert Client().get(file_page(certificate)).status_code == 302


def test_the_page_of_the_title_leads_to_certificate_and_office(title, head):
    certificate = issue(title)
    own = reverse("titles:title", args=[title.row.pk])
    check = reverse("certificates:check", args=certificate.place)

    to_the_unit = as_(head).get(own).content.decode()
    to_the_officer = as_(title.county.deciding_officer).get(own).content.decode()

    assert check in to_the_unit
    assert page(title) not in to_the_unit
    assert {check, page(title)} <= {one for one in (check, page(title)) if one in to_the_officer}
    shown = as_(head).get(check).content.decode()
    assert file_page(certificate) in shown


def test_the_certificate_is_one_sheet_whatever_is_written_on_it(title):
    certificate = issue(title)
    long = "青山县" + "很长的单位名称" * 16
    certificate.content = certificate.content | {
        "organization": long,
        "organization_as_named": long,
        "replaces": "〔2026〕第123456号",
        "text": f"经审定，命名{long}为非公经济组织和社会组织示范点。特发此证。" + "另" * 160,
        "text_en": "word " * 80,
        "heading_en": "Certificate",
        "deciding_body": "中共青山县委" * 10,
        "decision_number": "青发〔2026〕8号" * 8,
    }

    file = printing.certificate_pdf(certificate)

    assert len(pypdfium2.PdfDocument(io.BytesIO(file))) == 1


def test_a_name_that_no_font_holds_is_told_and_left_out_where_many_are_issued(title):
    title.row.organization.name_zh = "\U0003f000村党支部"
    title.row.organization.save()

    assert code_of(lambda: issue(title)) == "not_printed"
    by = {"actor": title.county.deciding_officer}
    assert issuing.issue_first([title.row.pk], title.county.jurisdiction, **by) == 0
    assert not Certificate.objects.exists()


def test_a_deputy_issues_for_whom_they_stand_in_and_both_names_are_on_record(title):
    officer = title.county.deciding_officer
    deputy = factories.deputy_in(officer.seats.get())

    answer = fill_in(as_(deputy), page(title), {})

    assert answer.status_code == 302
    certificate = Certificate.objects.get()
    assert (certificate.issued_by, certificate.acted_for) == (deputy, officer)
    assert certificate.role == Role.DECIDING_OFFICER
    logged = AuditEvent.objects.get(action="certificate.issue")
    assert (logged.actor, logged.details["acted_for"]) == (deputy, str(officer))


def test_a_deputy_of_the_coordinator_issues_none(title):
    deputy = factories.deputy_in(title.county.coordinator.seats.get())

    assert code_of(lambda: issue(title, actor=deputy)) == "not_permitted"
    assert not Certificate.objects.exists()


def test_nobody_issues_the_certificate_of_their_own_organization(title):
    officer, county = title.county.deciding_officer, title.county.jurisdiction
    officer.home_organization = title.row.organization
    officer.save()
    other = factories.seated(Role.DECIDING_OFFICER, county)
    deputy = factories.deputy_in(officer.seats.get())

    for one in (officer, deputy):
        assert code_of(lambda one=one: issue(title, actor=one)) == "own_organization"
        assert issuing.issue_first([title.row.pk], county, actor=one) == 0
        answer = fill_in(as_(one), page(title), {})
        assert "请由其他审定人办理" in answer.content.decode()
    assert not Certificate.objects.exists()
    address = reverse("titles:title", args=[title.row.pk])
    assert page(title) not in as_(officer).get(address).content.decode()
    assert page(title) in as_(other).get(address).content.decode()
    assert issue(title, actor=other)
