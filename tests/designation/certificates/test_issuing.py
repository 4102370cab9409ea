"""Issuing: by whom, on which titles, what is told and kept; and the pages that do it."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.certificates import issuing, printing
from designation.certificates.models import Certificate, CertificateSeries
from designation.organizations.models import Organization, Role
from designation.register import giving
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.sheets import Sheet, fill_in
from tests.titles_given import DAY, Title
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
    officer = as_(title.county.deciding_officer)
    shown = officer.get(page(title)).content.decode()
    assert f"称号现为“{title.row.Status(title.status).label}”，不能发证。" in shown
    assert "sure" not in shown
    assert (
        page(title)
        not in officer.get(reverse("titles:title", args=[title.row.pk])).content.decode()
    )
    answer = officer.post(page(title), {"sure": "on"})
    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_a_title_that_is_over_is_offered_no_certificate(title, held_clock):
    issue(title)
    held_clock.move(701 * DAY)

    shown = as_(title.county.deciding_officer).get(page(title)).content.decode()

    assert "称号现为“已到期”，不能发证。" in shown
    assert "换发证书" not in shown


def test_one_that_would_state_the_same_is_not_issued_and_a_renewed_title_gets_another(title):
    first = issue(title)
    assert code_of(lambda: issue(title)) == "same_certificate"

    title.act("renew")
    second = issue(title)

    assert second.supersedes == first
    assert second.content["valid_until"] == title.standing.until.isoformat()
    assert issuing.latest(title.row) == second


def test_of_a_site_that_moved_a_certificate_is_replaced_for_its_code_leads_nowhere(title, settings):
    first = issue(title)
    settings.SITE_ADDRESS = "https://moved.example.cn"

    second = issue(title)

    assert second.supersedes == first
    assert second.content["address"] == f"https://moved.example.cn{second.check_page}"
    assert code_of(lambda: issue(title)) == "same_certificate"


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


NO_FONT = "\U0003f000"


def given_as(county, **said):
    """A title whose name or decision is as it was said, taken over from an old register."""
    on = clock.today() - 30 * DAY
    decision = giving.record_decision(
        document_number=said.get("decision_number", "青发〔2026〕80号"),
        decided_on=on,
        deciding_body=said.get("deciding_body", "中共青山县委"),
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    village = county.beside().village
    Organization.objects.filter(pk=village.pk).update(
        name_zh=said.get("organization", village.name_zh)
    )
    return giving.give(
        Organization.objects.get(pk=village.pk),
        category="NC",
        decision=decision,
        until=on + 700 * DAY,
        actor=county.deciding_officer,
        name_as_given=said.get("organization_as_named", ""),
        is_imported=True,
    )


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("organization", "“单位”"),
        ("organization_as_named", "“命名时名称”"),
        ("deciding_body", "“审定机关”"),
        ("decision_number", "“发文字号”"),
    ],
)
def test_what_no_font_holds_is_told_by_field_and_sign_and_no_number_is_taken(
    county, held_clock, field, told
):
    title = given_as(county, **{field: f"{NO_FONT}村党支部"})
    by = {"actor": county.deciding_officer}

    answer = fill_in(
        as_(county.deciding_officer), reverse("certificates:issue", args=[title.pk]), {}
    )

    assert answer.status_code == 422
    (said,) = answer.context["form"].non_field_errors()
    assert said.startswith(f"{told}中的“{NO_FONT}”（U+3F000）没有字体可以印")
    assert "加装字体" in said
    assert issuing.issue_first([title.pk], county.jurisdiction, **by) == 0
    assert not Certificate.objects.exists()
    assert not CertificateSeries.objects.exists()


def test_a_heading_saved_before_that_no_font_holds_is_told_with_whom_to_ask(title):
    area, coordinator = title.county.jurisdiction, title.county.coordinator
    factories.certificate_design(area, coordinator, heading=f"示范点{NO_FONT}证书")

    with pytest.raises(Refusal) as refused:
        issue(title)

    assert refused.value.code == "not_printed"
    assert "“证书名称”" in str(refused.value)
    assert "请县级经办人在证书样式里改用别的字" in str(refused.value)


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
