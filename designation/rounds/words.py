"""How the fields of a round's parts are called in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.categories import Category

TERM, BODY, PLACES, ROUTE = "term-", "-body", "places-", "route-"
UNLIMITED, METHOD, DOCUMENT = "-unlimited", "-method", "-document"
FIGURE, TIES, RESERVE = "-figure", "-ties", "-reserve"

_METHODS: Mapping[str, Any] = {
    UNLIMITED: gettext_lazy("名额不限"),
    METHOD: gettext_lazy("择优办法"),
    DOCUMENT: gettext_lazy("择优办法所依据的文件"),
    FIGURE: gettext_lazy("排序数据"),
    TIES: gettext_lazy("并列的处理"),
    RESERVE: gettext_lazy("候补名额"),
}


def part_field(name: str) -> str:
    """Of places, local terms and vetoes: as their forms say it."""
    if name in Category.values:
        return _("%(category)s：名额") % {"category": Category(name).label}
    kind, _dash, what = name.partition("-")
    if kind in Category.values and f"-{what.rstrip('123')}" in _METHODS:
        words = {"category": Category(kind).label, "what": _METHODS[f"-{what.rstrip('123')}"]}
        return _("%(category)s：%(what)s") % words
    if name.startswith(TERM):
        return _of_term(name.removeprefix(TERM))
    if name.startswith((PLACES, ROUTE)):
        return name.removeprefix(PLACES).removeprefix(ROUTE)
    if name.endswith(BODY):
        return _("%(code)s 核实机关") % {"code": name.removesuffix(BODY)}
    return name


def _of_term(name: str) -> str:
    if name.endswith(DOCUMENT):
        return _("“%(term)s”的依据文件") % {"term": name.removesuffix(DOCUMENT)}
    return f"“{name}”"
