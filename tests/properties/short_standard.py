"""A village standard of three items, so that a step of a random walk costs milliseconds."""

from designation.site import clock
from standards.categories import Category
from standards.loading import read_check
from standards.models import Check, Item, Section, StandardVersion
from standards.publishing import publish

NUMBER = 900
# A strict figure, an advisory share, a yes, and a judgement in words.
CHECKS = {
    "NC-01": [("number_at_least", "strict", 3), ("percent_at_least", "advisory", 80)],
    "NC-02": [("must_be_true", "strict", None)],
    "NC-03": [("declared_qualitative", "strict", None)],
}
CODES = tuple(CHECKS)
UNITS = {"number_at_least": "人", "percent_at_least": "%", "must_be_true": "boolean"}
FAILING = {
    "number_at_least": 0,
    "percent_at_least": 10,
    "must_be_true": False,
    "declared_qualitative": "fails",
}


def publish_short_standard():
    """Put the short standard in the place of the published one for villages."""
    version = StandardVersion.objects.create(
        category=Category.NC,
        number=NUMBER,
        title_zh="三条标准",
        heading_printed="三条标准",
        provenance=StandardVersion.Provenance.DRAFTED,
    )
    section = Section.objects.create(version=version, order=1, title_printed="三条")
    for order, (code, checks) in enumerate(CHECKS.items(), start=1):
        item = Item.objects.create(
            version=version, section=section, order=order, code=code, text=code
        )
        Check.objects.bulk_create(_checks(item, checks))
    publish(version, at=clock.now())
    return version


def _checks(item, checks):
    for order, (kind, strictness, threshold) in enumerate(checks, start=1):
        check = read_check(
            {
                "code": f"{item.code}-C{order}",
                "kind": kind,
                "metric": kind,
                "metric_zh": kind,
                "metric_en": kind,
                "unit": UNITS.get(kind, "text"),
                "threshold": threshold,
                "strictness": strictness,
                "scope": "current",
                "phrase": item.text,
            }
        )
        check.item, check.order = item, order
        yield check


def failing_value(check):
    """A value that fits the type of ``check`` and misses its standard."""
    return FAILING[check.kind]
