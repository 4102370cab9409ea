"""Events beside the outbox entries; the next migration fills them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {
        "NOT_NULL": "New tables, and columns of messages with a default; web and worker stop for "
        "an upgrade.",
    }

    dependencies = [
        ("organizations", "0001_initial"),
        ("notifications", "0003_state_of_each_delivery"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=60, verbose_name="动作")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=40)),
                ("subject_label", models.CharField(max_length=300, verbose_name="对象")),
                ("page", models.JSONField()),
                (
                    "jurisdiction_code",
                    models.CharField(blank=True, max_length=12, verbose_name="区划代码"),
                ),
                ("actor_role", models.CharField(max_length=24, verbose_name="角色")),
                ("said", models.JSONField(verbose_name="内容")),
                ("parties", models.JSONField(default=dict)),
                ("asks_role", models.CharField(blank=True, max_length=24)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("delivered_at", models.DateTimeField(null=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asks_organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                # Leads from an entry to its event while the rows are carried over.
                ("decision_of_entries", models.BigIntegerField(null=True, db_index=True)),
            ],
            options={"verbose_name": "事件", "ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20, verbose_name="渠道")),
                (
                    "state",
                    models.CharField(default="waiting", max_length=12, verbose_name="状态"),
                ),
                ("next_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("waits", models.PositiveSmallIntegerField(default=0)),
                ("answer", models.CharField(blank=True, max_length=200)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="notifications.message",
                    ),
                ),
            ],
            options={"verbose_name": "发送", "ordering": ["pk"]},
        ),
        migrations.AddField(
            model_name="message",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="notifications.event",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="role",
            field=models.CharField(blank=True, default="", max_length=24, verbose_name="角色"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="message",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organization",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="asks_to_act",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="leads_to",
            field=models.JSONField(null=True),
        ),
    ]
