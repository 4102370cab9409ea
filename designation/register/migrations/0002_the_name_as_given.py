from typing import Any

from django.db import migrations, models


def keep_names(apps: Any, schema_editor: Any) -> None:
    """Titles given before are under the names that their organizations and areas bear today."""
    titles = apps.get_model("register", "Designation").objects
    organizations = apps.get_model("organizations", "Organization").objects
    areas = apps.get_model("organizations", "Jurisdiction").objects
    of = organizations.filter(pk=models.OuterRef("organization"))
    within = areas.filter(pk=models.OuterRef("jurisdiction"))
    titles.update(
        name_zh=models.Subquery(of.values("name_zh")),
        name_en=models.Subquery(of.values("name_en")),
        area_name_zh=models.Subquery(within.values("name_zh")),
        area_name_en=models.Subquery(within.values("name_en")),
    )


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "Filled here for every title; the processes stand still for an update."}
    dependencies = [
        ("organizations", "0003_former_names"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "designation",
            "name_zh",
            models.CharField(default="", max_length=120, verbose_name="名称"),
            preserve_default=False,
        ),
        migrations.AddField(
            "designation",
            "name_en",
            models.CharField(blank=True, default="", max_length=200, verbose_name="英文名称"),
            preserve_default=False,
        ),
        migrations.AddField(
            "designation",
            "area_name_zh",
            models.CharField(default="", max_length=120, verbose_name="命名时所在辖区"),
            preserve_default=False,
        ),
        migrations.AddField(
            "designation",
            "area_name_en",
            models.CharField(
                blank=True, default="", max_length=200, verbose_name="命名时所在辖区英文名称"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
