"""Which document numbers a county has given: a row each, only added."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION papers_given_number_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A number that was given stays given.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays_given BEFORE UPDATE OR DELETE ON papers_givennumber
  FOR EACH ROW EXECUTE FUNCTION papers_given_number_guard();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON papers_givennumber
  FOR EACH STATEMENT EXECUTE FUNCTION papers_given_number_guard();
"""
BACKWARD = """
DROP TRIGGER no_truncate ON papers_givennumber;
DROP TRIGGER stays_given ON papers_givennumber;
DROP FUNCTION papers_given_number_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0002_sealed_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("county", models.CharField(max_length=12)),
                ("number", models.CharField(max_length=80, verbose_name="发文字号")),
                ("kind", models.CharField(max_length=24, verbose_name="文书")),
                ("whose", models.CharField(max_length=120, verbose_name="谁的文书")),
                ("dated_on", models.DateField(verbose_name="文件日期")),
                ("given_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "发文字号",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county", "number"), name="document_number_given_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
