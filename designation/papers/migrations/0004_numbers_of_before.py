"""The numbers that documents on record bear are given; of two alike, to the earlier."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.utils import timezone

from designation.papers import numbers

# Of a division code, what names its county.
_COUNTY = 6


def _decisions(apps: Any) -> Iterator[Any]:
    rows = apps.get_model("register", "DesignationDecision").objects
    for row in rows.select_related("round__jurisdiction"):
        if row.round_id is not None:
            codes = {row.round.jurisdiction.code}
        else:
            codes = set(row.designations.values_list("jurisdiction__code", flat=True))
        for code in codes:
            yield code, row.document_number, "decision", row.deciding_body, row.decided_on


def _steps(apps: Any) -> Iterator[Any]:
    rows = apps.get_model("register", "TitleStep").objects.exclude(document_number="")
    for row in rows.select_related("title__jurisdiction"):
        of = (f"title.{row.act}", row.deciding_body, row.effective_on)
        yield row.title.jurisdiction.code, row.document_number, *of


def _liftings(apps: Any) -> Iterator[Any]:
    rows = apps.get_model("register", "BarLifting").objects
    for row in rows.select_related("organization__jurisdiction"):
        of = ("bar.lift", row.deciding_body, row.decided_on)
        yield row.organization.jurisdiction.code, row.document_number, *of


def give(apps: Any, _editor: Any) -> None:
    borne = [*_decisions(apps), *_steps(apps), *_liftings(apps)]
    given, at = apps.get_model("papers", "GivenNumber"), timezone.now()
    read = ((numbers.read(number), code, of) for code, number, *of in sorted(borne, key=_by_day))
    given.objects.bulk_create(
        (
            given(
                county=code[:_COUNTY],
                number=str(number),
                kind=kind,
                whose=whose.strip(),
                dated_on=on,
                given_at=at,
            )
            for number, code, (kind, whose, on) in read
            if number is not None
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _by_day(row: Any) -> Any:
    return row[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0003_given_numbers"),
        ("register", "0013_found_by_initials"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
