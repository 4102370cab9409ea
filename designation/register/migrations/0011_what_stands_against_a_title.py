"""Warnings and orders to correct, restoring, and the document that each step rests on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "DROP_INDEX": "Made anew at once, with restoring in it; few rows, written by few.",
        "CREATE_INDEX": "Of what happened to titles: some thousand rows in a county.",
    }

    dependencies = [
        ("organizations", "0011_last_days"),
        ("register", "0010_taken_over_from_a_former_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="titlestep",
            name="title_step_act_known",
        ),
        migrations.RemoveIndex(
            model_name="titlestep",
            name="title_ended",
        ),
        migrations.AddField(
            model_name="titlestep",
            name="acted_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="correct_by",
            field=models.DateField(blank=True, null=True, verbose_name="整改期限"),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="deciding_body",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=120, verbose_name="审定机关"
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="document_number",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="发文字号"
            ),
        ),
        migrations.AddField(
            model_name="titlestep",
            name="request_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                condition=models.Q(("act__in", ("revoked", "cancelled", "restored"))),
                fields=["title", "-effective_on", "-id"],
                name="title_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="titlestep",
            index=models.Index(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "warned",
                            "lifted",
                            "ordered",
                            "prolonged",
                            "passed",
                            "extended",
                            "restored",
                        ],
                    )
                ),
                fields=["title", "-effective_on", "-id"],
                name="title_marked",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "given",
                            "extended",
                            "renamed",
                            "recognised",
                            "corrected",
                            "warned",
                            "lifted",
                            "ordered",
                            "prolonged",
                            "passed",
                            "expired",
                            "revoked",
                            "cancelled",
                            "restored",
                        ],
                    )
                ),
                name="title_step_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("act__in", ("ordered", "prolonged")),
                        ("correct_by__gt", models.F("effective_on")),
                        ("correct_by__isnull", False),
                    ),
                    models.Q(
                        models.Q(("act__in", ("ordered", "prolonged")), _negated=True),
                        ("correct_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="title_step_gives_an_order_its_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "restored"), _negated=True),
                    ("decision__isnull", False),
                    _connector="OR",
                ),
                name="title_is_restored_by_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("act__in", ["warned", "lifted", "ordered", "prolonged", "passed"]),
                        _negated=True,
                    ),
                    models.Q(
                        models.Q(("document_number", ""), _negated=True),
                        models.Q(("deciding_body", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="title_step_bears_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="titlestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acted_for__isnull", True),
                    models.Q(
                        ("actor__isnull", False),
                        models.Q(("acted_for", models.F("actor")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="title_step_is_for_another",
            ),
        ),
    ]
