"""What the events hold now is taken away where it was."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "DROP_COLUMN": "Events and deliveries hold it since; web and worker stop for an upgrade.",
        "DROP_TABLE": "One event a passage holds what the entries held.",
        "NOT_NULL": "Every message was given its event and where it leads.",
        "ADD_UNIQUE": "As the constraint before it, by seat instead of by entry.",
        "DROP_INDEX": "Web and worker stop for an upgrade: nobody waits for the table.",
        "CREATE_INDEX": "Built after the rows are carried over; nobody waits for the table.",
    }

    dependencies = [
        ("notifications", "0005_from_entries_to_events"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="message_once_a_person"),
        migrations.RemoveConstraint(
            model_name="message", name="message_that_waits_knows_until_when"
        ),
        migrations.RemoveIndex(model_name="message", name="message_email_waiting"),
        migrations.RemoveField(model_name="message", name="application"),
        migrations.RemoveField(model_name="message", name="email_answer"),
        migrations.RemoveField(model_name="message", name="email_attempts"),
        migrations.RemoveField(model_name="message", name="email_next_at"),
        migrations.RemoveField(model_name="message", name="email_state"),
        migrations.RemoveField(model_name="message", name="email_waits"),
        migrations.RemoveField(model_name="message", name="emailed_at"),
        migrations.RemoveField(model_name="message", name="entry"),
        migrations.RemoveField(model_name="event", name="decision_of_entries"),
        migrations.DeleteModel(name="OutboxEntry"),
        migrations.AlterField(
            model_name="message",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="notifications.event",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="leads_to",
            field=models.JSONField(),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("person", "event", "role"), name="message_once_a_person_and_seat"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["channel", "next_at"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("delivered_at__isnull", True)),
                fields=["id"],
                name="event_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject_type", "subject_id"], name="event_subject"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("asks_role", ""), _negated=True),
                fields=["asks_role", "asks_organization"],
                name="event_asks",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("message", "channel"), name="delivery_once_a_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sent", "failed", "withdrawn", "none"])
                ),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting"), _negated=True),
                    ("next_at__isnull", False),
                    _connector="OR",
                ),
                name="delivery_that_waits_knows_until_when",
            ),
        ),
    ]
