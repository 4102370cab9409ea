"""Fields written straight away are those of the template, and only where it has nothing to add."""

import re

import pytest
from django.template import Context, Engine
from django.template.loader import get_template

from designation.site import forms, plain_fields
from designation.site.shown import Told
from designation.site.templatetags.asked import field as put


class Every(forms.Form):
    of = "X3-"

    name = forms.CharField(label="名称 <b>")
    said = forms.CharField(
        label="说明", required=False, widget=forms.Textarea, help_text="可不填 &"
    )
    count = forms.IntegerField(label="人数", initial=0)
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")])
    way = forms.ChoiceField(
        label="方式",
        choices=[("a", "甲"), ("b", "乙")],
        widget=forms.RadioSelect,
        help_text="选一项",
    )
    months = forms.MultipleChoiceField(
        label="月份", choices=[(1, "一月")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label="已核对")
    file = forms.FileField(label="文件", required=False)


def by_the_template(bound):
    return get_template("parts/field.html").render({"field": bound})


def without_spaces(html):
    return re.sub(r"\s+(?=<|$)|(?<=>)\s+|(?<=<fieldset)\s+", "", html)


@pytest.mark.parametrize("name", Every.base_fields)
@pytest.mark.parametrize("initial", [{}, {"name": "甲", "said": "乙\n丙", "count": 3, "way": "b"}])
def test_a_field_written_straight_away_is_the_field_of_the_template(name, initial):
    bound = Every(initial=initial)[name]

    straight = plain_fields.written(bound)

    assert without_spaces(straight) == without_spaces(by_the_template(bound))


def refused():
    return Every({"name": ""})["name"]


def changed_meanwhile():
    form = Every()
    form.conflicts = {"name": Told("name", "别人填的", "李", None, "")}
    return form["name"]


def asked_about():
    form = Every()
    form.questions = {"name": [object()]}
    return form["name"]


def with_a_sign_that_no_font_has():
    return Every(initial={"name": "\U000f0000"})["name"]


@pytest.mark.parametrize(
    "arranged", [refused, changed_meanwhile, asked_about, with_a_sign_that_no_font_has]
)
def test_what_has_more_to_say_is_left_to_the_template(arranged):
    assert plain_fields.written(arranged()) is None


@pytest.mark.parametrize("arranged", [refused, with_a_sign_that_no_font_has])
def test_the_tag_shows_what_the_template_has_to_say(arranged):
    bound = arranged()
    context = Context()
    with context.bind_template(Engine.get_default().from_string("")):
        assert put(context, bound) == by_the_template(bound)
