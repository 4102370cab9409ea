"""A part of a name, or the end of a number, is found by an index, however many titles there are."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Reverse

from designation.organizations.pairs import pairs_in

FORWARD = """
CREATE FUNCTION pairs_of_letters(said text) RETURNS text[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(lower(said), place, 2)), '{}')
    FROM generate_series(1, length(said) - 1) AS place
$$;
"""
BACKWARD = "DROP FUNCTION pairs_of_letters(text);"


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "The processes stand still for an update; a county has some thousands.",
    }
    dependencies = [
        ("organizations", "0013_found_by_initials"),
        ("register", "0013_found_by_initials"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        # What was read a moment ago waits for its foreign keys.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="designation",
            name="name_pairs",
            field=pairs_in("name_zh", "name_en", "name_initials"),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=GinIndex(fields=["name_pairs"], name="designation_by_name"),
        ),
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(
                OpClass(Reverse("number"), name="text_pattern_ops"), name="designation_by_end"
            ),
        ),
    ]
