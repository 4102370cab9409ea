from typing import Any

from django.db import migrations, models


def name_as_published(apps: Any, schema_editor: Any) -> None:
    """A title given before stands under the name that its public notice bore."""
    titles = apps.get_model("register", "Designation").objects
    entries = apps.get_model("workflows", "NoticeEntry").objects.exclude(printed_name="")
    renamed = entries.filter(application=models.OuterRef("application"), dropped_at__isnull=True)
    renamed = renamed.exclude(printed_name=models.OuterRef("name_zh")).values("printed_name")[:1]
    # The English name is that of today's name: it says nothing of the one before.
    titles.filter(models.Exists(renamed)).update(name_zh=models.Subquery(renamed), name_en="")


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "Blank on entries of before; the processes stand still for an update."}
    dependencies = [
        ("register", "0002_the_name_as_given"),
        ("workflows", "0006_releases"),
    ]

    operations = [
        migrations.AddField(
            model_name="noticeentry",
            name="printed_area",
            field=models.CharField(blank=True, max_length=120, verbose_name="公示辖区"),
        ),
        migrations.RunPython(name_as_published, migrations.RunPython.noop),
    ]
