"""Who wrote which field: one's own saves fold, another's value is kept, nothing is rewritten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from designation.applications import answers, authorship
from designation.applications.authorship import Authorship, Sheet
from designation.applications.models import Answer, FormerValue
from designation.site import shown
from designation.site.shown import Seen

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)


def sheet(values=None, written=None, **more):
    return Sheet(values or {}, {} if written is None else written, more.pop("known", None), **more)


def test_a_row_older_than_its_authors_is_known_by_who_saved_it():
    known = Authorship(7, AT, AT)
    before = sheet({"note": "旧", "conclusion": ""}, known=known)

    assert before.author("note") == known
    assert before.author("conclusion") is None


def test_what_is_kept_of_an_author_comes_back_as_it_was():
    author = Authorship(7, AT, LATER, 3)

    assert Authorship.read(author.stored()) == author


@pytest.mark.django_db
class TestAnswers:
    @pytest.fixture
    def draft(self, county):
        return county.start()

    @pytest.fixture
    def item(self, draft):
        return draft.standard.items.get(code="NC-13")

    @pytest.fixture
    def save(self, draft, item):
        def one(actor, seen=None, **sent):
            values = sent.pop("values", {})
            return answers.save_item(draft, item, values=values, actor=actor, seen=seen, **sent)

        return one

    def test_a_value_that_was_not_sent_stays(self, save, county):
        save(county.preparer, values={"NC-13-C2": 300}, note="有台账")
        save(county.preparer, conclusion="met")

        kept = Answer.objects.get()
        assert (kept.values, kept.note, kept.conclusion) == ({"NC-13-C2": 300}, "有台账", "met")

    def test_an_emptied_value_is_gone_from_the_answer_and_kept_as_former(self, save, county):
        save(county.preparer, values={"NC-13-C2": 300})
        seen = Seen(shown.digests({"NC-13-C2": 300}))
        save(county.head, seen, values={"NC-13-C2": None})

        assert Answer.objects.get().values == {}
        assert FormerValue.objects.get().value == 300

    def test_anothers_value_that_was_not_seen_stands(self, save, county):
        save(county.preparer, note="填报人写的")
        saved = save(county.head, note="负责人写的")

        assert saved.conflicts == {"note": "填报人写的"}
        assert Answer.objects.get().note == "填报人写的"

    def test_a_server_whose_clock_is_behind_loses_no_save(self, save, county, held_clock):
        save(county.preparer, note="一")
        held_clock.move(timedelta(seconds=-1))
        save(county.preparer, note="一二")

        saved = save(county.head, note="另写", seen=Seen({"note": shown.digest("一二")}))

        kept = FormerValue.objects.get()
        assert saved.answer.note == "另写"
        assert kept.value == "一二"
        assert kept.first_at == kept.last_at == kept.replaced_at

    def test_each_field_has_its_own_author(self, save, county, held_clock):
        save(county.preparer, note="填报人写的")
        held_clock.move(timedelta(minutes=1))
        save(county.head, values={"NC-13-C2": 300})

        kept = answers.sheet(Answer.objects.get())
        assert kept.author("note").person_id == county.preparer.pk
        assert kept.author("NC-13-C2").person_id == county.head.pk
        assert kept.is_by("note", county.preparer)
        assert not kept.is_by("basis", county.preparer)

    def test_leafing_through_changes_no_author(self, save, county):
        save(county.preparer, note="填报人写的")
        before = Answer.objects.get().written
        seen = Seen(shown.digests({"note": "填报人写的"}))

        save(county.head, seen, note="填报人写的")

        assert Answer.objects.get().written == before

    def test_the_database_refuses_to_change_what_once_was_recorded(self, save, county):
        save(county.preparer, note="填报人写的")
        save(county.head, Seen(shown.digests({"note": "填报人写的"})), note="负责人写的")
        former = FormerValue.objects.get()

        former.value = "改写"
        with pytest.raises(IntegrityError), transaction.atomic():
            former.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            former.delete()

    def test_a_conflict_names_who_wrote_what_stands_and_when(self, save, county):
        save(county.preparer, note="填报人写的")
        saved = save(county.head, note="负责人写的")

        told = authorship.told(
            answers.sheet(saved.answer), saved.conflicts, lambda _name, value: value
        )["note"]

        assert (told.theirs, told.by) == ("填报人写的", county.preparer.full_name)
        assert told.at == saved.answer.saved_at
        assert told.digest == shown.digest("填报人写的")
