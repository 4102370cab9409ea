"""Opening a round: what must be there before anyone may apply."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from designation.adoptions.adopting import usable_standards
from designation.calendar.models import CalendarYear
from designation.calendar.rules import who_loads
from designation.organizations.models import Person, Role
from designation.site import clock, seen_whole
from designation.site.clock import SHANGHAI
from designation.site.refusal import Finding, Refusal
from standards import catalogue

from . import configuring, definitions, postings, queries, routed
from .models import NamedFigure, Round, RoundCategory
from .rules import managing_role


class NotReady(Refusal):
    """The round is not ready, or not the actor's."""


def _obstacle(code: str, message: str) -> Finding:
    return Finding(code, "", message)


def undefined_terms(round_: Round) -> list[str]:
    """Terms in use that the county has not defined."""
    defined = queries.definitions(round_)
    return [term for term in queries.used_terms(round_) if term not in defined]


def categories_not_usable(round_: Round) -> QuerySet[RoundCategory]:
    """Categories whose standard is neither official text in force nor adopted here."""
    return round_.categories.exclude(standard__in=usable_standards(round_.jurisdiction))


def figures_without_a_check(round_: Round) -> Iterable[tuple[RoundCategory, str]]:
    """Figures named of a check that the standard of their category does not have."""
    named = NamedFigure.objects.filter(category__round=round_).exclude(check_code="")
    for figure in named.select_related("category"):
        standard = catalogue.published(figure.category.standard_id)
        if figure.check_code not in {check.code for check in standard.checks}:
            yield figure.category, figure.check_code


def obstacles(round_: Round) -> Iterable[Finding]:
    """Why ``round_`` cannot be opened; none when it can."""
    if round_.status != Round.Status.DRAFT:
        yield _obstacle("not_draft", _("只有筹备中的批次可以开展。"))
    if not round_.approval_document_number:
        yield _obstacle("no_approval", _("请在“批次信息”中填写今年的批准文号。"))
    if not round_.categories.exists():
        yield _obstacle("no_category", _("请至少选择一个申报类别，并填写名额。"))
    for entry in categories_not_usable(round_):
        yield _obstacle(
            "standard_not_usable",
            _("“%(category)s”所选的标准现在不能使用，请在“申报类别和名额”中重新保存。")
            % {"category": entry.get_category_display()},
        )
    for entry, code in figures_without_a_check(round_):
        yield _obstacle(
            "figure_without_check",
            _("“%(category)s”按“%(code)s”排序，所选的标准里没有这个检查点，请在“择优办法”中改选。")
            % {"category": entry.get_category_display(), "code": code},
        )
    for term in undefined_terms(round_):
        yield _obstacle(
            "term_undefined", _("地方用语“%(term)s”还没有本县释义，请先录入。") % {"term": term}
        )
    yield from routed.obstacles(round_)
    if not postings.fits(round_):
        yield _obstacle(
            "posting_too_long",
            _("申报时间里没有%(asked)s可供内部公示，请在“批次信息”中延长申报时间或减少公示天数。")
            % {"asked": postings.asked_in_words(round_)},
        )
    year = round_.closes_at.astimezone(SHANGHAI).year
    if not CalendarYear.objects.filter(year=year).exists():
        yield _obstacle(
            "calendar_missing",
            _(
                "%(year)s 年的工作日历尚未启用，请系统管理员（%(who)s）在“工作日历”中载入，"
                "并由另一人确认。"
            )
            % {"year": year, "who": who_loads(round_.jurisdiction.code)},
        )


def rules_of(round_: Round) -> list[Any]:
    """All that the round's page shows of its rules, for comparing what was seen."""
    categories = round_.categories.values_list(
        "category", "standard_id", "quota", "method", "method_document", "ties", "reserve"
    )
    figures = round_.categories.filter(figures__isnull=False).values_list(
        "category",
        "figures__position",
        "figures__kind",
        "figures__check_code",
        "figures__direction",
    )
    vetoes = round_.vetoes.filter(is_on=True).values_list("check_code", "document")
    routes = round_.routing_rules.values_list("area", "category", "body")
    asked = round_.departments.values_list("department", "question", "secrecy", "veto_codes")
    said = queries.definitions_shown(round_).values_list("term", "definition", "source_document")
    return [
        model_to_dict(round_),
        sorted(categories, key=str),
        sorted(figures),
        sorted(vetoes),
        sorted(routes),
        sorted(asked),
        sorted(said),
    ]


def _unless_seen(round_: Round, seen: Mapping[str, Any] | None) -> Iterable[Finding]:
    if seen is not None and not seen_whole.is_as_seen(seen, rules_of(round_)):
        yield _obstacle(
            "changed_meanwhile", _("这个批次在您打开页面后有改动，请看过现在的内容再按一次。")
        )


def _held(round_: Round, actor: Person) -> tuple[Round, Role]:
    """The round, held, and the role in which the actor manages it. Raises NotReady for others."""
    # With its area, whose local terms stand still meanwhile.
    locked = Round.objects.select_for_update().select_related("jurisdiction").get(pk=round_.pk)
    role = managing_role(actor, locked)
    if role is None:
        raise NotReady.because("not_allowed", _("只有本辖区的县级经办人可以开展和结束批次。"))
    return locked, role


@transaction.atomic
def open_round(round_: Round, *, actor: Person, seen: Mapping[str, Any] | None = None) -> None:
    """Open a draft round.

    Raises NotReady with every obstacle, or for who does not manage the round, and then changes
    nothing.

    ``seen`` is the form that was pressed on the round's page: what it showed must still be so.
    """
    locked, role = _held(round_, actor)
    found = list(obstacles(locked)) or list(_unless_seen(locked, seen))
    if found:
        raise NotReady(found)
    definitions.take(locked, actor=actor, role=role, at=clock.now())
    _set_status(locked, Round.Status.OPEN, actor, role)


@transaction.atomic
def close_round(round_: Round, *, actor: Person, seen: Mapping[str, Any] | None = None) -> None:
    """Close an open round: nobody applies any more; applications under way go on.

    ``seen`` as for ``open_round``.
    """
    locked, role = _held(round_, actor)
    if locked.status != Round.Status.OPEN:
        raise NotReady.because("not_open", _("只有已开展的批次可以结束。"))
    if found := list(_unless_seen(locked, seen)):
        raise NotReady(found)
    _set_status(locked, Round.Status.CLOSED, actor, role)


def _set_status(round_: Round, status: str, actor: Person, role: Role) -> None:
    before, round_.status = round_.status, status
    round_.save(update_fields=["status"])
    details = {"from": before, "to": status}
    configuring.record(round_, f"round.{status}", details, actor=actor, role=role)
