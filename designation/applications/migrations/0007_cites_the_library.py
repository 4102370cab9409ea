"""Columns for what the next migration fills; see there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "On evidence.entry, empty until the next migration: nothing to sort."
    }
    dependencies = [
        ("applications", "0006_former_values_are_not_truncated"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "evidence",
            "entry",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.libraryentry",
            ),
        ),
        # On the way back they are filled before they must have a value.
        migrations.AlterField(
            "evidence",
            "file",
            models.FileField(null=True, upload_to="evidence", verbose_name="文件"),
        ),
        migrations.AlterField(
            "evidence",
            "file_name",
            models.CharField(max_length=200, null=True, verbose_name="文件名"),
        ),
        migrations.AlterField(
            "evidence",
            "media_type",
            models.CharField(max_length=100, null=True, verbose_name="文件类型"),
        ),
        migrations.AlterField(
            "evidence", "size", models.PositiveBigIntegerField(null=True, verbose_name="大小")
        ),
        migrations.AlterField(
            "evidence", "sha256_as_uploaded", models.CharField(max_length=64, null=True)
        ),
    ]
