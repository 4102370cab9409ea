"""A decision is of one county: bodies of two counties may be called the same."""

from django.db import migrations, models

# That of its round, else of the first title that it gave, renewed or restored.
FILL = """
UPDATE register_designationdecision AS decision SET county = left(coalesce(
  (SELECT area.code FROM rounds_round AS round
     JOIN organizations_jurisdiction AS area ON area.id = round.jurisdiction_id
     WHERE round.id = decision.round_id),
  (SELECT area.code FROM register_designation AS title
     JOIN organizations_jurisdiction AS area ON area.id = title.jurisdiction_id
     WHERE title.decision_id = decision.id ORDER BY title.id LIMIT 1),
  (SELECT area.code FROM register_titlestep AS step
     JOIN register_designation AS title ON title.id = step.title_id
     JOIN organizations_jurisdiction AS area ON area.id = title.jurisdiction_id
     WHERE step.decision_id = decision.id ORDER BY step.id LIMIT 1),
  ''), 6);
"""
_ROW = (
    "{row}.round_id, {row}.document_number, {row}.decided_on, {row}.deciding_body,"
    " {row}.recorded_by_id, {row}.recorded_at"
)
_AGAIN = (
    "DROP TRIGGER kept_as_given ON register_designationdecision;"
    "CREATE TRIGGER kept_as_given BEFORE UPDATE ON register_designationdecision FOR EACH ROW"
    " WHEN (({then}) IS DISTINCT FROM ({now})) EXECUTE FUNCTION register_given_guard();"
)


def keeping(row: str) -> str:
    """The trigger that keeps a decision as it was recorded, in these columns."""
    return _AGAIN.format(then=row.format(row="OLD"), now=row.format(row="NEW"))


class Migration(migrations.Migration):
    accepted = {
        "ADD_UNIQUE": "The processes stand still for an update; fewer rows are alike than before.",
    }
    dependencies = [
        ("organizations", "0013_found_by_initials"),
        ("rounds", "0001_initial"),
        ("register", "0017_spans_of_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="designationdecision",
            name="county",
            field=models.CharField(db_default="", default="", editable=False, max_length=12),
        ),
        migrations.RemoveConstraint(
            model_name="designationdecision", name="decision_document_number_once"
        ),
        migrations.AddConstraint(
            model_name="designationdecision",
            constraint=models.UniqueConstraint(
                fields=("county", "deciding_body", "document_number"),
                name="decision_document_number_once",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(keeping(f"{_ROW}, {{row}}.county"), keeping(_ROW)),
    ]
