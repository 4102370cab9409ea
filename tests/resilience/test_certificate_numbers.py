"""Numbers of certificates under real threads, rollbacks, and a process that is killed amid one."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from designation.certificates import issuing, keys
from designation.certificates.models import Certificate, CertificateSeries, SigningKey
from designation.organizations.models import Person
from designation.register.models import Designation
from tests.course import County
from tests.sheets import fill_in
from tests.titles_given import Title
from tests.workflows.test_door import wait_for_a_waiter

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
PATIENCE = 60
HOLDING = """
import sys, django
django.setup()
from django.db import transaction
from designation.certificates import issuing
from designation.organizations.models import Person
from designation.register.models import Designation
title, person = (int(one) for one in sys.argv[1:])
with transaction.atomic():
    made = issuing.issue(Designation.objects.get(pk=title), actor=Person.objects.get(pk=person))
    print(made.number, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def county(reference_data, held_clock):
    return County()


def issued(title, person, gate=None, *, breaks_off=False):
    """What a thread of its own does; None where it breaks off behind the number."""
    try:
        if gate:
            gate.wait()
        with transaction.atomic():
            row = Designation.objects.get(pk=title)
            made = issuing.issue(row, actor=Person.objects.get(pk=person))
            if breaks_off:
                transaction.set_rollback(True)
        return None if breaks_off else made.number
    finally:
        connections.close_all()


def numbers():
    return sorted(Certificate.objects.values_list("number", flat=True))


def test_threads_that_issue_at_once_count_on_without_gap_or_double(county):
    titles = [Title(county).row.pk for _title in range(6)]
    officer, gate = county.deciding_officer.pk, threading.Barrier(6)

    with ThreadPoolExecutor(6) as pool:
        taken = [
            pool.submit(issued, title, officer, gate, breaks_off=place % 3 == 0)
            for place, title in enumerate(titles)
        ]
        told = [one.result() for one in taken]

    assert told.count(None) == 2
    assert sorted(filter(None, told)) == numbers() == [1, 2, 3, 4]
    assert CertificateSeries.objects.get().last == 4
    assert len({key.key_id for key in Certificate.objects.select_related("key")}) == 1


def test_who_found_a_key_unused_that_was_begun_meanwhile_signs_with_it(county, monkeypatch):
    first, second = Title(county).row.pk, Title(county).row.pk
    officer, known = county.deciding_officer.pk, keys._known
    has_looked, is_begun = threading.Event(), threading.Event()

    def looked_too_early(signer):
        found = known(signer)
        if not has_looked.is_set():
            has_looked.set()
            assert is_begun.wait(PATIENCE)
        return found

    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patch:
        patch.setattr(keys, "_known", looked_too_early)
        late = pool.submit(issued, second, officer)
        assert has_looked.wait(PATIENCE)
        issued(first, officer)
        is_begun.set()
        assert late.result(PATIENCE) == 2

    assert [key.until for key in SigningKey.objects.all()] == [None]


def test_one_title_is_issued_once_by_two_at_once(county):
    title, officer, gate = Title(county).row.pk, county.deciding_officer.pk, threading.Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        told = [pool.submit(issued, title, officer, gate) for _one in range(2)]
        refused = [one.exception() for one in told if one.exception()]

    assert numbers() == [1]
    assert [one.code for one in refused] == ["same_certificate"]


def test_a_title_that_is_revoked_while_its_certificate_is_asked_for_gets_none(county):
    title, officer = Title(county), county.deciding_officer

    def ask():
        try:
            client = Client()
            client.force_login(officer)
            address = reverse("certificates:issue", args=[title.row.pk])
            return fill_in(client, address, {"sure": "on"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            title.act("revoke")
            asked = pool.submit(ask)
            wait_for_a_waiter()
        answer = asked.result(PATIENCE)

    assert answer.status_code == 422
    assert "称号现为“已撤销”，不能发证" in answer.content.decode()
    assert numbers() == []


def test_of_the_titles_of_a_decision_one_that_is_revoked_meanwhile_gets_no_certificate(county):
    revoked, other = Title(county), Title(county)
    keys, officer = [revoked.row.pk, other.row.pk], county.deciding_officer

    def issue():
        try:
            return issuing.issue_first(keys, county.jurisdiction, actor=officer)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            revoked.act("revoke")
            asked = pool.submit(issue)
            wait_for_a_waiter()
        assert asked.result(PATIENCE) == 1

    assert [one.title_id for one in Certificate.objects.all()] == [other.row.pk]


def test_a_process_killed_while_it_holds_a_number_leaves_it_to_the_next(county):
    first, second = Title(county).row.pk, Title(county).row.pk
    officer = county.deciding_officer.pk
    found = settings.DATABASES["default"] | connection.settings_dict
    place = f"{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "designation.settings.test",
        "DATABASE_URL": f"postgres://{place}",
    }
    command = [sys.executable, "-c", HOLDING, str(first), str(officer)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holding:
        assert holding.stdout.readline().strip() == b"1"
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(issued, second, officer)
            wait_for_a_waiter()
            os.kill(holding.pid, signal.SIGKILL)
            assert waiting.result(PATIENCE) == 1

    assert [one.title_id for one in Certificate.objects.all()] == [second]
    assert issued(first, officer) == 2
