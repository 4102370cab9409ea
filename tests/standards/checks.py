"""Small standards for the tests of the engine: one check of each kind, and one made to order."""

from standards.engine import evaluation as ev

KINDS = {
    "number_at_least": (3, "人"),
    "number_at_most": (0, "人"),
    "percent_at_least": (80, "%"),
    "percent_at_most": (10, "%"),
    "must_be_true": (True, "boolean"),
    "must_be_false": (False, "boolean"),
    "frequency_per_year_at_least": (2, "次/年"),
    "frequency_per_month_at_least": (1, "次/月"),
    "age_at_most": (40, "岁"),
    "declared_qualitative": (None, "text"),
}


def check(kind, *, code="NC-01-C1", **fields):
    threshold, unit = KINDS[kind]
    fields = {"threshold": threshold, "unit": unit, "strict": True, **fields}
    return ev.Check(code=code, item_code=code.rpartition("-")[0], kind=kind, **fields)


def standard(*checks):
    items = {}
    for each in checks:
        items.setdefault(each.item_code, []).append(each)
    section = ev.Section(
        "一、",
        "政治、服务功能完备",
        tuple(ev.Item(code, "条文", tuple(members)) for code, members in items.items()),
    )
    return ev.Standard("NC", 1, (section,))


def judge(one, value, stage="self_assessment"):
    """The report on one check with one value; no value is given when it is ``...``."""
    answers = {} if value is ... else {one.code: value}
    return ev.evaluate(standard(one), answers, stage)


def reason(one, value, stage="self_assessment"):
    """Why the value does not satisfy the check, or None."""
    findings = judge(one, value, stage).findings
    return findings[0].reason if findings else None
