"""Each event names its chain and how it was hashed; the head moves once for all that a statement adds.

No setting of a session lets the log be emptied any more: whoever owns the tables can switch their
triggers off, and nobody else can.
"""

from django.db import migrations, models

FOLLOW = """
CREATE OR REPLACE FUNCTION audit_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_chainhead%ROWTYPE;
  stray bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM added) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO head FROM audit_chainhead WHERE id = 1 FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The chain has lost its head.' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT sequence INTO stray FROM (
    SELECT sequence, chain, previous_hash,
      lag(sequence, 1, head.sequence) OVER line AS sequence_before,
      lag(hash, 1, head.hash) OVER line AS hash_before
    FROM added WINDOW line AS (ORDER BY sequence)
  ) AS link
    WHERE sequence <> sequence_before + 1 OR previous_hash <> hash_before OR chain <> head.chain
    ORDER BY sequence LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Audit event % does not follow the head of the chain.', stray
      USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE audit_chainhead SET (sequence, hash) =
    (SELECT sequence, hash FROM added ORDER BY sequence DESC LIMIT 1) WHERE id = 1;
  RETURN NULL;
END $$;
DROP TRIGGER follows_head ON audit_auditevent;
CREATE TRIGGER follows_head AFTER INSERT ON audit_auditevent
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audit_follow();

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;
"""

FOLLOW_ROW_BY_ROW = """
CREATE OR REPLACE FUNCTION audit_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash
    WHERE id = 1 AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Audit event % does not follow the head of the chain.', NEW.sequence
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER follows_head ON audit_auditevent;
CREATE TRIGGER follows_head AFTER INSERT ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_every_event_has_its_role")]

    operations = [
        migrations.AddField(
            model_name="chainhead",
            name="chain",
            field=models.CharField(db_default="site", default="site", max_length=20),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="chain",
            field=models.CharField(db_default="site", max_length=20, verbose_name="链"),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="algorithm",
            field=models.CharField(db_default="sha256", max_length=20, verbose_name="哈希算法"),
        ),
        migrations.RemoveConstraint(model_name="auditevent", name="audit_format_known"),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("format", 1), ("origin", "")),
                    ("format__in", [2, 3]),
                    _connector="OR",
                ),
                name="audit_format_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("algorithm", "sha256"), ("chain", "site")),
                name="audit_chain_and_algorithm_known",
            ),
        ),
        migrations.RunSQL(FOLLOW, FOLLOW_ROW_BY_ROW),
    ]
