"""An application that a township types from the signed paper of a unit; papers are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION applications_paper_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A signed paper is kept as it came.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_it_came BEFORE UPDATE OR DELETE ON applications_signedpaper
  FOR EACH ROW EXECUTE FUNCTION applications_paper_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON applications_signedpaper
  FOR EACH STATEMENT EXECUTE FUNCTION applications_paper_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON applications_signedpaper;
DROP TRIGGER kept_as_it_came ON applications_signedpaper;
DROP FUNCTION applications_paper_guard();
"""


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "Over applications: some thousands a county."}
    dependencies = [
        ("applications", "0022_captions_order_and_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_by", models.CharField(max_length=60, verbose_name="签字的单位负责人")),
                ("signed_on", models.DateField(verbose_name="签字日期")),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(verbose_name="上传时间")),
            ],
            options={
                "verbose_name": "签字纸质件",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="taken_over_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="接手时间"),
        ),
        migrations.AddField(
            model_name="application",
            name="typed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_over_at__isnull", True), ("typed_by__isnull", False), _connector="OR"
                ),
                name="application_taken_over_from_somebody",
            ),
        ),
        migrations.AddField(
            model_name="signedpaper",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="signedpaper",
            name="brought_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="signedpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_by", ""), _negated=True),
                name="signed_paper_is_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="signedpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="signed_paper_hash_is_one",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
