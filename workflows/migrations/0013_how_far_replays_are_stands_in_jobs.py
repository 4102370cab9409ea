"""Who asked for a replay, how far it is and how it ended goes into a job of its own.

One that is under way kept no memo of what it found: it waits in the queue and begins anew.
"""

from django.db import migrations

COPY = """
DELETE FROM workflows_replayflip USING workflows_replay
  WHERE replay_id = workflows_replay.id AND status IN ('queued', 'running');
INSERT INTO site_job (kind, subject_type, subject_id, slot, asked_by_id, asked_at, state, attempt,
                      done, total, memo, heard_at, ended_at, reason)
  SELECT 'replay', 'workflows.replay', id::text, 'replay ' || requested_by_id, requested_by_id,
    requested_at, CASE WHEN under_way THEN 'queued' ELSE status END, attempt,
    CASE WHEN under_way THEN 0 ELSE done END, CASE WHEN under_way THEN 0 ELSE total END, '{}',
    CASE WHEN under_way THEN NULL ELSE heard_at END,
    CASE WHEN under_way THEN NULL ELSE coalesce(ended_at, heard_at, requested_at) END,
    CASE WHEN status = 'failed' AND version_id IS NULL THEN 'draft_gone' ELSE '' END
  FROM (SELECT *, status IN ('queued', 'running') AS under_way FROM workflows_replay) AS replay
  ORDER BY id;
UPDATE workflows_replay SET job_id = site_job.id FROM site_job
  WHERE subject_type = 'workflows.replay' AND subject_id = workflows_replay.id::text;
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0012_replay_points_to_its_job")]

    operations = [migrations.RunSQL(COPY, migrations.RunSQL.noop)]
