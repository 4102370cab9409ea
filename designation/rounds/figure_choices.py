"""The figures that a document may name, as a form offers them: kind, check and direction in one."""

from django.utils.translation import gettext as _

from standards import catalogue, kinds
from standards.language import in_language

from .figures import Direction, FigureKind
from .methods import FigureSaid
from .models import NamedFigure, RoundCategory


def figure_value(figure: NamedFigure) -> str:
    """What is sent for it."""
    return f"{figure.kind}:{figure.check_code}:{figure.direction}"


def figure_named(value: str) -> FigureSaid:
    """What was sent; the form has taken nothing else."""
    kind, check_code, direction = value.split(":")
    return FigureSaid(kind, check_code, direction)


def figure_choices(entry: RoundCategory) -> list[tuple[str, str]]:
    """Every kind that is declared, each way round; the values of checks one by one."""
    found = []
    for kind in FigureKind:
        named = _checks(entry) if kind.asks_check else [("", "")]
        for code, metric in named:
            words = " ".join(filter(None, (code, metric))) or str(kind.label)
            if kind.asks_check:
                words = _("%(check)s（核查实测值）") % {"check": words}
            found += [
                (f"{kind}:{code}:{direction.value}", f"{words}，{direction.label}")
                for direction in Direction
            ]
    return found


def _checks(entry: RoundCategory) -> list[tuple[str, str]]:
    return [
        (check.code, in_language(check.metric_zh, check.metric_en))
        for check in catalogue.published(entry.standard_id).checks
        if check.threshold is not None
        and not isinstance(check.threshold, bool)
        and kinds.of(check.kind).has_threshold
    ]
