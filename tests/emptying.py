"""How tests with real transactions empty their database, although it refuses to be emptied.

They do what an owner of the tables can do and nobody else: switch the triggers off for the one
transaction. Nothing of this is in a migration, in a setting or in the site.
"""

from django.db.backends.postgresql.operations import DatabaseOperations

_SWITCH = """
DO $$ DECLARE guarded regclass; BEGIN
  FOR guarded IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'no_truncate' LOOP
    EXECUTE format('ALTER TABLE %s {way} TRIGGER no_truncate', guarded);
  END LOOP;
END $$
"""


def as_the_owner(sql_flush=DatabaseOperations.sql_flush):
    """Django's own statements that empty tables, between switching the guards off and on."""

    def flush(self, *args, **kwargs):
        statements = sql_flush(self, *args, **kwargs)
        if not statements:
            return []
        return [_SWITCH.format(way="DISABLE"), *statements, _SWITCH.format(way="ENABLE")]

    return flush
