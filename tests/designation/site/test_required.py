"""A field that was left empty says what to do; Django's own sentence stands nowhere."""

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.utils import translation

from designation.organizations.models import Person
from designation.site import forms
from designation.site.reasons import ReasonField


class EveryKind(forms.Form):
    text = forms.CharField()
    count = forms.IntegerField()
    share = forms.DecimalField()
    day = forms.DateField()
    moment = forms.DateTimeField()
    mail = forms.EmailField()
    tick = forms.BooleanField()
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    file = forms.FileField()


TO_DO = {
    "tick": "请先勾选，再提交。",
    "one": "请选择一项。",
    "some": "请至少选择一项。",
    "file": "请选择文件。",
}


@pytest.mark.parametrize("name", EveryKind.base_fields)
def test_each_kind_of_field_says_what_to_do(name):
    assert EveryKind({}).errors[name] == [TO_DO.get(name, "请填写这一项。")]


class OfTheRecord(forms.Form):
    one = forms.ModelChoiceField(Person.objects.all())
    some = forms.ModelMultipleChoiceField(Person.objects.all())


@pytest.mark.parametrize("sent", ["4711", "x4711"])
@pytest.mark.parametrize("kind", [EveryKind, OfTheRecord])
def test_what_is_offered_no_more_is_told_without_its_key(db, kind, sent):
    errors = kind({"one": sent, "some": [sent]}).errors

    for name in ("one", "some"):
        (told,) = errors[name]
        assert "请按现在的选项重新选择" in told
        assert "4711" not in told


def test_forms_of_django_say_it_too(db):
    assert AuthenticationForm(data={}).errors["username"] == ["请填写这一项。"]


def test_it_is_said_in_english():
    with translation.override("en"):
        assert EveryKind({}).errors["text"] == ["Please fill this in."]


@pytest.mark.parametrize(
    ("name", "keyboard"), [("count", "numeric"), ("share", "decimal"), ("text", None)]
)
def test_a_figure_asks_a_phone_for_its_keyboard(name, keyboard):
    assert EveryKind()[name].field.widget.attrs.get("inputmode") == keyboard


def test_a_reason_that_is_too_short_says_how_much_is_asked_and_how_much_there_is():
    class Reasoned(forms.Form):
        reason = ReasonField()

    short = Reasoned({"reason": "不合格"}).errors["reason"]

    assert short == ["请写明情况，不少于 10 个字，现有 3 个字。"]
    with translation.override("en"):
        assert Reasoned({"reason": "short"}).errors["reason"] == [
            "Please say more: 10 characters at least, and there are 5."
        ]
