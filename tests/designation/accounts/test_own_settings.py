"""A person's own settings, kept without a form."""

import pytest

from designation.accounts import own_settings
from designation.audit.models import AuditEvent
from designation.site.refusal import Refusal
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def refused(person, values, **named):
    with pytest.raises(Refusal) as why:
        own_settings.keep(person, values, actor=person, **named)
    assert not AuditEvent.objects.exists()
    return {(finding.field, finding.code) for finding in why.value.findings}


def test_what_is_changed_is_kept_and_the_log_names_it_alone():
    person = PersonFactory()

    own_settings.keep(person, {"email": "a@b.cn", "language": "zh-hans"}, actor=person)

    person.refresh_from_db()
    assert person.email == "a@b.cn"
    assert AuditEvent.objects.get().details == {"changed": ["email"]}


def test_what_changes_nothing_writes_nothing():
    person = PersonFactory()

    own_settings.keep(person, {"language": "zh-hans"}, actor=person)

    assert not AuditEvent.objects.exists()


def test_what_cannot_be_is_refused_at_its_value():
    person = PersonFactory()

    assert refused(person, {"email": "no"}) == {("email", "not_taken")}
    assert refused(person, {"language": "fr"}) == {("language", "not_taken")}
    assert refused(person, {"username": "other"}) == {("username", "not_filled_here")}


def test_what_the_administrator_changed_since_is_refused():
    person = PersonFactory(email="new@b.cn")

    found = refused(person, {"email": "a@b.cn"}, before={"email": ""})
    assert found == {("email", "changed_meanwhile")}


def test_they_are_the_persons_own():
    with pytest.raises(Refusal, match="只能由本人修改"):
        own_settings.keep(PersonFactory(), {"large_type": True}, actor=PersonFactory())
