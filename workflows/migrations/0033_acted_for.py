"""Who answered or entered as a deputy: in whose place."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "Of what departments said: some thousand rows in a county and year."
    }

    dependencies = [
        ("workflows", "0032_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
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
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acted_for__isnull", True),
                    models.Q(("acted_for", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="opinion_is_for_another",
            ),
        ),
    ]
