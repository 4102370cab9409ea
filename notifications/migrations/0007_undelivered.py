"""Those that did not arrive are read by a list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "Of deliveries that failed: few; the processes stand still for an update."
    }

    dependencies = [
        ("notifications", "0006_without_entries"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "failed")), fields=["-id"], name="delivery_failed"
            ),
        ),
    ]
