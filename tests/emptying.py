"""How tests with real transactions empty their database, although it refuses to be emptied.

They do what an owner of the tables can do and nobody else: switch the triggers off for the one
transaction. Nothing of this is in a migration, in a setting or in the site.

Whoever a live site still serves when the test is over is cut off first: a page that was left open
asks for something else any moment, and what it holds would stand in the way of the emptying.
"""

from django.db.backends.postgresql.operations import DatabaseOperations

_CUT_OFF = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
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
        switched = [_SWITCH.format(way="DISABLE"), *statements, _SWITCH.format(way="ENABLE")]
        return [_CUT_OFF, *switched]

    return flush
