from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Of notices: a few in a county and year."}
    dependencies = [
        ("rounds", "0005_as_listed"),
        ("workflows", "0021_decisions_are_kept_as_taken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["-published_at", "-id"], name="notice_as_listed"),
        ),
    ]
