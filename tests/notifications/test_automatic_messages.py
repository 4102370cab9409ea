"""Each automatic message is declared once, in its room; one page lists them all."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from designation.announcements import declared
from designation.announcements.declared import (
    LANGUAGES,
    Announcement,
    Unstored,
    announce,
    every_announcement,
    fields_in,
    store,
)
from designation.announcements.happened import Event, NotAsDeclared, tell
from designation.announcements.receivers import In, Over
from designation.organizations.models import Role
from designation.site import clock
from notifications import automatic, models
from tests.record.whole import Whole
from workflows.rechecks.flow import PASSAGES as RECHECKS
from workflows.stages.appeals.models import Appeal
from workflows.titles.flow import PASSAGES as TITLES

ROOT = Path(__file__).parents[2]


def texts(one, language):
    with translation.override(language):
        return [force_str(text) for text in (one.subject, *one.body)]


def test_the_document_is_what_the_rooms_declare():
    """After a change: ``manage.py automatic_messages > docs/messages.md``."""
    assert (ROOT / "docs/messages.md").read_text() == automatic.document()


def test_no_two_headings_of_the_document_are_alike():
    """An act of a notice and of the case listed in it may bear one name."""
    headings = [line for line in automatic.document().splitlines() if line.startswith("## ")]

    assert len(headings) == len({one.action for one in every_announcement()})
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("one", every_announcement(), ids=lambda one: one.action)
def test_a_message_says_the_same_in_both_languages_of_what_its_event_stores(one):
    chinese, english = (texts(one, language) for language in LANGUAGES)
    stored = declared.fields_of(one.action).said | {declared.WHAT}
    for said, other in zip(chinese, english, strict=True):
        assert fields_in(said) == fields_in(other) <= stored
        if re.search("[\u4e00-\u9fff]", said):
            assert said != other, "no English"


def test_a_field_has_its_words_on_the_list():
    for one in every_announcement():
        for name in {name for text in texts(one, "zh-hans") for name in fields_in(text)}:
            assert declared.field_word(name) != name


@pytest.fixture
def declares(monkeypatch):
    """Declarations of a test are gone after it."""
    monkeypatch.setattr(declared, "_FIELDS", dict(declared._FIELDS))
    monkeypatch.setattr(
        declared, "_ANNOUNCEMENTS", {k: list(v) for k, v in declared._ANNOUNCEMENTS.items()}
    )


@pytest.mark.parametrize(
    ("receivers", "subject", "page"),
    [
        (Over(Role.HEAD), _("%(colour)s"), ""),
        (In(Role.HEAD, "owner"), _("%(name)s"), ""),
        (Over(Role.HEAD), _("%(name)s"), "elsewhere"),
    ],
)
def test_a_message_that_speaks_of_what_is_not_stored_is_refused_when_it_is_declared(
    declares, receivers, subject, page
):
    store("thing.made", said=("name",), parties=("maker",))
    with pytest.raises(Unstored):
        announce(Announcement("thing.made", (receivers,), subject, page=page))


def test_a_message_about_what_nobody_declared_is_refused(declares):
    with pytest.raises(Unstored):
        announce(Announcement("thing.lost", (Over(Role.HEAD),), _("%(what)s")))


def test_a_message_declared_twice_is_sent_once(declares):
    one = Announcement("notice.end", (Over(Role.HEAD),), _("%(title)s"))
    announce(one)
    announce(one)
    assert declared.announcements_of("notice.end").count(one) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{}, {"title": "公示", "colour": "red"}])
def test_an_event_that_stores_something_else_than_declared_refuses_its_act(county, said):
    event = Event("notice.end", county.village, "341821000000", None, "system", said, clock.now())
    with pytest.raises(NotAsDeclared):
        tell(event)
    assert not models.Event.objects.exists()


@pytest.mark.django_db
def test_an_event_that_nobody_declared_refuses_its_act(county):
    event = Event("thing.lost", county.village, "341821000000", None, "system", {}, clock.now())
    with pytest.raises(NotAsDeclared):
        tell(event)


@pytest.mark.django_db
def test_a_whole_course_stores_with_each_event_what_was_declared(county, own, held_clock):
    Whole(county, own, held_clock, "en").walk()

    seen = set()
    for event in models.Event.objects.all():
        fields = declared.fields_of(event.action)
        assert (set(event.said), set(event.parties)) == (fields.said, fields.parties)
        seen.add(event.action)
    own_ones = {one.action for one in every_announcement() if not one.action.endswith("*")}
    walked_elsewhere = {
        "notice.send_back",
        "notice.propose_again",
        "application.ready",
        "application.type",
        "application.take_over",
        "application.end_reserve",
        "application.end_overdue",
        "visit.call_off",
        # tests/workflows/titles/test_course.py
        *(f"title.{one.act}" for one in TITLES.values()),
        # tests/workflows/bars/test_bars.py
        "application.end_barred",
        "bar.lift",
        # tests/workflows/rechecks
        "recheck.enter",
        *(f"recheck.{name}" for name in RECHECKS if name != "revoke"),
        *(f"self_report.{name}" for name in ("ask", "excuse", "ended", "changed")),
        # tests/workflows/titles/test_ending.py
        "title.ends_soon",
        # tests/designation/certificates/test_issuing.py
        "certificate.issue",
        # tests/workflows/stages/test_joined_reading.py
        "objection.join",
        # tests/workflows/stages/appeals
        "application.uphold_appeal",
        *(f"appeal.{status}" for status in Appeal.Status),
        "appeal.upheld_in_vain",
        # tests/designation/retention/test_looking.py
        "disposal.announce",
        # tests/workflows/desk/test_daily.py
        "jurisdiction.daily",
        # tests/designation/administration/test_unused.py
        "person.unused_soon",
        "person.unused_on",
        "jurisdiction.unused",
        # tests/designation/administration/test_rights_reviews.py
        "rights_review.open",
        "rights_review.remind",
        "rights_review.finish",
        # tests/notifications/test_undelivered.py
        "delivery.failed",
        # tests/designation/accounts/test_link_mailings.py
        "account.mail_links",
        # tests/workflows/stages/test_notice_held_up.py
        "notice.extend",
        "notice.restart",
        "application.extend_notice",
        "application.stop_notice",
        "application.publish_anew",
        # tests/workflows/test_reminding.py, test_reminders.py
        "application.remind",
        # tests/designation/administration/test_reorganizing.py
        "application.go_on",
        "organization.reorganize",
        "term.before",
        "term.on_the_day",
        "term.after",
        "term.to_superior",
    }
    kept_nowhere = {
        "account.password_link",
        "account.password_forgotten",
        "account.password_change",
    }
    assert own_ones - seen == walked_elsewhere | kept_nowhere


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("zh-hans", "自动消息一览", "您被安排参加对‹组织名称›的实地核查。"),
        ("en", "Automatic messages", "You are on the team of the on-site visit to"),
    ],
)
def test_everybody_signed_in_reads_the_list_in_their_language(
    client, county, language, title, words, django_assert_max_num_queries
):
    client.force_login(county.preparer)
    headers = {"accept-language": language}
    assert title in client.get(reverse("messages:list"), headers=headers).content.decode()

    with django_assert_max_num_queries(4):
        page = client.get(reverse("messages:automatic"), headers=headers).content.decode()

    assert title in page
    assert words in page
    for one in automatic.automatic_messages(language):
        assert one.trigger in page
        assert one.receivers in page
