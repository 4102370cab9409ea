"""The database itself refuses to change, delete or truncate the audit log, or to fork its chain.

The head moves with each event that follows it, and only so. Emptying the tables is let through
only where the session has set ``designation.audit_flush``, which the settings of the tests do so
that the test database can be flushed. That opens no door: a role that may truncate the tables
may also switch their triggers off.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' AND current_setting('designation.audit_flush', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION audit_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash
    WHERE id = 1 AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Audit event % does not follow the head of the chain.', NEW.sequence
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER follows_head AFTER INSERT ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_follow();
CREATE TRIGGER head_stays BEFORE DELETE ON audit_chainhead
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER head_moves_with_events BEFORE UPDATE ON audit_chainhead
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_chainhead
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TRIGGER no_truncate ON audit_chainhead;
DROP TRIGGER head_moves_with_events ON audit_chainhead;
DROP TRIGGER head_stays ON audit_chainhead;
DROP TRIGGER follows_head ON audit_auditevent;
DROP TRIGGER no_truncate ON audit_auditevent;
DROP TRIGGER append_only ON audit_auditevent;
DROP FUNCTION audit_follow();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
