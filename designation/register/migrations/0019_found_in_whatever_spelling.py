"""The name as given is found in whatever spelling, as those that organizations bear and bore."""

from django.apps.registry import Apps
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from designation.organizations.pairs import pairs_in
from designation.site.sameness import SamenessKey, key_of

_AT_A_TIME = 1000


def fill_the_keys(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("register", "Designation")
    some = []
    for title in model.objects.only("pk", "name_zh").iterator(chunk_size=_AT_A_TIME):
        title.name_key = key_of(title.name_zh)
        some.append(title)
        if len(some) == _AT_A_TIME:
            model.objects.bulk_update(some, ["name_key"])
            some = []
    model.objects.bulk_update(some, ["name_key"])


# What was written a moment ago waits for its foreign keys.
SETTLE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "Kept by the database; another of the same name stands in its place.",
        "DROP_INDEX": "The processes stand still for an update, and it stands anew below.",
        "CREATE_INDEX": "The processes stand still for an update; a county has some thousands.",
    }
    dependencies = [("register", "0018_decisions_of_a_county")]

    operations = [
        migrations.RemoveIndex(model_name="designation", name="designation_by_name"),
        migrations.RemoveField(model_name="designation", name="name_pairs"),
        migrations.AddField(
            model_name="designation",
            name="name_key",
            field=SamenessKey(
                db_default="", default="", editable=False, max_length=300, of="name_zh"
            ),
        ),
        migrations.RunPython(fill_the_keys, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL(SETTLE, SETTLE),
        migrations.AddField(
            model_name="designation",
            name="name_pairs",
            field=pairs_in("name_key", "name_en", "name_initials"),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=GinIndex(fields=["name_pairs"], name="designation_by_name"),
        ),
    ]
