"""Papers of a list: brought by its department or the coordinator, read by whoever reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence import citing
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Role
from tests import factories
from tests.course import PDF
from tests.departments import department, sent
from tests.permissions.test_matrix import close_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def safety(county):
    made = department(county, "县应急管理局")
    county.at(Stage.RECOMMENDED)
    sent(county)
    return made


def bring(person, opinions, content=PDF, name="报告.pdf"):
    client = Client()
    client.force_login(person)
    address = reverse("opinions:papers", args=[opinions.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)} if name else {})


def reads(person, entry):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("library:file", args=[entry.pk]))
    if answer.streaming:
        close_file(answer)
    return answer.status_code == 200


def test_a_paper_is_read_by_the_department_and_the_coordinator_alone(county, safety):
    # Of the same organization, and an applicant's people.
    neighbour = factories.seated(Role.HEAD, safety.organization)
    assert bring(safety.clerk, safety.list).status_code == 302
    entry = LibraryEntry.objects.latest("pk")
    assert entry.organization is None
    for person in (safety.clerk, county.coordinator):
        assert reads(person, entry)
        client = Client()
        client.force_login(person)
        page = client.get(reverse("opinions:sheet", args=[safety.list.pk])).content.decode()
        assert reverse("library:file", args=[entry.pk]) in page
    for person in (neighbour, county.head, county.reviewer, county.deciding_officer):
        assert not reads(person, entry)
    assert AuditEvent.objects.filter(action="evidence.cite").latest("pk").actor == safety.clerk


def test_the_coordinator_brings_the_letter_as_it_came(county, safety):
    assert bring(county.coordinator, safety.list).status_code == 302
    assert reads(safety.clerk, LibraryEntry.objects.latest("pk"))


@pytest.mark.parametrize("who", ["clerk", "coordinator"])
@pytest.mark.parametrize(
    ("content", "name", "told"),
    [(b"#!/bin/sh", "a.sh", "不是允许的类型"), (b"", "", "请选择文件"), (b"", "a.pdf", "文件")],
)
def test_what_is_not_taken_is_told_at_its_field(county, safety, who, content, name, told):
    person = safety.clerk if who == "clerk" else county.coordinator
    before = LibraryEntry.objects.count()
    answer = bring(person, safety.list, content, name)
    assert answer.status_code == 422
    assert told in " ".join(answer.context["paper_form"].errors["file"])
    assert LibraryEntry.objects.count() == before


def test_nobody_else_brings_any(county, safety):
    for person in (county.head, county.reviewer, county.deciding_officer):
        assert bring(person, safety.list).status_code == 404


def test_while_a_name_of_the_list_goes_on_its_papers_are_in_force(county, safety):
    bring(safety.clerk, safety.list)
    entry = LibraryEntry.objects.latest("pk")
    assert citing.in_force(entry, county.coordinator) == ["征求意见单"]
    county.act("withdraw", safety.list.lines.get().application, county.head)
    assert citing.in_force(entry, county.coordinator) == []
