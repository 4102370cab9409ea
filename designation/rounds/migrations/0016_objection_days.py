"""In how many days objections are handled is each round's to say."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0015_how_long_a_notice_is_shown"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="objection_answer_days",
            field=models.PositiveSmallIntegerField(
                db_default=5,
                default=5,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="办结后答复异议人的期限（工作日）",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="objection_days",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="调查异议的期限（工作日）",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="objection_longer_days",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="经批准最多延长调查（工作日）",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="objection_receive_days",
            field=models.PositiveSmallIntegerField(
                db_default=2,
                default=2,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="受理异议的期限（工作日）",
            ),
        ),
    ]
