"""Every form of the site takes its text by the fields of the one place."""

import importlib
import pkgutil

import pytest
from django import forms as django_forms
from django.contrib.auth.forms import UsernameField

import demo
import designation
import notifications
import standards
import workflows
from designation.site import forms
from tests.hostile import HOSTILE

_PLAIN = (
    django_forms.CharField,
    django_forms.IntegerField,
    django_forms.DateField,
    django_forms.DateTimeField,
)
_OURS = (
    forms.CharField,
    forms.EmailField,
    forms.IntegerField,
    forms.DecimalField,
    forms.DateField,
    forms.DateTimeField,
)


def _load_everything():
    for package in (designation, workflows, notifications, demo, standards):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and ".settings" not in module.name:
                try:
                    importlib.import_module(module.name)
                except RuntimeError:
                    assert module.name.startswith("demo.")  # installed in the demo only


def _form_classes(of=django_forms.BaseForm):
    for found in of.__subclasses__():
        yield found
        yield from _form_classes(found)


def _let_past(form_class):
    for name, field in form_class.base_fields.items():
        of_text = isinstance(field, _PLAIN) and not isinstance(field, _OURS)
        if of_text and not isinstance(field.widget, django_forms.PasswordInput):
            yield f"{form_class.__module__}.{form_class.__qualname__}.{name}"


def test_no_form_of_ours_has_a_field_that_lets_text_past():
    _load_everything()
    ours = {
        form_class
        for form_class in _form_classes()
        if form_class.__module__.split(".")[0] in {"designation", "workflows", "notifications"}
    }
    assert len(ours) > 20
    assert [place for form_class in ours for place in _let_past(form_class)] == []


def test_a_new_plain_field_would_be_found():
    class Forgotten(django_forms.Form):
        name = django_forms.CharField()
        day = django_forms.DateField()
        secret = django_forms.CharField(widget=django_forms.PasswordInput)

    assert [place.rpartition(".")[2] for place in _let_past(Forgotten)] == ["name", "day"]
    assert not issubclass(UsernameField, forms.CharField)


class Sample(forms.Form):
    one_line = forms.CharField(required=False)
    several = forms.CharField(required=False, widget=forms.Textarea)
    secret = forms.CharField(required=False, widget=forms.PasswordInput, strip=False)
    short = forms.CharField(required=False, max_length=5, widget=forms.Textarea)
    count = forms.IntegerField(required=False)
    share = forms.DecimalField(required=False)
    mail = forms.EmailField(required=False, max_length=30)
    day = forms.DateField(required=False)
    moment = forms.DateTimeField(required=False)


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda sample: sample.name)
def test_a_field_keeps_what_the_table_says(sample):
    form = Sample({"one_line": sample.typed, "several": sample.typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["one_line"] == sample.line
    assert form.cleaned_data["several"] == sample.kept


def test_a_required_field_is_not_filled_by_what_nobody_sees():
    class Required(forms.Form):
        name = forms.CharField()

    assert Required({"name": "\u200b\u3164\u202e"}).errors["name"]


def test_a_password_is_left_alone():
    form = Sample({"secret": " a\u200bb\n"})
    assert form.is_valid()
    assert form.cleaned_data["secret"] == " a\u200bb\n"


def test_a_line_break_counts_one_and_the_excess_is_told():
    assert Sample({"short": "一\r\n二\r\n三"}).is_valid()
    told = Sample({"short": "一\r\n二\r\n三四五"}).errors["short"]
    assert told == ["最多 5 字，现有 7 字，多了 2 字，请删减。"]


def test_the_browser_counts_and_cuts_nothing():
    shown = str(Sample()["short"])
    assert 'data-longest="5"' in shown
    assert "maxlength" not in shown


@pytest.mark.parametrize("typed", ["９２", " 92 ", "92\u200b"])
def test_figures_are_read_in_full_width(typed):
    form = Sample({"count": typed, "share": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["count"] == form.cleaned_data["share"] == 92


@pytest.mark.parametrize("typed", ["9" * 5000, "1e999999", "NaN", "Infinity", "-", "九"])
def test_what_is_no_figure_is_told(typed):
    form = Sample({"count": typed})
    assert form.errors["count"]


def test_an_address_is_read_in_full_width():
    form = Sample({"mail": "ｌｉ＠example.com"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["mail"] == "li@example.com"


def test_a_day_that_is_refused_stays_on_the_page():
    form = Sample({"day": "三月二日", "moment": "明天"})
    assert not form.is_valid()
    assert "例如 2026年3月2日" in form.errors["day"][0]
    assert 'type="text"' in str(form["day"])
    assert 'value="三月二日"' in str(form["day"])
    assert 'value="明天"' in str(form["moment"])


def test_a_day_that_was_read_is_shown_by_the_browser_own_input():
    form = Sample({"day": "2026-03-02", "moment": "2026-03-02T17:30"})
    assert 'type="date"' in str(form["day"])
    assert 'type="datetime-local"' in str(form["moment"])
    assert Sample({"day": "", "moment": ""}).is_valid()
