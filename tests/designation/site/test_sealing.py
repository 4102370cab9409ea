"""Sealed values bear the id of their key: the key can change, and nothing gets lost by it."""

import base64
import hashlib
import json
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command

from designation.applications.models import Stage
from designation.site import sealing
from workflows.stages.objections import objections
from workflows.stages.objections.models import ObjectorIdentity

WHO = {"name": "赵六", "contact": "0563-1111111"}
OLD, NEW = "the key of last year", "the key of this year"


@pytest.fixture(autouse=True)
def last_year(settings):
    settings.FIELD_KEY, settings.FORMER_FIELD_KEYS = OLD, []


def key_changes(settings, *former):
    settings.FIELD_KEY, settings.FORMER_FIELD_KEYS = NEW, list(former)


def sealed_before_keys_had_ids():
    key = base64.urlsafe_b64encode(hashlib.sha256(OLD.encode()).digest())
    return Fernet(key).encrypt(json.dumps(WHO, ensure_ascii=False).encode())


def test_a_sealed_value_names_its_key_and_not_what_it_holds():
    sealed = sealing.seal(WHO)

    assert sealed.startswith(sealing.key_id(OLD) + b":")
    assert OLD.encode() not in sealed
    assert "赵六".encode() not in sealed
    assert sealing.key_id(OLD) != sealing.key_id(NEW)


@pytest.mark.parametrize("make", [lambda: sealing.seal(WHO), sealed_before_keys_had_ids])
def test_a_former_key_still_opens_what_it_sealed(make, settings):
    sealed = make()
    assert sealing.unseal(sealed) == WHO

    key_changes(settings, "another former key", OLD)
    assert sealing.unseal(sealed) == WHO
    assert sealing.seal(WHO).startswith(sealing.key_id(NEW) + b":")

    key_changes(settings)
    with pytest.raises(InvalidToken):
        sealing.unseal(sealed)


@pytest.mark.parametrize("make", [lambda: sealing.seal(WHO), sealed_before_keys_had_ids])
def test_sealed_anew_the_former_key_is_not_needed_any_more(make, settings):
    sealed = make()
    key_changes(settings, OLD)

    anew = sealing.resealed(sealed)

    assert sealing.is_under_present_key(anew)
    assert sealing.resealed(anew) == anew
    key_changes(settings)
    assert sealing.unseal(anew) == WHO


def test_what_was_sealed_under_the_present_key_before_ids_gets_its_id():
    anew = sealing.resealed(sealed_before_keys_had_ids())

    assert sealing.is_under_present_key(anew)
    assert sealing.unseal(anew) == WHO


@pytest.mark.django_db
def test_the_command_brings_every_identity_under_the_present_key(county, settings):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = [objections.raise_objection(entry, facts=f"反映{n}", identity=WHO) for n in range(3)]
    ObjectorIdentity.objects.filter(objection=raised[0]).update(sealed=sealed_before_keys_had_ids())
    key_changes(settings, OLD)
    objections.raise_objection(entry, facts="换钥后", identity=WHO)

    told = StringIO()
    call_command("reseal", stdout=told)
    assert "3 sealed anew, 1 under the present key already" in told.getvalue()
    again = StringIO()
    call_command("reseal", stdout=again)
    assert "0 sealed anew, 4 under the present key already" in again.getvalue()

    key_changes(settings)
    for objection in raised:
        assert objections.identity(objection, actor=county.objection_officer) == WHO


@pytest.mark.django_db
def test_the_command_says_how_many_stay_shut_and_leaves_them(county, settings):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="反映", identity=WHO)
    key_changes(settings)

    with pytest.raises(CommandError, match="1 were sealed under a key"):
        call_command("reseal", stdout=StringIO())

    key_changes(settings, OLD)
    assert objections.identity(raised, actor=county.objection_officer) == WHO
