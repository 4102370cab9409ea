"""The deadline of each application becomes a term that runs, that of a correction with it.

Of a reviewer's term that stands still the last day was not kept: it is counted from the working
days then left; and it began with what was last handed in.
"""

from django.db import migrations

FORWARD = """
INSERT INTO calendar_days_term (kind, subject_type, subject_id, jurisdiction_code, role,
                                organization_id, began_at, due_at, "then", paused_at, days_left,
                                ended_as)
  SELECT 'application.' || returned_from, 'applications.application', application.id::text,
    area_code,
    CASE returned_from WHEN 'submitted' THEN 'first_reviewer' ELSE 'county_coordinator' END,
    CASE returned_from WHEN 'submitted' THEN reviewing_body_id END,
    least(submitted_at, stage_since),
    coalesce(
      (SELECT (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        FROM (
          SELECT each.day, row_number() OVER (ORDER BY each.day) AS number
          FROM (SELECT returned_on + n AS day FROM generate_series(1, 400) AS n) AS each
            LEFT JOIN calendar_days_calendarexception AS exception ON exception.date = each.day
          WHERE coalesce(kind = 'make_up', extract(isodow FROM each.day) < 6)
        ) AS working
        WHERE number = days_left_at_return),
      (returned_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'),
    '', stage_since, days_left_at_return, ''
  FROM (SELECT *, (stage_since AT TIME ZONE 'Asia/Shanghai')::date AS returned_on
      FROM applications_application) AS application
    JOIN applications_submission ON applications_submission.id = submission_id
  WHERE stage = 'returned' AND days_left_at_return IS NOT NULL
  ORDER BY application.id;
INSERT INTO calendar_days_term (kind, subject_type, subject_id, jurisdiction_code, role,
                                organization_id, began_at, due_at, "then", interrupts_id, ended_as)
  SELECT 'application.' || stage, 'applications.application', application.id::text, area_code,
    holder_role, holder_organization_id, stage_since, application.due_at,
    CASE stage WHEN 'on_notice' THEN 'application.end_notice' ELSE '' END, paused.id, ''
  FROM applications_application AS application
    LEFT JOIN calendar_days_term AS paused ON paused.subject_type = 'applications.application'
      AND paused.subject_id = application.id::text AND paused.ended_at IS NULL
      AND stage = 'returned'
  WHERE application.due_at IS NOT NULL
  ORDER BY application.id;
UPDATE applications_application AS application SET term_id = term.id
  FROM calendar_days_term AS term
  WHERE subject_type = 'applications.application' AND subject_id = application.id::text
    AND ended_at IS NULL AND paused_at IS NULL;
"""
BACKWARD = """
UPDATE applications_application SET due_at = term.due_at, days_left_at_return = paused.days_left
  FROM calendar_days_term AS term
    LEFT JOIN calendar_days_term AS paused ON paused.id = term.interrupts_id
  WHERE term.id = term_id;
UPDATE applications_application SET term_id = NULL;
UPDATE calendar_days_term SET ended_at = now(), ended_as = 'overtaken'
  WHERE subject_type = 'applications.application' AND ended_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_application_points_to_its_term")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
