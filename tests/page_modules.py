"""What a module of pages or forms may not do: write, keep the log, or say which rows are whose."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("designation", "workflows", "authoring", "notifications", "reports")
_TOP = Path(__file__).parent.parent
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


def page_modules() -> Iterator[Path]:
    """Every module of pages or forms, by its name."""
    for package in PACKAGES:
        for path in sorted((_TOP / package).rglob("*.py")):
            if path.stem.endswith(("views", "pages", "forms")) and path.stem not in ALLOWED:
                yield path


# The form fields that every form is made of, and what lists and statuses are called.
ALLOWED = frozenset()


def offences(source: str) -> list[tuple[int, str]]:
    """Line and what is done there that a page may not do."""
    return sorted(set(_found(ast.parse(source))))


def _found(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and not _is_empty(node, tree):
            yield node.lineno, f"{ast.unparse(node)}: which rows is asked of rules or queries"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name in _WRITES or (name == "update" and node.keywords and not node.args):
            yield node.lineno, f"{ast.unparse(node.func)}: a page does not write"
        if name == "within":
            yield node.lineno, f"{ast.unparse(node.func)}: scope is asked of rules"
        if ast.unparse(node.func) in {"events.append", "events.append_many", "events.Entry"}:
            yield node.lineno, f"{ast.unparse(node.func)}: a page keeps no log"


def _is_empty(manager: ast.Attribute, tree: ast.AST) -> bool:
    """Whether nothing is asked of the manager but the queryset of no rows."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == "none" and node.value is manager
        for node in ast.walk(tree)
    )
