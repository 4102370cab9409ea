"""Every step of a notice is kept, and three people take it.

Notices from before keep the rule they were taken under: two people. What they say of their steps
becomes the beginning of their history.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A step is only added: whoever takes one back adds a row that says so.
FUNCTION = """
CREATE FUNCTION workflows_notice_step_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A step of a notice is kept as it was taken.'
    USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON workflows_noticestep
  FOR EACH ROW EXECUTE FUNCTION workflows_notice_step_guard();
"""
TAKEN = (
    ("proposed", "county_coordinator"),
    ("secrecy_reviewed", "secrecy_reviewer"),
    ("approved", "deciding_officer"),
    ("published", "notice_publisher"),
    ("register_closed", "objection_officer"),
)


def write_steps(apps: Any, _schema_editor: Any) -> None:
    """One row for each step that a notice tells of."""
    step = apps.get_model("workflows", "NoticeStep")
    for notice in apps.get_model("workflows", "Notice").objects.order_by("pk").iterator():
        step.objects.bulk_create(
            step(
                notice=notice,
                act=act,
                actor_id=getattr(notice, f"{act}_by_id"),
                role=role,
                at=getattr(notice, f"{act}_at"),
            )
            for act, role in TAKEN
            if getattr(notice, f"{act}_by_id") and getattr(notice, f"{act}_at")
        )


class Migration(migrations.Migration):
    accepted = {
        "NOT_NULL": "Notices of before keep the rule of their day; the processes stand still."
    }
    dependencies = [
        ("rounds", "0004_notice_people"),
        ("workflows", "0007_names_as_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("proposed", "提出"),
                            ("secrecy_reviewed", "保密审查"),
                            ("approved", "审批"),
                            ("published", "发布"),
                            ("sent_back", "退回"),
                            ("discarded", "作废"),
                            ("register_closed", "关闭异议登记"),
                        ],
                        max_length=20,
                        verbose_name="步骤",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("preparer", "填报人"),
                            ("head", "单位负责人"),
                            ("first_reviewer", "初审员"),
                            ("county_coordinator", "县级经办人"),
                            ("standards_manager", "标准管理员"),
                            ("verifier", "核查员"),
                            ("secrecy_reviewer", "保密审查人"),
                            ("notice_publisher", "公示发布人"),
                            ("objection_officer", "异议受理人"),
                            ("deciding_officer", "审定人"),
                            ("system_administrator", "系统管理员"),
                            ("security_administrator", "安全管理员"),
                            ("audit_administrator", "审计管理员"),
                        ],
                        max_length=24,
                        verbose_name="角色",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.TextField(blank=True, verbose_name="退回原因")),
                ("content", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "公示办理记录",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="people_asked",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="办理人数"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="people_asked",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="办理人数"),
        ),
        migrations.AddField(
            model_name="notice",
            name="sent_back_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="退回时间"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("people_asked__lt", 3),
                        ("secrecy_reviewed_by__isnull", True),
                        ("proposed_by__isnull", True),
                        models.Q(("secrecy_reviewed_by", models.F("proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("people_asked__lt", 3),
                        ("approved_by__isnull", True),
                        ("proposed_by__isnull", True),
                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("people_asked__lt", 3),
                        ("approved_by__isnull", True),
                        ("secrecy_reviewed_by__isnull", True),
                        models.Q(("approved_by", models.F("secrecy_reviewed_by")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("people_asked__lt", 3),
                        ("published_by__isnull", True),
                        ("approved_by__isnull", True),
                        models.Q(("published_by", models.F("approved_by")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="notice_is_taken_by_three_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("people_asked__lt", 4),
                    ("published_by__isnull", True),
                    ("secrecy_reviewed_by__isnull", True),
                    models.Q(("published_by", models.F("secrecy_reviewed_by")), _negated=True),
                    _connector="OR",
                ),
                name="notice_is_taken_by_four_where_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("people_asked__lt", 3),
                    ("register_closed_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("register_closed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="notice_register_is_not_closed_by_its_proposer",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_back_at__isnull", True),
                    models.Q(
                        ("approved_by__isnull", True),
                        ("published_by__isnull", True),
                        ("secrecy_reviewed_by__isnull", True),
                        ("status", "draft"),
                    ),
                    _connector="OR",
                ),
                name="notice_sent_back_stands_open_again",
            ),
        ),
        migrations.AddField(
            model_name="noticestep",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="noticestep",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="workflows.notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "proposed",
                            "secrecy_reviewed",
                            "approved",
                            "published",
                            "sent_back",
                            "discarded",
                            "register_closed",
                        ],
                    )
                ),
                name="notice_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "sent_back"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="notice_is_sent_back_with_its_reason",
            ),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION workflows_notice_step_guard();"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER kept_as_taken ON workflows_noticestep;"),
        migrations.RunPython(write_steps, migrations.RunPython.noop),
    ]
