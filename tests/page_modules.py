"""What a module of pages or forms may not do: write, keep the log, or say which rows are whose."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parent.parent
PACKAGES = ("designation", "workflows", "authoring", "reports", "notifications")
# By its name a module holds pages or forms: ``views``, ``<noun>_views``; filters are forms too.
_NAMES = re.compile(r"(.+_)?(views|pages|forms|filters)")
# What pages and forms are made of.
MATERIAL = frozenset({"designation/site/forms.py", "designation/site/pages.py"})
_WRITES = frozenset(
    {
        "bulk_create",
        "bulk_update",
        "create",
        "delete",
        "get_or_create",
        "save",
        "select_for_update",
        "update_or_create",
    }
)
_LOG = frozenset({"events.append", "events.append_many", "events.Entry"})


def page_modules() -> Iterator[str]:
    """Every module of pages or forms, as a path from the top."""
    for package in PACKAGES:
        for path in sorted((TOP / package).rglob("*.py")):
            name = str(path.relative_to(TOP))
            if _NAMES.fullmatch(path.stem) and name not in MATERIAL:
                yield name


def offences(source: str) -> list[tuple[int, str]]:
    """Line and what is done there that a page may not do."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    imported = {
        alias.asname or alias.name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    asked_for_none = {
        node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    found = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            if node not in asked_for_none:
                found.add((node.lineno, f"{ast.unparse(node)}: rules and queries say which rows"))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.update(_of_call(node, node.func, imported))
    return sorted(found)


def _of_call(call: ast.Call, called: ast.Attribute, imported: set[str]) -> Iterator:
    said = ast.unparse(called)
    # ``marks.save(…)`` is a plain function of a module, which is what a page shall call.
    is_function = isinstance(called.value, ast.Name) and called.value.id in imported
    is_update = called.attr == "update" and call.keywords and not call.args
    if (called.attr in _WRITES or is_update) and not is_function and not _stays_unsaved(call):
        yield call.lineno, f"{said}(): a page does not write"
    if called.attr == "within":
        yield call.lineno, f"{said}(): rules say whose rows are whose"
    if said in _LOG:
        yield call.lineno, f"{said}(): a page keeps no log"


def _stays_unsaved(call: ast.Call) -> bool:
    return any(
        word.arg == "commit" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )
