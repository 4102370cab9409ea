"""What was handed in before there were receipts has its own, by the same rule."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _number(submission: Any) -> str:
    year = submission.submitted_at.astimezone(SHANGHAI).year
    serial, product = f"{submission.pk:06}", 10
    for digit in f"{year}{serial}":
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return f"{year}-{serial}-{(11 - product) % 10}"


def forward(apps: Any, _schema_editor: Any) -> None:
    Receipt = apps.get_model("applications", "Receipt")
    submissions = apps.get_model("applications", "Submission").objects.filter(receipt=None)
    Receipt.objects.bulk_create(
        Receipt(submission=one, number=_number(one), given_at=one.submitted_at)
        for one in submissions.defer("content").iterator(500)
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0019_receipts")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
