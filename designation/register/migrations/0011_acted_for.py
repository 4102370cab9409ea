"""Who gave a title as a deputy: in whose place."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Of what happened to titles: some thousand rows in a county."}

    dependencies = [
        ("organizations", "0011_last_days"),
        ("register", "0010_taken_over_from_a_former_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
