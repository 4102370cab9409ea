"""Many submissions at once, written as rows: what came through the door long ago."""

from itertools import islice

from designation.applications.models import Application, Stage, Submission
from designation.organizations.models import Organization
from designation.site import clock
from standards.catalogue import published

_AT_ONCE = 2_000


def frozen(standard, answers, note="", evidence=()):
    """The content of a submission with ``answers`` by check code."""
    return {
        "standard": None,
        "summary": "",
        "answers": {
            item.code: {
                "values": {c.code: answers[c.code] for c in item.checks if c.code in answers},
                "conclusion": "met",
                "note": note,
            }
            for item in standard.items
        },
        "evidence": list(evidence),
    }


def hand_in(county, contents, stage=Stage.SUBMITTED):
    """One village with a submission for each of ``contents``; the applications' keys in order."""
    remaining, keys = iter(contents), []
    while some := list(islice(remaining, _AT_ONCE)):
        keys += _write(county, some, stage, len(keys))
    return keys


def _write(county, contents, stage, counted):
    now, standard = clock.now(), county.round_category.standard
    villages = Organization.objects.bulk_create(
        Organization(
            name_zh=f"第{counted + n}号村党支部",
            category=county.round_category.category,
            jurisdiction=county.village.jurisdiction,
            superior=county.township,
        )
        for n in range(len(contents))
    )
    rows = Application.objects.bulk_create(
        Application(
            round=county.round,
            organization=village,
            category=county.round_category.category,
            standard=standard,
            reviewing_body=county.township,
            area_code=village.jurisdiction.code,
            stage=Stage.DRAFT,
            stage_since=now,
            created_at=now,
            created_by=county.preparer,
        )
        for village in villages
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            application=row,
            number=1,
            content=content,
            sha256="0" * 64,
            submitted_at=now,
            submitted_by=county.preparer,
        )
        for row, content in zip(rows, contents, strict=True)
    )
    for row, submission in zip(rows, submissions, strict=True):
        row.submission, row.stage = submission, stage
    Application.objects.bulk_update(rows, ["submission", "stage"], batch_size=500)
    return [row.pk for row in rows]


def passing(county):
    """Answers that meet every check of the round's standard, by check code."""
    from .course import passing_value

    standard = published(county.round_category.standard_id)
    return {check.code: passing_value(check) for check in standard.checks}
