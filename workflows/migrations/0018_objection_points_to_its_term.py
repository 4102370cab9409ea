import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendar_days", "0002_terms"),
        ("workflows", "0017_steps_are_not_truncated"),
    ]

    operations = [
        migrations.AddField(
            model_name="objection",
            name="term",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="calendar_days.term",
            ),
        ),
    ]
