"""The history of titles that stand already: each was given; some do not stand as given any more.

Nothing tells since when a title has been revoked or cancelled: its step holds from the day of this
migration, the first on which that is known. One that is called expired stood until its last day,
or until the day before this one where that is earlier.
"""

from django.db import migrations

GIVEN = """
INSERT INTO register_titlestep
  (title_id, act, effective_on, decision_id, reason, actor_id, role, at)
SELECT title.id, 'given', title.designated_on, decision.id, '', decision.recorded_by_id,
  'deciding_officer', decision.recorded_at
FROM register_designation AS title
  JOIN register_designationdecision AS decision ON decision.id = title.decision_id
ORDER BY title.id
"""
ENDED = """
INSERT INTO register_titlestep (title_id, act, effective_on, until, reason, role, at)
SELECT id, status, day, CASE status WHEN 'expired' THEN day - 1 END,
  '升级前名册已如此记载，起始日期不详。', 'system', now()
FROM (
  SELECT *, greatest(
    designated_on + (status = 'expired')::int,
    least(
      (now() AT TIME ZONE 'Asia/Shanghai')::date,
      CASE status WHEN 'expired' THEN valid_until + 1 END
    )
  ) AS day
  FROM register_designation WHERE status <> 'valid'
) AS title
ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0004_titles_on_their_own")]

    operations = [
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
    ]
