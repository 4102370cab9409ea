"""Who holds locks and does nothing is ended by the database; the person keeps what was typed."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from designation.administration import entering
from designation.audit import chain
from designation.organizations.models import Jurisdiction, Role
from tests import factories
from tests.sheets import Sheet, fill_in

ROOT = Path(__file__).parents[2]


def stand_idle():
    """Do nothing within a transaction until the database has had enough of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '20ms'")
    told, _writable, _broken = select.select([connection.connection.fileno()], [], [], 30)
    assert told, "the database said nothing"


@pytest.mark.django_db(transaction=True)
def test_an_act_that_stands_still_is_broken_off_and_nothing_typed_is_lost(monkeypatch):
    client = Client(headers={"origin": "http://testserver"})
    county = factories.JurisdictionFactory()
    client.force_login(factories.seated(Role.SYSTEM_ADMINISTRATOR, county))
    address = reverse("organizations:jurisdiction_add")
    typed = {"code": "341821090000", "name_zh": "新设乡"}
    record = entering._record

    def stalls(*args, **named):
        stand_idle()
        record(*args, **named)

    monkeypatch.setattr(entering, "_record", stalls)
    answer = fill_in(client, address, typed)

    assert answer.status_code == 503
    assert "已中止这一步，没有保存任何内容。请再发一次。" in answer.content.decode()
    assert not Jurisdiction.objects.filter(code="341821090000").exists()

    monkeypatch.undo()
    again = Sheet.of(answer)
    client.post(address, again.values)
    assert Jurisdiction.objects.filter(code="341821090000").exists()
    assert chain.verify().count == 1


def told_by(*parts):
    """What a process of the site prints that does these ``parts`` one after the other."""
    told = subprocess.run(
        [sys.executable, "-c", "".join(parts)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "designation.settings.development"},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()


def test_every_process_of_the_site_says_so_to_its_database():
    assert told_by(BEGUN, ASKED) == ["15s", "5s"]


def test_an_update_of_the_database_may_take_its_time_between_two_statements():
    assert told_by(BEGUN, UPDATING, ASKED) == ["0", "5s"]


BEGUN = """
import django
django.setup()
from django.db import connection
"""
UPDATING = """
from django.core.management.sql import emit_pre_migrate_signal
emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
"""
ASKED = """
for name in ("idle_in_transaction_session_timeout", "lock_timeout"):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        print(*cursor.fetchone())
"""
