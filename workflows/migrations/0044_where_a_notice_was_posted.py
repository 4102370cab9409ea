"""Where a notice was posted, kept as it was entered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A posting is only added: by the guard of all that is.
GUARDS = """
CREATE TRIGGER kept_as_taken BEFORE UPDATE OR DELETE ON workflows_noticeposting
  FOR EACH ROW EXECUTE FUNCTION workflows_step_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON workflows_noticeposting
  FOR EACH STATEMENT EXECUTE FUNCTION workflows_step_guard();
"""
WITHOUT = """
DROP TRIGGER no_truncate ON workflows_noticeposting;
DROP TRIGGER kept_as_taken ON workflows_noticeposting;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0043_notices_are_numbered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticePosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("website", "政府网站"),
                            ("media", "报刊、广播电视、微信公众号等媒体"),
                            ("board", "乡镇（街道）、村（社区）公开栏"),
                            ("unit", "单位公开栏"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="公示渠道",
                    ),
                ),
                ("place", models.CharField(max_length=120, verbose_name="具体位置")),
                ("posted_by", models.CharField(max_length=60, verbose_name="张贴（发布）人")),
                ("posted_on", models.DateField(verbose_name="张贴（发布）日期")),
                ("role", models.CharField(max_length=24, verbose_name="角色")),
                ("request_key", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField(verbose_name="登记时间")),
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
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="workflows.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示张贴",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["website", "media", "board", "unit", "other"])
                        ),
                        name="notice_posting_channel_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, WITHOUT),
    ]
