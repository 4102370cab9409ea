"""A code has its words and is validated; the migrations hold the column alone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.test.utils import isolate_apps

from standards.code_field import CodeField

COLOURS = [("red", "红"), ("blue", "蓝")]


def test_migrations_see_a_plain_text_without_choices() -> None:
    field = CodeField(max_length=8, choices=COLOURS, blank=True)
    assert field.deconstruct()[1:] == (
        "django.db.models.CharField",
        [],
        {"max_length": 8, "blank": True},
    )


def test_another_code_is_no_migration() -> None:
    def changes(old: models.Field, new: models.Field) -> dict[str, list[object]]:
        before, after = ProjectState(), ProjectState()
        for state, field in ((before, old), (after, new)):
            state.add_model(
                ModelState("paint", "Paint", [("id", models.AutoField()), ("c", field)])
            )
        return MigrationAutodetector(before, after)._detect_changes()

    assert not changes(
        CodeField(max_length=8, choices=COLOURS),
        CodeField(max_length=8, choices=[*COLOURS, ("green", "绿")]),
    )


@isolate_apps("standards")
def test_the_word_of_a_code_is_shown_and_another_code_is_refused_by_validation() -> None:
    class Paint(models.Model):  # noqa: DJ008
        colour = CodeField(max_length=8, choices=COLOURS)

        class Meta:
            app_label = "standards"

    assert Paint(colour="blue").get_colour_display() == "蓝"
    with pytest.raises(ValidationError) as refused:
        Paint(colour="green").clean_fields()
    assert "colour" in refused.value.message_dict


@isolate_apps("standards")
def test_a_code_registered_after_the_model_was_made_counts() -> None:
    known = list(COLOURS)

    class Paint(models.Model):  # noqa: DJ008
        colour = CodeField(max_length=8, choices=lambda: known)

        class Meta:
            app_label = "standards"

    known.append(("green", "绿"))
    Paint(id=1, colour="green").clean_fields()
    assert Paint(colour="green").get_colour_display() == "绿"
    formed = Paint._meta.get_field("colour").formfield()
    assert ("green", "绿") in list(formed.choices)
