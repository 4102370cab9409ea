"""The application form as it was signed and sealed: one stands, what it replaced is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION applications_signed_page_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.replaced_at IS NULL
      AND to_jsonb(NEW) - 'replaced_at' = to_jsonb(OLD) - 'replaced_at' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'A signed page is kept as it was brought.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept_as_brought BEFORE UPDATE OR DELETE ON applications_signedpage
  FOR EACH ROW EXECUTE FUNCTION applications_signed_page_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON applications_signedpage
  FOR EACH STATEMENT EXECUTE FUNCTION applications_signed_page_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON applications_signedpage;
DROP TRIGGER kept_as_brought ON applications_signedpage;
DROP FUNCTION applications_signed_page_guard();
"""


def _kept(to: str, **more: bool) -> models.ForeignKey:
    way = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=way, related_name="+", to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0020_receipts_of_before"),
        ("evidence", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("brought_at", models.DateTimeField(verbose_name="上传时间")),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_pages",
                        to="applications.application",
                    ),
                ),
                ("brought_by", _kept(settings.AUTH_USER_MODEL)),
                ("entry", _kept("evidence.libraryentry")),
                ("submission", _kept("applications.submission", blank=True, null=True)),
            ],
            options={
                "verbose_name": "签章页",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("application",),
                        name="signed_page_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_at__isnull", True),
                            ("replaced_at__gte", models.F("brought_at")),
                            _connector="OR",
                        ),
                        name="signed_page_replaced_after_it_was_brought",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
