"""From when on an account counts as unused, and what was done about it.

Of who never signed in until now it is counted from the day of this update: nobody is switched off
for what nobody knew of. Anybody is told before.
"""

from datetime import date

from django.db import migrations, models

USED_ON = """
UPDATE organizations_person
   SET used_on = COALESCE((last_login AT TIME ZONE 'Asia/Shanghai')::date, CURRENT_DATE)
"""


class Migration(migrations.Migration):
    accepted = {"NOT_NULL": "Filled here for everybody; the processes stand still for an update."}

    dependencies = [
        ("organizations", "0011_last_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="unused_off_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="久未登录停用"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="unused_told_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="used_on",
            field=models.DateField(
                blank=True, default=date(2026, 11, 27), editable=False, verbose_name="最近使用"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unused_off_on__isnull", True), ("is_active", False), _connector="OR"
                ),
                name="person_switched_off_unused_is_off",
            ),
        ),
        migrations.RunSQL(USED_ON, migrations.RunSQL.noop),
    ]
