"""Whether the period of a notice was counted in calendar days; none was before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0046_longer_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="counts_calendar_days",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
