"""Organizations are found by the initials of their names, present and former; all are read now.

What was recorded of a former name stays as it was: its guard is off for this column alone.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from designation.organizations.initials import Initials, initials

_AT_A_TIME = 1000


def read_names(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Organization", "FormerName"):
        rows = apps.get_model("organizations", name).objects
        some = []
        for row in rows.only("pk", "name_zh").iterator(chunk_size=_AT_A_TIME):
            row.name_initials = initials(row.name_zh)
            some.append(row)
            if len(some) == _AT_A_TIME:
                rows.bulk_update(some, ["name_initials"])
                some = []
        rows.bulk_update(some, ["name_initials"])


def _guard(way: str) -> str:
    return f"ALTER TABLE organizations_formername {way} TRIGGER kept_as_recorded"


def _column(model: str) -> migrations.AddField:
    field = Initials(
        blank=True, db_default="", default="", editable=False, max_length=120, of="name_zh"
    )
    return migrations.AddField(model_name=model, name="name_initials", field=field)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0012_unused_accounts")]

    operations = [
        _column("formername"),
        _column("organization"),
        migrations.RunSQL(_guard("DISABLE"), migrations.RunSQL.noop),
        migrations.RunPython(read_names, migrations.RunPython.noop, elidable=True),
        # A row written twice waits for its foreign keys, and its table cannot be altered meanwhile.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(_guard("ENABLE"), migrations.RunSQL.noop),
    ]
