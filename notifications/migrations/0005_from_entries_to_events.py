"""Each passage that was told becomes one event; its messages and e-mails hang on that."""

from django.db import migrations

# A title speaks for itself now: its passage is told as the title that it gave.
EVENTS = """
INSERT INTO notifications_event
  (action, subject_type, subject_id, subject_label, page, jurisdiction_code, actor_id, actor_role,
   said, parties, asks_role, asks_organization_id, at, delivered_at, next_try_at, attempts,
   decision_of_entries)
SELECT
  CASE WHEN title.id IS NULL THEN 'application.' || decision.transition ELSE 'title.give' END,
  CASE WHEN title.id IS NULL THEN 'applications.application' ELSE 'register.designation' END,
  coalesce(title.id, application.id)::text,
  coalesce(title.number, left(organization.name_zh || ' · ' || round.name_zh, 300)),
  CASE WHEN title.id IS NULL
    THEN jsonb_build_array('applications:case', jsonb_build_array(application.id))
    ELSE jsonb_build_array('register:detail', jsonb_build_array(title.number)) END,
  application.area_code,
  decision.actor_id,
  coalesce(nullif(decision.actor_role, ''), 'system'),
  CASE WHEN title.id IS NULL THEN jsonb_build_object(
    'organization', jsonb_build_object(
      'zh', organization.name_zh,
      'en', coalesce(nullif(organization.name_en, ''), organization.name_zh)),
    'round', jsonb_build_object(
      'zh', round.name_zh, 'en', coalesce(nullif(round.name_en, ''), round.name_zh)),
    'opinion', decision.opinion,
    'corrections', coalesce((
      SELECT jsonb_build_object('rows', jsonb_agg(
        jsonb_build_array(item.code, correction.reason) ORDER BY item.order))
      FROM workflows_correction correction JOIN standards_item item ON item.id = correction.item_id
      WHERE correction.decision_id = decision.id HAVING count(*) > 0), '""'::jsonb),
    'due', CASE WHEN application.due_at IS NOT NULL AND decision.id = (
        SELECT max(last.id) FROM workflows_decision last
        WHERE last.application_id = application.id)
      THEN jsonb_build_object('deadline', application.due_at) ELSE '""'::jsonb END)
  ELSE jsonb_build_object(
    'organization', jsonb_build_object(
      'zh', title.name_zh, 'en', coalesce(nullif(title.name_en, ''), title.name_zh)),
    'category', '',
    'number', title.number,
    'document', document.document_number,
    'given_on', jsonb_build_object('day', title.designated_on),
    'until', jsonb_build_object('day', title.valid_until)) END,
  CASE WHEN title.id IS NULL THEN jsonb_build_object(
    'applicant', application.organization_id,
    'turn', CASE WHEN asked.role IS NULL THEN NULL ELSE jsonb_build_object(
      'role', asked.role,
      'organization', asked.organization_id,
      'people', CASE WHEN asked.role = 'verifier' THEN (
        SELECT coalesce(jsonb_agg(member.person_id ORDER BY member.id), '[]'::jsonb)
        FROM workflows_visit visit
        JOIN workflows_visitmember member
          ON member.visit_id = visit.id AND member.left_at IS NULL
        WHERE visit.application_id = application.id AND visit.closed_at IS NULL) END) END)
  ELSE jsonb_build_object('applicant', application.organization_id) END,
  CASE WHEN asked.role = 'verifier' THEN '' ELSE coalesce(asked.role, '') END,
  CASE WHEN asked.role = 'verifier' THEN NULL ELSE asked.organization_id END,
  decision.at,
  CASE WHEN entries.waiting = 0 THEN entries.delivered_at END,
  entries.next_try_at,
  entries.attempts,
  decision.id
FROM (
  SELECT decision_id, max(delivered_at) AS delivered_at,
    count(*) FILTER (WHERE delivered_at IS NULL) AS waiting,
    min(next_try_at) FILTER (WHERE delivered_at IS NULL) AS next_try_at,
    max(attempts) AS attempts
  FROM notifications_outboxentry GROUP BY decision_id) entries
JOIN workflows_decision decision ON decision.id = entries.decision_id
JOIN applications_application application ON application.id = decision.application_id
JOIN organizations_organization organization ON organization.id = application.organization_id
JOIN rounds_round round ON round.id = application.round_id
LEFT JOIN notifications_outboxentry asked
  ON asked.decision_id = decision.id AND asked.asks_to_act
LEFT JOIN register_designation title
  ON title.application_id = application.id AND decision.transition = 'designate'
LEFT JOIN register_designationdecision document ON document.id = title.decision_id
ORDER BY decision.id;
"""

# A message leads where it led.
MESSAGES = """
UPDATE notifications_message message SET
  event_id = event.id,
  role = entry.role,
  organization_id = entry.organization_id,
  asks_to_act = entry.asks_to_act,
  leads_to = jsonb_build_object(
    'type', 'applications.application',
    'id', message.application_id::text,
    'page', jsonb_build_array('applications:case', jsonb_build_array(message.application_id)))
FROM notifications_outboxentry entry
JOIN notifications_event event ON event.decision_of_entries = entry.decision_id
WHERE entry.id = message.entry_id;
"""

DELIVERIES = """
INSERT INTO notifications_delivery
  (message_id, channel, state, next_at, sent_at, attempts, waits, answer)
SELECT id, 'email', email_state, email_next_at, emailed_at, email_attempts, email_waits,
  email_answer
FROM notifications_message WHERE email_state <> 'none' ORDER BY id;
"""


class Migration(migrations.Migration):
    # Reads deadlines where they stood until then.
    run_before = [("applications", "0013_terms_say_until_when")]
    dependencies = [
        ("notifications", "0004_events"),
        ("applications", "0005_known_as_it_was_uploaded"),
        ("organizations", "0001_initial"),
        ("register", "0003_keeps_its_names"),
        ("rounds", "0001_initial"),
        ("standards", "0001_initial"),
        ("workflows", "0009_who_left_a_visit"),
    ]

    operations = [
        migrations.RunSQL(EVENTS, migrations.RunSQL.noop),
        migrations.RunSQL(MESSAGES, migrations.RunSQL.noop),
        migrations.RunSQL(DELIVERIES, migrations.RunSQL.noop),
    ]
