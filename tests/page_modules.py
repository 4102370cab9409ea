"""What a module of pages or forms may not do: write, keep the log, or say which rows are whose."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parent.parent
CONTRACTS = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES = tuple(CONTRACTS["root_packages"])
# By its name a module holds pages or forms: ``views``, ``<noun>_views``; filters are forms too.
_NAMES = re.compile(r"(.+_)?(views|pages|forms|filters)")
# What pages and forms are made of.
MATERIAL = frozenset({"designation/site/forms.py", "designation/site/pages.py"})
_WRITES = frozenset(
    name
    for each in (
        "bulk_create",
        "bulk_update",
        "create",
        "delete",
        "get_or_create",
        "save",
        "update_or_create",
    )
    for name in (each, f"a{each}")
) | {"aupdate", "save_m2m", "select_for_update"}
# What rows are tied to each other by. Sets and lists have such methods too.
_TIES = frozenset(name for each in ("add", "clear", "remove", "set") for name in (each, f"a{each}"))
_COLLECTIONS = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
# Past the models.
_STATEMENTS = frozenset({"cursor", "execute", "executemany", "extra", "raw"})
_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
_CONDITIONS = frozenset({"Case", "Count", "Exists", "F", "OuterRef", "Prefetch", "Q", "Subquery"})
_HOW = ": queries say how rows are found"
_NARROWED = frozenset({"exclude", "filter"})
_UNCHANGED = frozenset({"all", "order_by", "prefetch_related", "select_related"})
_ASKED = frozenset({"aget_object_or_404", "get_list_or_404", "get_object_or_404"})
# ``designation.audit.events``, from wherever it is called.
_LOG = re.compile(r"(^|\.)events(\.|$)")


def page_modules() -> Iterator[str]:
    """Every module of pages or forms, as a path from the top: by its name, or by what it does."""
    for package in PACKAGES:
        for path in sorted((TOP / package).rglob("*.py")):
            name = str(path.relative_to(TOP))
            if name not in MATERIAL and (_NAMES.fullmatch(path.stem) or answers(path.read_text())):
                yield name


def answers(source: str) -> bool:
    """Whether a module answers requests of an address: a function for others, with its key."""
    return any(
        isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [one.arg for one in node.args.args][:2] == ["request", "pk"]
        and node.returns is not None
        and "HttpResponse" in ast.unparse(node.returns)
        for node in ast.parse(source).body
    )


def is_of_filters(module: str) -> bool:
    return module.endswith("filters.py")


def offences(source: str, *, finds: bool = False) -> list[tuple[int, str]]:
    """Line and what is done there that a page may not do.

    Filters narrow the rows that a page was given: ``finds`` lets them say by which conditions.
    """
    nodes = list(ast.walk(ast.parse(source)))
    imported = {name: origin for node in nodes for name, origin in _imports(node)}
    asked_for_none = {
        node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    collections = {name for node in nodes for name in _collections(node)}
    found = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS:
            if node not in asked_for_none:
                found.add((node.lineno, f"{ast.unparse(node)}: rules and queries say which rows"))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update(
                (node.lineno, f"{origin}: a page keeps no log")
                for _name, origin in _imports(node)
                if _LOG.search(origin)
            )
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.update(_of_call(node, node.func, imported))
            found.update(_tied(node, node.func, imported, collections))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.update(_of_function(node, node.func, imported))
    return sorted(one for one in found if not (finds and one[1].endswith(_HOW)))


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Name and origin of what is imported."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        within = f"{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            yield alias.asname or alias.name, f"{within}{alias.name}"


def _of_call(
    call: ast.Call, called: ast.Attribute, imported: dict[str, str]
) -> Iterator[tuple[int, str]]:
    said, owner = ast.unparse(called), called.value
    # ``marks.save(…)`` is a plain function of a module, which is what a page shall call; a class
    # has a capital letter.
    is_function = isinstance(owner, ast.Name) and owner.id in imported and owner.id.islower()
    is_update = called.attr == "update" and call.keywords and not call.args
    if (called.attr in _WRITES or is_update) and not is_function and not _stays_unsaved(call):
        yield call.lineno, f"{said}(): a page does not write"
    if called.attr in _STATEMENTS:
        yield call.lineno, f"{said}(): a page speaks no SQL"
    if called.attr in _NARROWED and _is_related(owner):
        yield call.lineno, f"{said}(): queries say which of the related rows"
    if called.attr in _CONDITIONS and said.startswith("models."):
        yield call.lineno, f"{said}(){_HOW}"
    if called.attr == "within":
        yield call.lineno, f"{said}(): rules say whose rows are whose"


def _tied(
    call: ast.Call, called: ast.Attribute, imported: dict[str, str], collections: set[str]
) -> Iterator[tuple[int, str]]:
    owner = called.value
    is_plain = isinstance(owner, ast.Name) and (
        owner.id in collections or (owner.id in imported and owner.id.islower())
    )
    if called.attr in _TIES and not is_plain:
        yield call.lineno, f"{ast.unparse(called)}(): a page ties no rows to each other"


def _collections(node: ast.AST) -> Iterator[str]:
    """The names of what is plainly a set, a list or a mapping of the page's own."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        made = node.value
        is_built = isinstance(made, ast.Call) and ast.unparse(made.func) in {"dict", "list", "set"}
        if is_built or isinstance(made, _COLLECTIONS):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_related(owner: ast.expr) -> bool:
    """Rows of a row, as ``notice.entries``; what a form was given (``self.areas``) came scoped."""
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute):
        # ``notice.entries.all().filter(…)`` is the same.
        return owner.func.attr in _UNCHANGED and _is_related(owner.func.value)
    if not isinstance(owner, ast.Attribute) or owner.attr in _MANAGERS:
        return False
    return not (isinstance(owner.value, ast.Name) and owner.value.id == "self")


def _of_function(
    call: ast.Call, called: ast.Name, imported: dict[str, str]
) -> Iterator[tuple[int, str]]:
    """A page asks for one row of those that a rule gives, by the key in its address."""
    origin = imported.get(called.id, "")
    if origin.startswith("django.db.models") and origin.rpartition(".")[2] in _CONDITIONS:
        yield call.lineno, f"{called.id}(){_HOW}"
    if called.id in _ASKED:
        rows = call.args[0]
        is_model = isinstance(rows, ast.Name) and rows.id[:1].isupper()
        if is_model or len(call.args) + len(call.keywords) > 2:
            yield call.lineno, f"{ast.unparse(call)}: rules and queries say which rows"


def _stays_unsaved(call: ast.Call) -> bool:
    return any(
        word.arg == "commit" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in call.keywords
    )
