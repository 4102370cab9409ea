"""What organizations state, and what they handed in: a few variants, filled in for each."""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from types import SimpleNamespace
from typing import Any

from django.db import connection

from designation.applications import receipts, submissions
from designation.applications.models import Answer, Conclusion, Receipt, Submission
from standards import catalogue
from standards.models import Item

from . import evidence
from .course import IS_CONFIRMED, MET_ON, TERM_BEGAN_ON, VARIANTS, summary
from .rounds import standards
from .rows import insert, literal, run

_NOTES = (
    "党支部按标准逐条对照检查，有会议记录、活动台账和照片，材料存党群服务中心备查。",
    "每季度由支部委员会研究一次，结果在公开栏公示，党员群众可以查阅。",
    "",
    "上年度检查中提出的问题已整改完毕，整改报告见佐证材料。",
)
_SAID = "已按要求落实，责任到人，有会议记录和照片可查。"
# The variant in which a figure was missed, as the organization itself says.
_MISSED = VARIANTS - 1
_HUNDRED = 100
# How many receipts are written at once.
_RECEIPTS = 2_000
# Stand in a variant's text for what differs from application to application.
_BY, _FIRST, _LAST = "⟦by⟧", "⟦first⟧", "⟦last⟧"
_ORGANIZATION, _ROUND, _SUMMARY, _MET = "⟦organization⟧", "⟦round⟧", "⟦summary⟧", "⟦met⟧"


def stated(check: Any, variant: int, *, on_site: bool = False) -> Any:
    """A value of ``check`` in its JSON form: it passes, in the last variant just not."""
    kind = check.kind
    if kind == "declared_qualitative":
        return "conforms" if on_site else _SAID
    if not _is_figure(check):
        return kind != "must_be_false"
    if check.rate:
        return dict.fromkeys(check.rate, max(check.least, 1))
    return _figure(check, variant)


def _is_figure(check: Any) -> bool:
    return check.threshold is not None and not isinstance(check.threshold, bool)


def _figure(check: Any, variant: int) -> int | float:
    away = variant % 5
    if "at_most" in check.kind:
        return check.threshold + 1 if variant == _MISSED else max(check.threshold - away, 0)
    if variant == _MISSED:
        return max(check.threshold - 1, 0)
    most = _HUNDRED if check.kind.startswith("percent") else float("inf")
    return min(check.threshold + away, max(most, check.threshold))


def _variants() -> Iterator[tuple[str, int, Item, Any]]:
    for category, pk in standards().items():
        rules = catalogue.published(pk)
        for item in Item.objects.filter(version=pk).order_by("order"):
            for variant in range(VARIANTS):
                yield category, variant, item, rules.item(item.code)


def lay_out() -> None:
    """made_answer: what is said on an item in each variant, before and on site."""
    run(
        "CREATE TEMP TABLE made_answer (category text, variant int, item_id bigint, place int,"
        " said jsonb, found jsonb, met text, note text, written text, measured text) ON COMMIT DROP"
    )
    # Read first: nothing else may be asked of the connection while rows are copied.
    variants = list(_variants())
    with connection.cursor() as cursor, cursor.copy("COPY made_answer FROM STDIN") as copy:
        for category, variant, item, rules in variants:
            copy.write_row(
                (
                    category,
                    variant,
                    item.pk,
                    item.order,
                    json.dumps(said := _said(rules, variant), ensure_ascii=False),
                    json.dumps(found := _said(rules, variant, on_site=True), ensure_ascii=False),
                    _conclusion(rules, variant),
                    note := _NOTES[(variant + item.order) % len(_NOTES)],
                    _written([*said, "conclusion", *(["note"] if note else [])]),
                    _written([*found, "verdict"]),
                )
            )
    run("ANALYZE made_answer")


def _said(rules: Any, variant: int, *, on_site: bool = False) -> dict[str, Any]:
    return {check.code: stated(check, variant, on_site=on_site) for check in rules.checks}


def _conclusion(rules: Any, variant: int) -> str:
    figures = any(_is_figure(check) and not check.rate for check in rules.checks)
    return Conclusion.NOT_MET if figures and variant == _MISSED else Conclusion.MET


def _written(names: list[str]) -> str:
    author = {"by": _BY, "first": _FIRST, "last": _LAST, "saves": 1}
    return json.dumps(dict.fromkeys(names, author), ensure_ascii=False)


def moment_text(expression: str) -> str:
    """A moment as the record keeps it in JSON."""
    return f"""to_char(({expression}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || '+00:00'"""


def authored(template: str, by: str, at: str) -> str:
    """``template`` of who wrote which field, with the person and the moment filled in."""
    with_author = f"""replace({template}, '"{_BY}"', ({by})::text)"""
    first = f"replace({with_author}, '{_FIRST}', {moment_text(at)})"
    return f"replace({first}, '{_LAST}', {moment_text(at)})::jsonb"


def write() -> int:
    """An answer an item; a draft of the present round is filled in so far."""
    saved_at = "date_trunc('second', begun_at + place * interval '2 minutes')"
    return insert(
        "applications.Answer",
        "made_case JOIN made_answer USING (category, variant)"
        f" WHERE {IS_CONFIRMED} OR place <= i % 24 ORDER BY made_case.id, place",
        id="row_number() OVER (ORDER BY made_case.id, place)",
        application_id="made_case.id",
        item_id="item_id",
        values="said",
        conclusion="met",
        note="note",
        written=authored("written", "preparer_id", saved_at),
        saved_at=saved_at,
        saved_by_id="preparer_id",
    )


def write_submissions() -> int:
    """What was handed in, frozen as the course freezes it, each with its own hash."""
    run("CREATE TEMP TABLE made_content (category text, variant int, frozen text) ON COMMIT DROP")
    for category, pk in standards().items():
        for variant in range(VARIANTS):
            run(
                "INSERT INTO made_content VALUES (%s, %s, %s)",
                [category, variant, _canonical(_frozen(pk, variant))],
            )
    text = "frozen"
    for mark, value in (
        (_ORGANIZATION, "name"),
        (_ROUND, "rounds_round.name_zh"),
        (_SUMMARY, summary()),
        (_MET, f"({MET_ON})::text"),
        *evidence.LISTED,
    ):
        text = f"replace({text}, {literal(mark)}, {value})"
    return insert(
        "applications.Submission",
        f"""(SELECT made_submission.*, {text} AS content, path, fate, i
          FROM made_submission JOIN made_case ON made_case.id = case_id
            JOIN made_content USING (category, variant)
            JOIN rounds_round ON rounds_round.id = round_id) AS each ORDER BY id""",
        id="id",
        application_id="case_id",
        number="number",
        content="content::jsonb",
        sha256="encode(sha256(convert_to(content, 'UTF8')), 'hex')",
        submitted_at="at",
        submitted_by_id="actor_id",
        opened_at="CASE WHEN fate <> 'submitted' OR i % 2 = 0 THEN at + interval '1 hour' END",
    )


def write_receipts() -> None:
    """Of each submission, by the course's own rule."""
    rows = Submission.objects.defer("content").order_by("pk").iterator(chunk_size=_RECEIPTS)
    while some := list(islice(rows, _RECEIPTS)):
        Receipt.objects.bulk_create(
            Receipt(submission=one, number=receipts.number_of(one), given_at=one.submitted_at)
            for one in some
        )


def _frozen(pk: int, variant: int) -> dict[str, Any]:
    """The content of a submission by the course's own function, with marks for what differs."""
    application = SimpleNamespace(
        organization=SimpleNamespace(name_zh=_ORGANIZATION),
        round=SimpleNamespace(name_zh=_ROUND),
        standard_id=pk,
        summary=_SUMMARY,
        approving_meeting_on=_MET,
        term_began_on=TERM_BEGAN_ON,
    )
    rules = catalogue.published(pk)
    answers = [
        Answer(
            item=item,
            values=_said(rules.item(item.code), variant),
            conclusion=_conclusion(rules.item(item.code), variant),
            note=_NOTES[(variant + item.order) % len(_NOTES)],
        )
        for item in Item.objects.filter(version=pk).order_by("order")
    ]
    return submissions.content(application, answers, evidence.frozen(pk))  # type: ignore[arg-type]


def _canonical(content: dict[str, Any]) -> str:
    """The text that ``submissions.digest`` hashes."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != submissions.digest(content):
        raise RuntimeError("A submission's canonical text is another now: write it so here too.")
    return text
