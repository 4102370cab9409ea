from typing import Any

from django.db import migrations, models
from django.db.models import F


def kept_as_sent(apps: Any, schema_editor: Any) -> None:
    """Until now every file was kept as it was sent."""
    apps.get_model("applications", "Evidence").objects.update(sha256_as_uploaded=F("sha256"))


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "Filled here for every file; the processes stand still for an update."}
    dependencies = [("applications", "0004_who_wrote_what")]

    operations = [
        migrations.AddField(
            "evidence",
            "sha256_as_uploaded",
            models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(kept_as_sent, migrations.RunPython.noop),
        migrations.AlterField(
            "evidence",
            "file",
            models.FileField(
                upload_to="evidence",
                verbose_name="文件",
            ),
        ),
    ]
