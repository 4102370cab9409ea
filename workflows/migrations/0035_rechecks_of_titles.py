"""Re-checks of titles: the draw of a year, what happens in each, and the yearly self-report."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = "".join(
    f"""
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION workflows_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
    for table in ("workflows_draw", "workflows_recheckstep")
)
BACKWARD = "".join(
    f"""
DROP TRIGGER no_truncate ON {table};
DROP TRIGGER kept_as_taken ON {table};
"""
    for table in ("workflows_draw", "workflows_recheckstep")
)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0012_unused_accounts"),
        ("register", "0011_what_stands_against_a_title"),
        ("workflows", "0034_told_of_the_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("listed", models.JSONField(verbose_name="抽取名单")),
                ("digest", models.CharField(max_length=64, verbose_name="名单摘要")),
                ("seed", models.CharField(max_length=80, verbose_name="抽取种子")),
                ("source", models.CharField(max_length=200, verbose_name="种子来源")),
                ("count", models.PositiveIntegerField(verbose_name="抽取数")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="抽取时间")),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
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
                    ),
                ),
            ],
            options={
                "verbose_name": "年度抽取",
                "ordering": ["-year", "jurisdiction"],
            },
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("why", models.CharField(max_length=12, verbose_name="复核事由")),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("until", models.DateField(verbose_name="有效期至")),
                ("due_on", models.DateField(verbose_name="办结期限")),
                ("standing", models.CharField(default="due", max_length=12, verbose_name="状态")),
                (
                    "outcome",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="结论"),
                ),
                ("at", models.DateTimeField(verbose_name="列入时间")),
                (
                    "draw",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="workflows.draw",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rechecks",
                        to="register.designation",
                    ),
                ),
                (
                    "title_step",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recheck",
                        to="register.titlestep",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recheck",
                        to="workflows.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核",
                "ordering": ["-year", "due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RecheckStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=12, verbose_name="步骤")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                (
                    "outcome",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="结论"),
                ),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("request_key", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recheck",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workflows.recheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "复核办理记录",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SelfReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("due_on", models.DateField(verbose_name="上报期限")),
                ("changes", models.JSONField(blank=True, default=dict, verbose_name="变化情况")),
                (
                    "handed_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="上报时间"),
                ),
                ("excused_at", models.DateTimeField(blank=True, null=True)),
                ("role", models.CharField(blank=True, max_length=24, verbose_name="角色")),
                ("at", models.DateTimeField(verbose_name="要求时间")),
                (
                    "acted_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_reports",
                        to="workflows.draw",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_reports",
                        to="register.designation",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度自查",
                "ordering": ["-year", "due_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                fields=("jurisdiction", "year"), name="draw_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seed", ""), _negated=True), models.Q(("source", ""), _negated=True)
                ),
                name="draw_says_its_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.UniqueConstraint(
                fields=("title", "year"), name="recheck_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draw__isnull", False), ("why", "drawn")),
                    ("why", "last_year"),
                    models.Q(
                        ("draw__isnull", True),
                        ("why", "reason"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="recheck_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing__in", ["due", "dropped"]), ("visit__isnull", False), _connector="OR"
                ),
                name="recheck_goes_on_after_its_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="recheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("standing", "concluded"), ("outcome", "kept"), ("title_step__isnull", True)
                    ),
                    models.Q(
                        ("standing", "concluded"),
                        ("outcome__in", ("warned", "ordered", "revoked")),
                        ("title_step__isnull", False),
                    ),
                    models.Q(
                        ("outcome", "proposed"),
                        ("standing", "proposed"),
                        ("title_step__isnull", True),
                    ),
                    models.Q(
                        models.Q(("standing__in", ["concluded", "proposed"]), _negated=True),
                        ("outcome", ""),
                        ("title_step__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="recheck_says_what_becomes_of_the_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfreport",
            constraint=models.UniqueConstraint(
                fields=("title", "year"), name="self_report_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="selfreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", True), ("handed_in_at__isnull", True), ("role", "")),
                    models.Q(
                        ("actor__isnull", False),
                        ("excused_at__isnull", True),
                        ("handed_in_at__isnull", False),
                        models.Q(("role", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="self_report_is_somebodys",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
