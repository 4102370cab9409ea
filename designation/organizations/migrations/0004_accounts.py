"""A person belongs to the area that entered them; failed sign-ins are counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    accepted = {"CREATE_INDEX": "On person.jurisdiction, empty until now: nothing to sort."}
    dependencies = [
        ("organizations", "0003_former_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="jurisdiction",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="organizations.jurisdiction",
                verbose_name="所属辖区",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="must_change_password",
            field=models.BooleanField(default=False, verbose_name="须修改密码"),
        ),
        migrations.AddField(
            model_name="person",
            name="password_links",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="FailedSignIns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
                ("before", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failed_sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "登录失败",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person",),
                        name="failed_sign_ins_one_row_an_account",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
