"""A notice bears a number of its area and year; those published before it bear none."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "NOT_NULL": "A column with a default; some hundred rows in a county and year.",
        "ADD_UNIQUE": "Of columns that this migration adds; some hundred rows in a county and year.",
    }

    dependencies = [
        ("rounds", "0014_appeals"),
        ("workflows", "0042_paper_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="number_area",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="notice",
            name="number_of_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="number_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("number_area", "number_year", "number_of_year"),
                name="notice_number_once",
            ),
        ),
    ]
