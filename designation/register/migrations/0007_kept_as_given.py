"""A title and its decision are kept as they were given: what changes is a step of the title.

The names are not among what is held here: an earlier migration of another room still sets those of
titles that were given before names were kept.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION register_given_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A title and its decision are kept as they were given.'
    USING ERRCODE = 'restrict_violation';
END $$;
"""
KEPT = {
    "register_designation": (
        "number",
        "application_id",
        "organization_id",
        "jurisdiction_id",
        "category",
        "decision_id",
        "designated_on",
        "valid_until",
    ),
    "register_designationdecision": (
        "round_id",
        "document_number",
        "decided_on",
        "deciding_body",
        "recorded_by_id",
        "recorded_at",
    ),
}


def trigger(table: str) -> str:
    then, now = (", ".join(f"{row}.{column}" for column in KEPT[table]) for row in ("OLD", "NEW"))
    return (
        f"CREATE TRIGGER kept_as_given BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (({then}) IS DISTINCT FROM ({now})) EXECUTE FUNCTION register_given_guard();"
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0006_status_is_worked_out")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION register_given_guard();"),
        *(
            migrations.RunSQL(trigger(table), f"DROP TRIGGER kept_as_given ON {table};")
            for table in KEPT
        ),
    ]
