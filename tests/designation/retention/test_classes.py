"""The table of periods: every model has its class, and what ends by itself says how."""

from collections import Counter

import pytest
from django.apps import apps
from django.urls import reverse

from designation.organizations.models import Role
from designation.retention import classes, ends
from designation.retention.classes import CLASSES, End
from tests import factories

# Of the demo, which keeps nothing of a county.
LEFT_OUT = {"demo"}


def test_every_model_is_in_one_class():
    listed = Counter(label for one in CLASSES for label in one.models)
    held = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_label not in LEFT_OUT
    }

    assert held - listed.keys() == set(), "in no class: say how long it is kept"
    assert listed.keys() - held == set(), "no model any more"
    assert [label for label, times in listed.items() if times > 1] == []


def test_what_is_announced_before_it_goes_says_how_it_goes_and_nothing_else_does():
    assert {one.code for one in classes.announced()} == set(ends.known())


def test_every_class_names_its_source():
    assert all(str(one.source) and str(one.period) and str(one.counted_from) for one in CLASSES)


def test_the_register_the_log_and_the_course_never_go():
    assert {classes.of(code).end for code in ("register", "log", "course")} == {End.NEVER}


@pytest.mark.django_db
def test_everybody_who_signs_in_reads_how_long_what_they_enter_is_kept(client, county):
    client.force_login(factories.seated(Role.PREPARER, county.village))

    page = client.get(reverse("retention:classes")).content.decode()

    assert "佐证材料等上传的文件" in page
    assert "国家档案局令第 8 号" in page
