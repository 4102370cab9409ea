"""What the library says of a file is said there alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "The library says it since; the processes stand still for an update.",
        "NOT_NULL": "Filled by the migration before; the processes stand still for an update.",
    }
    dependencies = [("applications", "0008_evidence_into_libraries")]

    operations = [
        migrations.AlterField(
            "evidence",
            "entry",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evidence.libraryentry",
            ),
        ),
        *(
            migrations.RemoveField("evidence", name)
            for name in ("file", "file_name", "media_type", "size", "sha256_as_uploaded")
        ),
    ]
