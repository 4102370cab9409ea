"""How many applications a second one core judges by the village standard (79 checks).

Reads our own data file, so it needs no database: ``python -m benchmarks.evaluation``.
"""

import statistics
import time
from typing import Any

import django
import yaml
from django.conf import settings

APPLICATIONS = 2_000
REPEATS = 7
WANTED = 5_000


def village_standard() -> Any:
    """The village standard as a round uses it: every local term defined, its vetoes in force."""
    from standards.catalogue import rule_of
    from standards.engine.evaluation import Item, Section, Standard
    from standards.loading import DATA, read_check

    data = yaml.safe_load((DATA / "NC.yaml").read_text(encoding="utf-8"))
    sections = tuple(
        Section(
            section["number_printed"],
            section["title_printed"],
            tuple(
                Item(
                    item["code"],
                    item["text"],
                    tuple(rule_of(read_check(check), item["code"]) for check in item["checks"]),
                )
                for item in section["items"]
            ),
        )
        for section in data["sections"]
    )
    standard = Standard("NC", 1, sections)
    return standard.configured(
        vetoes={check.code: "文件" for check in standard.checks if check.kind == "must_be_false"},
        local_terms={check.local_term: "释义" for check in standard.checks},
    )


def passing_answers(standard: Any) -> dict[str, Any]:
    plain = {"must_be_true": True, "must_be_false": False, "declared_qualitative": "已落实。"}
    return {check.code: plain.get(check.kind, check.threshold) for check in standard.checks}


def applications(standard: Any) -> list[dict[str, Any]]:
    """Most values pass; every tenth application misses its figures and leaves gaps."""
    good = passing_answers(standard)
    made = []
    for number in range(APPLICATIONS):
        answers = dict(good)
        if number % 10 == 0:
            answers |= {"NC-09-C2": 70, "NC-09-C3": 12, "NC-13-C2": 250, "NC-03-C4": True}
            del answers["NC-01-C1"], answers["NC-23-C2"]
        made.append(answers)
    return made


def per_second(standard: Any, cases: list[dict[str, Any]]) -> float:
    """Full evaluations a second: the median of several passes over all cases."""
    from standards.engine.evaluation import evaluate

    speeds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        for answers in cases:
            evaluate(standard, answers, "self_assessment")
        speeds.append(len(cases) / (time.perf_counter() - begun))
    return statistics.median(speeds)


def main() -> None:
    if not settings.configured:
        settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "standards"])
        django.setup()
    standard = village_standard()
    speed = per_second(standard, applications(standard))
    print(f"evaluate(), village standard, {len(standard.checks)} checks, one core:")
    print(f"  {speed:,.0f} applications a second (wanted: at least {WANTED:,})")


if __name__ == "__main__":
    main()
