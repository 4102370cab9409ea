"""How a title stands from one day to another, kept by the database beside what happened to it.

A question to many titles is then one to a table with figures of its own: worked out anew for each,
it took the database as long as there are titles. Nobody else writes these rows.
"""

import django.db.models.deletion
from django.db import migrations, models

# The acts as they are today; ``standing`` says what each does, and a test holds the two together.
FOLLOW = """
CREATE FUNCTION register_follow_titles(titles bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM register_titlespan WHERE title_id = ANY (titles);
  INSERT INTO register_titlespan
    (title_id, designated_on, begins, ends, status, until, correct_by, after)
  WITH turns AS (
    SELECT title.id AS title_id, designated_on, valid_until, day.begins,
      lead(day.begins) OVER (PARTITION BY title.id ORDER BY day.begins) - 1 AS last
    FROM unnest(titles) AS asked (id)
    JOIN register_designation AS title USING (id)
    CROSS JOIN LATERAL (
      SELECT title.designated_on
      UNION
      SELECT effective_on FROM register_titlestep AS step
      WHERE step.title_id = title.id AND effective_on > title.designated_on
        AND act IN ('extended', 'expired', 'corrected', 'revoked', 'cancelled', 'restored',
          'warned', 'lifted', 'ordered', 'prolonged', 'passed')
    ) AS day (begins)
  ), said AS (
    SELECT turns.*, coalesce(term.until, valid_until) AS until,
      CASE WHEN ended.act <> 'restored' THEN ended.act END AS ended,
      CASE mark.act WHEN 'warned' THEN 'warned' WHEN 'ordered' THEN 'ordered'
        WHEN 'prolonged' THEN 'ordered' ELSE 'valid' END AS mark,
      mark.correct_by
    FROM turns
    LEFT JOIN LATERAL (
      SELECT step.until FROM register_titlestep AS step
      WHERE step.title_id = turns.title_id AND effective_on <= begins
        AND act IN ('extended', 'expired', 'corrected') AND step.until IS NOT NULL
      ORDER BY effective_on DESC, id DESC LIMIT 1
    ) AS term ON true
    LEFT JOIN LATERAL (
      SELECT act FROM register_titlestep AS step
      WHERE step.title_id = turns.title_id AND effective_on <= begins
        AND act IN ('revoked', 'cancelled', 'restored')
      ORDER BY effective_on DESC, id DESC LIMIT 1
    ) AS ended ON true
    LEFT JOIN LATERAL (
      SELECT act, step.correct_by FROM register_titlestep AS step
      WHERE step.title_id = turns.title_id AND effective_on <= begins
        AND act IN ('warned', 'lifted', 'ordered', 'prolonged', 'passed', 'extended', 'restored')
      ORDER BY effective_on DESC, id DESC LIMIT 1
    ) AS mark ON true
  )
  SELECT title_id, designated_on, span.*, until,
    CASE WHEN span.status = 'ordered' THEN correct_by END, span.begins - designated_on
  FROM said CROSS JOIN LATERAL (
    SELECT said.begins, last, ended WHERE ended IS NOT NULL
    UNION ALL
    SELECT said.begins, least(last, until), mark WHERE ended IS NULL AND said.begins <= until
    UNION ALL
    SELECT greatest(said.begins, until + 1), last, 'expired'
    WHERE ended IS NULL AND (last IS NULL OR last > until)
  ) AS span (begins, ends, status);
END $$;

CREATE FUNCTION register_title_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM register_follow_titles(ARRAY(SELECT id FROM added));
  RETURN NULL;
END $$;

-- Of two steps of one title at once the second is followed when the first stands.
CREATE FUNCTION register_title_step_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  titles bigint[] := ARRAY(
    SELECT DISTINCT title_id FROM added WHERE act NOT IN ('given', 'renamed', 'recognised')
  );
BEGIN
  IF titles <> '{}' THEN
    PERFORM FROM register_designation WHERE id = ANY (titles) ORDER BY id FOR NO KEY UPDATE;
    PERFORM register_follow_titles(titles);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION register_spans_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'How titles stand is worked out from what happened to them.'
    USING ERRCODE = 'restrict_violation';
END $$;
"""
FOLLOW_NO_MORE = """
DROP FUNCTION register_spans_guard();
DROP FUNCTION register_title_step_added();
DROP FUNCTION register_title_given();
DROP FUNCTION register_follow_titles(bigint[]);
"""
FILL = "SELECT register_follow_titles(ARRAY(SELECT id FROM register_designation));"
# The same once the guard stands: for whoever gives ``register_follow_titles`` a new version.
REBUILD = f"""
ALTER TABLE register_titlespan DISABLE TRIGGER kept_by_the_database;
{FILL}
ALTER TABLE register_titlespan ENABLE TRIGGER kept_by_the_database;
"""
TRIGGERS = """
CREATE TRIGGER followed AFTER INSERT ON register_designation
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION register_title_given();
CREATE TRIGGER followed AFTER INSERT ON register_titlestep
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION register_title_step_added();
CREATE TRIGGER kept_by_the_database BEFORE INSERT OR UPDATE OR DELETE ON register_titlespan
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION register_spans_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON register_titlespan
  FOR EACH STATEMENT EXECUTE FUNCTION register_spans_guard();
"""
TRIGGERS_NO_MORE = """
DROP TRIGGER no_truncate ON register_titlespan;
DROP TRIGGER kept_by_the_database ON register_titlespan;
DROP TRIGGER followed ON register_titlestep;
DROP TRIGGER followed ON register_designation;
"""
# An organization holds a title or a few, however many the organizations are. Measured by sampling
# the database may take them for fewer, and a name for one that finds thousands.
FEW_EACH = "ALTER TABLE register_designation ALTER COLUMN organization_id SET (n_distinct = -0.5);"
AS_SAMPLED = "ALTER TABLE register_designation ALTER COLUMN organization_id RESET (n_distinct);"


class Migration(migrations.Migration):
    accepted = {
        "CREATE_INDEX": "The processes stand still for an update; a county has some thousands.",
        "DROP_INDEX": "Of what the spans answer now.",
    }
    dependencies = [("register", "0016_found_by_area_category_and_ending")]

    operations = [
        migrations.CreateModel(
            name="TitleSpan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("designated_on", models.DateField()),
                ("begins", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("after", models.IntegerField()),
                ("status", models.CharField(max_length=12)),
                ("until", models.DateField()),
                ("correct_by", models.DateField(null=True)),
                (
                    "title",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="register.designation",
                    ),
                ),
            ],
            options={
                "ordering": ["begins"],
                "indexes": [
                    models.Index(
                        fields=["status", "-designated_on"],
                        include=["title", "begins", "ends"],
                        name="title_span_as_listed",
                    ),
                    models.Index(fields=["status", "until"], name="title_span_by_last_day"),
                    models.Index(fields=["status", "after"], name="title_span_after_naming"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["title", "begins"],
                        include=["ends", "status"],
                        name="title_span_begins_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FOLLOW, FOLLOW_NO_MORE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, TRIGGERS_NO_MORE),
        migrations.RunSQL(FEW_EACH, AS_SAMPLED),
        migrations.RemoveIndex(model_name="titlestep", name="title_ended"),
        migrations.RemoveIndex(model_name="titlestep", name="title_marked"),
        migrations.RemoveIndex(model_name="titlestep", name="title_term_set_anew"),
        *(
            operation
            for name, first in {
                "designation_as_listed": (),
                "designation_in_an_area": ("jurisdiction",),
                "designation_of_a_category": ("category",),
            }.items()
            for operation in (
                migrations.RemoveIndex(model_name="designation", name=name),
                migrations.AddIndex(
                    model_name="designation",
                    index=models.Index(
                        fields=[*first, "-designated_on", "number"], include=["id"], name=name
                    ),
                ),
            )
        ),
    ]
