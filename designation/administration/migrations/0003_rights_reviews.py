"""Reviews of rights: a verdict is kept as it was given, and so is what was finished."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION administration_review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A review of rights is kept as it was made.'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_said BEFORE UPDATE ON administration_reviewedseat
  FOR EACH ROW WHEN (OLD.verdict <> '' OR OLD.seat_id <> NEW.seat_id OR OLD.review_id <> NEW.review_id)
  EXECUTE FUNCTION administration_review_guard();
CREATE TRIGGER not_deleted BEFORE DELETE ON administration_reviewedseat
  FOR EACH ROW EXECUTE FUNCTION administration_review_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON administration_reviewedseat
  FOR EACH STATEMENT EXECUTE FUNCTION administration_review_guard();
CREATE TRIGGER kept_as_finished BEFORE UPDATE ON administration_rightsreview
  FOR EACH ROW WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION administration_review_guard();
CREATE TRIGGER not_deleted BEFORE DELETE ON administration_rightsreview
  FOR EACH ROW EXECUTE FUNCTION administration_review_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON administration_rightsreview
  FOR EACH STATEMENT EXECUTE FUNCTION administration_review_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON administration_rightsreview;
DROP TRIGGER not_deleted ON administration_rightsreview;
DROP TRIGGER kept_as_finished ON administration_rightsreview;
DROP TRIGGER no_truncate ON administration_reviewedseat;
DROP TRIGGER not_deleted ON administration_reviewedseat;
DROP TRIGGER kept_as_said ON administration_reviewedseat;
DROP FUNCTION administration_review_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0002_first_day"),
        ("organizations", "0012_unused_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="季度")),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.jurisdiction",
                        verbose_name="辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "权限复核",
                "ordering": ["-begins_on", "jurisdiction__code"],
            },
        ),
        migrations.CreateModel(
            name="ReviewedSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "保留"), ("withdrawn", "收回"), ("ended", "已另行终止")],
                        max_length=12,
                        verbose_name="复核结果",
                    ),
                ),
                ("shown", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.seat",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="administration.rightsreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核的岗位",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="rightsreview",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "begins_on"), name="rights_review_once_a_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("finished_by__isnull", True)),
                    models.Q(("finished_at__isnull", False), ("finished_by__isnull", False)),
                    _connector="OR",
                ),
                name="rights_review_is_finished_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedseat",
            constraint=models.UniqueConstraint(
                fields=("review", "seat"), name="reviewed_seat_once_a_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at__isnull", True), ("by__isnull", True), ("verdict", "")),
                    models.Q(
                        ("at__isnull", False),
                        ("by__isnull", False),
                        ("verdict__in", ["kept", "withdrawn"]),
                    ),
                    models.Q(("at__isnull", False), ("by__isnull", True), ("verdict", "ended")),
                    _connector="OR",
                ),
                name="reviewed_seat_says_who_and_when",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
