"""A title may be held by the successor of the unit that it was given to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "Of what happened to titles: some thousand rows in a county.",
    }

    dependencies = [
        ("organizations", "0010_reorganizations"),
        ("register", "0008_categories_known"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="titlestep",
            name="title_step_act_known",
        ),
        migrations.AddField(
            model_name="titlestep",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="organizations.organization",
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
                            "expired",
                            "revoked",
                            "cancelled",
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
                    models.Q(("act", "recognised"), ("organization__isnull", False)),
                    models.Q(
                        models.Q(("act", "recognised"), _negated=True),
                        ("organization__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="title_step_names_the_new_holder",
            ),
        ),
    ]
