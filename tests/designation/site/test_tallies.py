"""A browser's count of what it was told is saved, held against what the record kept."""

import logging
from datetime import timedelta

import pytest
from django.urls import reverse

from designation.organizations.models import Role
from designation.site import tallies, tasks
from designation.site.models import SaveComparison, SaveTally
from designation.site.tallies import Tally
from tests import factories

pytestmark = pytest.mark.django_db
BROWSER = "0123456789abcdef01234567"


def save(sent, acknowledged, browser=BROWSER):
    tallies.count(Tally.read(f"{browser}:{sent}:{acknowledged}"))


def night(held_clock):
    held_clock.move(timedelta(days=1))
    return tallies.compare()


def test_what_was_acknowledged_is_there(held_clock):
    for told in range(3):
        save(told, told)

    (found,) = night(held_clock)
    assert (found.sent, found.acknowledged, found.kept, found.lost) == (2, 2, 3, 0)


def test_a_save_whose_answer_was_lost_is_no_loss(held_clock):
    save(0, 0)
    save(1, 0)
    save(2, 1)

    (found,) = night(held_clock)
    assert (found.kept, found.lost) == (3, 0)


def test_what_the_record_no_longer_has_is_named(held_clock, caplog):
    for told in range(5):
        save(told, told)
    # The database of two saves ago is put back.
    SaveTally.objects.update(sent=2, acknowledged=2, kept_then=2, kept=3)
    save(5, 5)

    with caplog.at_level(logging.INFO):
        (found,) = night(held_clock)
    assert (found.lost, found.browsers_with_loss) == (2, 1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "lost 2" in caplog.text


def test_figures_that_come_late_take_nothing_back(held_clock):
    save(0, 0)
    save(1, 1)
    save(0, 0)

    row = SaveTally.objects.get()
    assert (row.sent, row.acknowledged, row.kept_then, row.kept) == (1, 1, 1, 3)


def test_a_day_is_compared_once_when_it_is_over(held_clock):
    save(0, 0)

    assert tallies.compare() == []
    assert len(night(held_clock)) == 1
    assert tasks.compare_saves() == 0


def test_figures_are_forgotten_after_a_month_and_the_comparison_stays(held_clock):
    save(0, 0)
    night(held_clock)
    held_clock.move(tallies.KEPT)
    tallies.compare()

    assert not SaveTally.objects.exists()
    assert SaveComparison.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["", "x:1:1", f"{BROWSER}:1", f"{BROWSER}:-1:0", f"{BROWSER}:1:1:1"]
)
def test_what_is_not_ours_is_not_counted(text):
    tallies.count(Tally.read(text))

    assert not SaveTally.objects.exists()


def test_the_system_administrator_sees_the_figures(client, county, held_clock):
    administrator = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    client.force_login(administrator)
    assert "还没有核对过" in client.get(reverse("organizations:saves")).content.decode()

    save(0, 0)
    night(held_clock)
    SaveComparison.objects.update(lost=2, browsers_with_loss=1)
    content = client.get(reverse("organizations:saves")).content.decode()

    assert "2 次，涉及 1 个浏览器" in content
    assert str(SaveComparison.objects.get()) == "2026-03-02"
    assert BROWSER not in content
