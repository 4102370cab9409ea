"""How the fields of a round's parts are called in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards.categories import Category

TERM, BODY, PLACES, ROUTE = "term-", "-body", "places-", "route-"
UNLIMITED, METHOD, DOCUMENT = "-unlimited", "-method", "-document"
DEPARTMENT, DEPARTMENT_DAYS = "department", "department-days"
FIGURE, TIES, RESERVE = "-figure", "-ties", "-reserve"

_METHODS: Mapping[str, Any] = {
    UNLIMITED: gettext_lazy("名额不限"),
    METHOD: gettext_lazy("择优办法"),
    DOCUMENT: gettext_lazy("择优办法所依据的文件"),
    FIGURE: gettext_lazy("排序数据"),
    TIES: gettext_lazy("并列的处理"),
    RESERVE: gettext_lazy("候补名额"),
}
_DEPARTMENTS: Mapping[str, Any] = {
    "name": gettext_lazy("第 %(number)s 个部门"),
    "question": gettext_lazy("第 %(number)s 个部门：征求意见的问题"),
    "secrecy": gettext_lazy("第 %(number)s 个部门：答复由谁查看"),
    "vetoes": gettext_lazy("第 %(number)s 个部门：一票否决事项"),
}


def part_field(name: str) -> str:
    """Of places, local terms, departments and vetoes: as their forms say it."""
    if told := _of_category(name) or _of_department(name):
        return told
    if name.startswith(TERM):
        return _of_term(name.removeprefix(TERM))
    if name.startswith((PLACES, ROUTE)):
        return name.removeprefix(PLACES).removeprefix(ROUTE)
    if name.endswith(BODY):
        return _("%(code)s 核实机关") % {"code": name.removesuffix(BODY)}
    return name


def _of_category(name: str) -> str:
    """Of the places of a category, and of how it is chosen in it; "" for anything else."""
    if name in Category.values:
        return _("%(category)s：名额") % {"category": Category(name).label}
    kind, _dash, what = name.partition("-")
    if kind not in Category.values or f"-{what.rstrip('123')}" not in _METHODS:
        return ""
    words = {"category": Category(kind).label, "what": _METHODS[f"-{what.rstrip('123')}"]}
    return _("%(category)s：%(what)s") % words


def _of_department(name: str) -> str:
    """Of a department that is asked, and of its term; "" for anything else."""
    if name == DEPARTMENT_DAYS:
        return _("部门答复期限（工作日）")
    row, _dash, what = name.partition("-")
    if not row.startswith(DEPARTMENT) or what not in _DEPARTMENTS:
        return ""
    return force_str(_DEPARTMENTS[what]) % {"number": row.removeprefix(DEPARTMENT)}


def _of_term(name: str) -> str:
    if name.endswith(DOCUMENT):
        return _("“%(term)s”的依据文件") % {"term": name.removesuffix(DOCUMENT)}
    return f"“{name}”"
