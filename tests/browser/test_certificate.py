"""A certificate from the office to a stranger, who checks it with what is published alone."""

import re
import subprocess
import sys

import pytest
from django.urls import reverse

from designation.organizations.models import Role
from tests import factories
from tests.designation.certificates.test_checking import attached
from tests.titles_given import Title

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def title(county):
    return Title(county)


def checked(folder, pdf):
    """What the published script says of the file, where nothing but it and the keys lies."""
    (folder / "certificate.pdf").write_bytes(pdf)
    command = [sys.executable, "-I", "check_certificate.py", "certificate.pdf", "keys.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def taken(visitor, press):
    with visitor.page.expect_download() as asked:
        press()
    return asked.value.path().read_bytes()


def test_a_stranger_checks_a_certificate_offline_and_a_tampered_one_is_refused(
    seat, live_server, title, tmp_path
):
    officer = Visitor(seat(title.county.deciding_officer), live_server.url)
    officer.go(reverse("titles:title", args=[title.row.pk]))
    officer.follow("发证或者换发")
    officer.press("发证")
    head = Visitor(
        seat(factories.seated(Role.HEAD, title.row.organization), width=390), live_server.url
    )
    head.go(reverse("titles:title", args=[title.row.pk]))
    head.page.locator("a[href*='/certificates/']").first.click()
    file = head.page.locator("a[href$='certificate.pdf']").first
    pdf = head.page.request.get(live_server.url + file.get_attribute("href")).body()

    stranger = Visitor(seat(None), live_server.url)
    stranger.go(f"/zh-hans/register/{title.row.number}/")
    stranger.page.locator("a[href*='/certificates/']").first.click()
    stranger.sees("证书和称号有效")
    stranger.keep_picture("certificate-checked")
    stranger.page.get_by_text("核对程序", exact=True).click()
    script = stranger.page.locator("details pre").first.inner_text()
    keys = stranger.page.get_by_role("link", name=re.compile("keys.json")).first
    published = stranger.page.request.get(live_server.url + keys.get_attribute("href")).body()
    (tmp_path / "check_certificate.py").write_text(script)
    (tmp_path / "keys.json").write_bytes(published)

    told = checked(tmp_path, pdf)
    assert told.returncode == 0, told.stderr
    assert title.row.organization.name_zh in told.stdout
    forged = attached(pdf, lambda said: said["content"].update(valid_until="2036-01-01"))
    assert checked(tmp_path, forged).returncode != 0
    assert officer.complaints + head.complaints + stranger.complaints == []


def test_the_list_of_plaques_is_saved_and_the_page_stays(seat, live_server, title):
    factories.certificate_design(
        title.county.jurisdiction, title.county.coordinator, makes_plaques=True
    )
    coordinator = Visitor(seat(title.county.coordinator), live_server.url)
    coordinator.go(reverse("certificates:decision", args=[title.row.decision_id]))
    button = coordinator.page.get_by_role("button", name=re.compile("^下载牌匾清单"))

    for _twice in range(2):
        assert taken(coordinator, button.click).startswith(b"PK")

    coordinator.keep_picture("certificates-of-a-decision")
    assert coordinator.complaints == []
