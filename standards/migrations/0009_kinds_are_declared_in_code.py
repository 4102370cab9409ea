"""The kinds of check leave the schema: they are declared in code, in ``standards.kinds``.

The two constraints over them stay in the database; ``standards.code_constraints`` makes them
after each migration, and names in them the kinds that are declared then.
"""

from django.db import migrations, models

DROP = """
ALTER TABLE standards_check DROP CONSTRAINT IF EXISTS check_kind_known;
ALTER TABLE standards_check DROP CONSTRAINT IF EXISTS check_threshold_fits_kind;
"""
# As migrations 0001 and 0003 made them.
AS_BEFORE = f"""{DROP}
ALTER TABLE standards_check ADD CONSTRAINT check_kind_known CHECK (kind IN (
  'number_at_least', 'number_at_most', 'percent_at_least', 'percent_at_most', 'must_be_true',
  'must_be_false', 'frequency_per_year_at_least', 'frequency_per_month_at_least', 'age_at_most',
  'declared_qualitative'));
ALTER TABLE standards_check ADD CONSTRAINT check_threshold_fits_kind CHECK (
  (kind IN ('must_be_true', 'must_be_false', 'declared_qualitative')) = (threshold IS NULL));
"""


class Migration(migrations.Migration):
    dependencies = [("standards", "0008_no_switch_empties_what_is_published")]

    operations = [
        migrations.AlterField(
            model_name="check",
            name="kind",
            field=models.CharField(max_length=32, verbose_name="类型"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, AS_BEFORE)],
            state_operations=[
                migrations.RemoveConstraint(model_name="check", name="check_kind_known"),
                migrations.RemoveConstraint(model_name="check", name="check_threshold_fits_kind"),
            ],
        ),
    ]
