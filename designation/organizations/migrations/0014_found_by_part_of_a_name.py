"""A part of a name is found by an index, however many organizations a province has.

The function that makes the pairs came with the register's own.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from designation.organizations.pairs import pairs_in


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "The processes stand still for an update; a province has some 200,000.",
    }
    dependencies = [
        ("organizations", "0013_found_by_initials"),
        ("register", "0014_found_by_part_of_a_name"),
    ]

    operations = [
        # What was read a moment ago waits for its foreign keys.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="organization",
            name="name_pairs",
            field=pairs_in("name_key", "name_en", "name_initials"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=GinIndex(fields=["name_pairs"], name="organization_by_name"),
        ),
    ]
