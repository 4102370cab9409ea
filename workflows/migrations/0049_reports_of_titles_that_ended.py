"""Self-reports that are excused because their title is in force no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0048_joinings"),
    ]

    operations = [
        migrations.AddField(
            model_name="selfreport",
            name="has_ended",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="selfreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("has_ended", False), ("excused_at__isnull", False), _connector="OR"
                ),
                name="self_report_of_an_ended_title_is_excused",
            ),
        ),
    ]
