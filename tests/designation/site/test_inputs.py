"""Inputs written straight away are what Django's templates would have written."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from designation.site import inputs
from designation.site.inputs import InputRenderer

THEIRS, OURS = DjangoTemplates(), InputRenderer()
CHOICES = [
    ("yes", gettext_lazy("是")),
    (1, "<b>&'\""),
    ("组", [(2, mark_safe("<i>x</i>")), (3, 4)]),
]

texts = st.text(max_size=12) | st.sampled_from(["<x>", "&amp;", '"', "'", "\n", mark_safe("<b>")])
said = st.none() | texts | st.integers() | st.booleans()
values = said | st.floats(allow_nan=False)
attributes = st.dictionaries(
    st.sampled_from(["id", "class", "required", "data-x", "aria-label"]), said, max_size=4
)
widgets = st.sampled_from(
    [
        forms.TextInput,
        forms.NumberInput,
        forms.EmailInput,
        forms.HiddenInput,
        forms.CheckboxInput,
        forms.DateInput,
        forms.Textarea,
        forms.FileInput,
        lambda attrs: forms.PasswordInput(attrs, render_value=True),
    ]
)
choices = st.sampled_from(
    [forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select, forms.SelectMultiple]
)
names = st.sampled_from(["name", "NC-01-1", "<n>"])


def without_breaks(written):
    """Line breaks between tags, which no browser shows, are another matter."""
    flat = re.sub(r"\s+", " ", written)
    return re.sub(r"(?<=>) (?=<)| (?=</)", "", flat)


@given(widgets, names, values, attributes, attributes)
def test_every_input_is_what_the_templates_write(make, name, value, own, more):
    widget = make(own)

    ours = widget.render(name, value, attrs=dict(more), renderer=OURS)

    assert ours == widget.render(name, value, attrs=dict(more), renderer=THEIRS)


@given(choices, names, values, attributes, attributes)
def test_every_choice_is_what_the_templates_write(make, name, value, own, more):
    widget = make(own, choices=CHOICES)

    ours, theirs = (
        widget.render(name, value, attrs=dict(more), renderer=one) for one in (OURS, THEIRS)
    )

    assert without_breaks(ours) == without_breaks(theirs)


@pytest.mark.parametrize("index", range(4))
def test_a_single_box_is_written_with_its_label_as_well(index):
    boxes = forms.RadioSelect({"id": "id_box"}, choices=CHOICES).subwidgets("box", "yes")
    box = list(boxes)[index]

    ours, theirs = (
        forms.RadioSelect()._render(box["template_name"], {"widget": box}, one)
        for one in (OURS, THEIRS)
    )

    assert without_breaks(ours) == without_breaks(theirs)


def test_what_it_writes_is_what_the_widgets_ask_for():
    asked = {
        getattr(forms, name).template_name
        for name in (
            *("TextInput", "NumberInput", "DateInput", "EmailInput", "HiddenInput"),
            *("PasswordInput", "CheckboxInput", "RadioSelect", "CheckboxSelectMultiple"),
            *("Textarea", "FileInput", "Select", "SelectMultiple"),
        )
    }
    assert asked <= set(inputs.WRITTEN)
