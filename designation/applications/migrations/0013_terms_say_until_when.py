from django.db import migrations


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "The term says it since; web and worker stop for an upgrade.",
        "DROP_INDEX": "Of the columns that go.",
    }
    dependencies = [("applications", "0012_terms_that_run")]

    operations = [
        migrations.RemoveIndex("application", "application_holder__9bbf9a_idx"),
        migrations.RemoveIndex("application", "application_stage_157200_idx"),
        migrations.RemoveField("application", "days_left_at_return"),
        migrations.RemoveField("application", "due_at"),
    ]
