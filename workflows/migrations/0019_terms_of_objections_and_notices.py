"""Objections get the last term that ran, published notices that of their period.

A register that was closed before time had come by ended its notice, too.
"""

from django.db import migrations

FORWARD = """
INSERT INTO calendar_days_term (kind, subject_type, subject_id, jurisdiction_code, role, began_at,
                                due_at, "then", ended_at, ended_as)
  SELECT
    CASE WHEN status IN ('received', 'refused') THEN 'objection.received'
      ELSE 'objection.accepted' END,
    'workflows.objection', objection.id::text, area_code, 'objection_officer',
    CASE WHEN status IN ('received', 'refused') THEN received_at
      ELSE coalesce(handled_at, received_at) END,
    due_at, '',
    CASE WHEN is_open THEN NULL ELSE coalesce(closed_at, handled_at, received_at) END,
    CASE WHEN is_open THEN '' ELSE 'met' END
  FROM (SELECT *, status IN ('received', 'accepted') AS is_open FROM workflows_objection)
      AS objection
    JOIN workflows_noticeentry AS entry ON entry.id = entry_id
    JOIN applications_application AS application ON application.id = application_id
  WHERE objection.due_at IS NOT NULL
  ORDER BY objection.id;
UPDATE workflows_objection SET term_id = term.id
  FROM calendar_days_term AS term
  WHERE subject_type = 'workflows.objection' AND subject_id = workflows_objection.id::text
    AND term.due_at = workflows_objection.due_at;
UPDATE workflows_notice SET status = 'ended'
  WHERE status = 'published' AND register_closed_at IS NOT NULL;
INSERT INTO calendar_days_term (kind, subject_type, subject_id, jurisdiction_code, role, began_at,
                                due_at, "then", ended_as)
  SELECT 'notice.published', 'workflows.notice', notice.id::text, jurisdiction.code, '',
    published_at, ends_at, 'notice.end', ''
  FROM workflows_notice AS notice
    JOIN rounds_round AS round ON round.id = round_id
    JOIN organizations_jurisdiction AS jurisdiction ON jurisdiction.id = round.jurisdiction_id
  WHERE notice.status = 'published'
  ORDER BY notice.id;
"""
BACKWARD = """
UPDATE workflows_objection SET due_at = term.due_at
  FROM calendar_days_term AS term WHERE term.id = term_id;
UPDATE workflows_objection SET term_id = NULL;
UPDATE calendar_days_term SET ended_at = now(), ended_as = 'overtaken'
  WHERE subject_type IN ('workflows.objection', 'workflows.notice') AND ended_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_terms_say_until_when"),
        ("workflows", "0018_objection_points_to_its_term"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
