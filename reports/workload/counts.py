"""What a round cost those who filled in and reviewed, and how far their hands agree.

Computed from what is recorded anyway, by round and category: nobody is watched, and no figure is
of one person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Room, Submission, WorkTally
from designation.applications.work import LEAST, Median
from designation.rounds.models import Round

from .agreement import Agreement, percent

# What the product aims at, held by nobody: minutes to fill in, in a county's first round of a
# category and in the ones after it, for so many of a hundred; and at most so many returned.
FIRST_YEAR_MINUTES, LATER_MINUTES = 20, 10
IN_TIME_PERCENT = 90
RETURNED_PERCENT = 10

_OF_THE_ROUND = "a.round_id = %(round)s AND (%(category)s = '' OR a.category = %(category)s)"

# A correction of an item that came without a file or a published page.
WITHOUT_EVIDENCE = """NOT before.content -> 'evidence' @>
    jsonb_build_array(jsonb_build_object('items', jsonb_build_array(i.code)))
    AND NOT coalesce(before.content -> 'links' @>
      jsonb_build_array(jsonb_build_object('item', i.code)), false)"""

# A return that a gate could have seen: the item came without a file or a published page. The
# submission after the returned one says whether a figure or the conclusion was wrong.
_RETURNS = f"""
SELECT a.category, i.code, count(*),
  count(*) FILTER (WHERE {WITHOUT_EVIDENCE}),
  count(*) FILTER (WHERE after.id IS NOT NULL AND (
    after.content #> ARRAY['answers', i.code, 'values']
      IS DISTINCT FROM before.content #> ARRAY['answers', i.code, 'values']
    OR after.content #> ARRAY['answers', i.code, 'conclusion']
      IS DISTINCT FROM before.content #> ARRAY['answers', i.code, 'conclusion']))
FROM workflows_correction c
JOIN applications_application a ON a.id = c.application_id
JOIN standards_item i ON i.id = c.item_id
JOIN workflows_decision d ON d.id = c.decision_id
LEFT JOIN applications_submission before ON before.id = d.submission_id
LEFT JOIN applications_submission after
  ON after.application_id = before.application_id AND after.number = before.number + 1
WHERE c.taken_back_at IS NULL AND {_OF_THE_ROUND}
GROUP BY a.category, i.code
"""  # noqa: S608 - constants of this module

# Each hand's verdict on an item: as handed in, as marked in force, as found on site.
_PAIRS = f"""
WITH own AS (
  SELECT a.id AS application_id, a.category, answers.key AS code,
    answers.value ->> 'conclusion' AS verdict
  FROM applications_application a
  JOIN applications_submission s ON s.id = a.submission_id
  CROSS JOIN LATERAL jsonb_each(s.content -> 'answers') AS answers
  WHERE {_OF_THE_ROUND}
), review AS (
  SELECT a.id AS application_id, a.category, i.code, m.verdict
  FROM workflows_itemmark m
  JOIN applications_application a ON a.id = m.application_id
  JOIN standards_item i ON i.id = m.item_id
  WHERE m.voided_at IS NULL AND m.released_at IS NOT NULL AND {_OF_THE_ROUND}
), site AS (
  SELECT a.id AS application_id, a.category, i.code, f.verdict
  FROM workflows_measurement f
  JOIN workflows_visit v ON v.id = f.visit_id
  JOIN applications_application a ON a.id = v.application_id
  JOIN standards_item i ON i.id = f.item_id
  WHERE v.released_at IS NOT NULL AND v.closed_at IS NULL AND f.verdict <> ''
    AND {_OF_THE_ROUND}
)
SELECT 'own_review', category, code, own.verdict, review.verdict, count(*)
FROM own JOIN review USING (application_id, category, code)
GROUP BY category, code, own.verdict, review.verdict
UNION ALL
SELECT 'own_site', category, code, own.verdict, site.verdict, count(*)
FROM own JOIN site USING (application_id, category, code)
GROUP BY category, code, own.verdict, site.verdict
UNION ALL
SELECT 'review_site', category, code, review.verdict, site.verdict, count(*)
FROM review JOIN site USING (application_id, category, code)
GROUP BY category, code, review.verdict, site.verdict
"""  # noqa: S608 - constants of this module


class Hands(TextChoices):
    """Whose verdicts are compared."""

    OWN_REVIEW = "own_review", _("自评与初审")
    OWN_SITE = "own_site", _("自评与核查")
    REVIEW_SITE = "review_site", _("初审与核查")


@dataclass(frozen=True, slots=True)
class Work:
    """Active time on the applications that were handed in, in one room.

    ``minutes`` is the median; ``in_time`` how many took at most the minutes aimed at;
    ``on_phones`` how many were worked on with a phone, ``on_phones_only`` with nothing else.
    """

    count: int
    minutes: float
    in_time: int
    on_phones: int
    on_phones_only: int

    @property
    def is_told(self) -> bool:
        return self.count >= LEAST

    @property
    def in_time_percent(self) -> int | None:
        return percent(self.in_time, self.count)

    @property
    def phones_percent(self) -> int | None:
        return percent(self.on_phones, self.count)

    @property
    def phones_only_percent(self) -> int | None:
        return percent(self.on_phones_only, self.count)


@dataclass(slots=True)
class Line:
    """What is known of one item: ``by_gate`` and ``changed`` are parts of its ``returns``."""

    category: str
    code: str
    returns: int = 0
    by_gate: int = 0
    changed: int = 0
    agreement: dict[Hands, Agreement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workload:
    """A round, or one category of it; ``aim`` are the minutes aimed at."""

    begun: int
    handed_in: int
    returned: int
    returned_again: int
    aim: int
    work: Mapping[Room, Work]
    lines: Mapping[tuple[str, str], Line]

    @property
    def not_handed_in(self) -> int:
        return self.begun - self.handed_in

    @property
    def returned_percent(self) -> int | None:
        return percent(self.returned, self.handed_in)

    @property
    def returns(self) -> int:
        return sum(line.returns for line in self.lines.values())

    @property
    def returns_by_gate(self) -> int:
        return sum(line.by_gate for line in self.lines.values())


def of(round_: Round, *, category: str = "") -> Workload:
    """Count the round, or the category of it. Five statements, whatever it holds."""
    asked = {"category": category} if category else {}
    aim = LATER_MINUTES if _has_gone_before(round_, asked) else FIRST_YEAR_MINUTES
    returned = Count("decisions", filter=Q(decisions__transition="return_for_correction"))
    taken_back = Count("decisions", filter=Q(decisions__transition="take_back_return"))
    applications = Application.objects.filter(round=round_, **asked)
    handed_in = Exists(Submission.objects.filter(application=OuterRef("pk")))
    counted = applications.annotate(handed_in=handed_in, returns=returned - taken_back).aggregate(
        begun=Count("pk"),
        given=Count("pk", filter=Q(handed_in=True)),
        returned=Count("pk", filter=Q(returns__gte=1)),
        again=Count("pk", filter=Q(returns__gte=2)),
    )
    return Workload(
        begun=counted["begun"],
        handed_in=counted["given"],
        returned=counted["returned"],
        returned_again=counted["again"],
        aim=aim,
        work=_work(round_, asked, aim),
        lines=_lines(round_, category),
    )


def _has_gone_before(round_: Round, asked: Mapping[str, str]) -> bool:
    """Whether the place had an earlier round of these categories: the product is not new to it."""
    before = Round.objects.filter(jurisdiction=round_.jurisdiction, opens_at__lt=round_.opens_at)
    categories = round_.categories.filter(**asked).values("category")
    return before.filter(categories__category__in=categories).exists()


def _work(round_: Round, asked: Mapping[str, str], aim: int) -> dict[Room, Work]:
    of_the_round = {f"application__{name}": value for name, value in asked.items()}
    rows = WorkTally.objects.filter(
        Exists(Submission.objects.filter(application=OuterRef("application"))),
        application__round=round_,
        **of_the_round,
    )
    found = (
        rows.order_by()
        .values("room")
        .annotate(
            count=Count("pk"),
            seconds=Median("active_seconds"),
            in_time=Count("pk", filter=Q(active_seconds__lte=aim * 60)),
            on_phones=Count("pk", filter=Q(narrow__gt=0)),
            on_phones_only=Count("pk", filter=Q(narrow=F("sittings"))),
        )
    )
    return {
        Room(row["room"]): Work(
            row["count"],
            row["seconds"] / 60,
            row["in_time"],
            row["on_phones"],
            row["on_phones_only"],
        )
        for row in found
    }


def _lines(round_: Round, category: str) -> dict[tuple[str, str], Line]:
    lines: dict[tuple[str, str], Line] = {}
    asked = {"round": round_.pk, "category": category}
    for of_category, code, returns, by_gate, changed in _rows(_RETURNS, asked):
        lines[of_category, code] = Line(of_category, code, returns, by_gate, changed)
    for (of_category, code, of_hands), counted in _pairs(asked).items():
        line = lines.setdefault((of_category, code), Line(of_category, code))
        line.agreement[of_hands] = Agreement(counted)
    return lines


def _pairs(asked: Mapping[str, Any]) -> dict[tuple[str, str, Hands], Counter[tuple[str, str]]]:
    pairs: dict[tuple[str, str, Hands], Counter[tuple[str, str]]] = defaultdict(Counter)
    for hands, category, code, one, other, count in _rows(_PAIRS, asked):
        pairs[category, code, Hands(hands)][one, other] = count
    return pairs


def agreement(round_: Round, category: str = "") -> dict[Hands, Agreement]:
    """Of all items together, how far each two hands agree; one statement."""
    whole: dict[Hands, Counter[tuple[str, str]]] = {hands: Counter() for hands in Hands}
    for (_of, _code, hands), counted in _pairs({"round": round_.pk, "category": category}).items():
        whole[hands].update(counted)
    return {hands: Agreement(counted) for hands, counted in whole.items()}


def _rows(statement: str, asked: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
