"""Titles are found by the initials of the name as given; those given before are read now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from designation.organizations.initials import Initials, initials

_AT_A_TIME = 1000


def read_names(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("register", "Designation")
    some = []
    for title in model.objects.only("pk", "name_zh").iterator(chunk_size=_AT_A_TIME):
        title.name_initials = initials(title.name_zh)
        some.append(title)
        if len(some) == _AT_A_TIME:
            model.objects.bulk_update(some, ["name_initials"])
            some = []
    model.objects.bulk_update(some, ["name_initials"])


class Migration(migrations.Migration):
    dependencies = [("register", "0012_bars_and_their_lifting")]

    operations = [
        migrations.AddField(
            model_name="designation",
            name="name_initials",
            field=Initials(
                blank=True, db_default="", default="", editable=False, max_length=120, of="name_zh"
            ),
        ),
        migrations.RunPython(read_names, migrations.RunPython.noop, elidable=True),
    ]
