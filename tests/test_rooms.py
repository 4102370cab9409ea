"""What the contracts of import-linter say of pages holds of every module of pages there is."""

import ast
import re

import pytest

from tests.page_modules import CONTRACTS, PACKAGES, TOP, page_modules


def dotted(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def modules():
    for package in PACKAGES:
        for path in sorted((TOP / package).rglob("*.py")):
            yield dotted(str(path.relative_to(TOP)))


def covers(expression, module):
    """Whether an expression of import-linter names the module: ``*`` is one part, ``**`` any."""
    pattern = re.escape(expression).replace(r"\*\*", ".+").replace(r"\*", r"[^.]+")
    return re.fullmatch(pattern, module) is not None


@pytest.fixture(scope="module")
def what_is_stored():
    (contract,) = (one for one in CONTRACTS["contracts"] if one["type"] == "forbidden")
    return contract


def test_no_model_may_know_of_any_page(what_is_stored):
    """A new module of pages is entered under "What is stored knows of no page"."""
    forbidden = what_is_stored["forbidden_modules"]
    pages = [dotted(module) for module in page_modules()]

    assert [page for page in pages if not any(covers(one, page) for one in forbidden)] == []
    assert [one for one in forbidden if not any(covers(one, page) for page in pages)] == []


def test_every_module_of_models_is_held_to_it(what_is_stored):
    sources = what_is_stored["source_modules"]
    stored = [
        module
        for module in modules()
        if re.search(r"^class \w+\(models\.Model\)", source_of(module), re.MULTILINE)
    ]

    assert stored
    assert [one for one in stored if not any(covers(source, one) for source in sources)] == []


def test_no_room_holds_a_circle():
    """One contract for all packages, as deep as they go."""
    (contract,) = (one for one in CONTRACTS["contracts"] if one["type"] == "acyclic_siblings")

    assert sorted(contract["ancestors"]) == sorted(PACKAGES)
    assert "depth" not in contract
    assert "skip_descendants" not in contract


def source_of(module):
    path = TOP / module.replace(".", "/")
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text()


def from_above(module, source, known):
    """What a module takes from the face of a room that it stands in itself."""
    rooms = {".".join(module.split(".")[:depth]) for depth in range(1, module.count(".") + 1)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            if origin in rooms:
                yield from (
                    f"{origin}.{alias.name}"
                    for alias in node.names
                    if f"{origin}.{alias.name}" not in known
                )


def test_no_module_takes_anything_from_the_face_of_its_own_room():
    """The face names what the room holds; what it holds must not lean on it."""
    known = set(modules())
    found = {
        module: taken
        for module in known
        if (TOP / f"{module.replace('.', '/')}.py").exists()
        if (taken := list(from_above(module, source_of(module), known)))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("from . import Parcel", ["rooms.post.Parcel"]),
        ("from rooms.post import Parcel, stamps", ["rooms.post.Parcel"]),
        ("from .. import keys", ["rooms.keys"]),
        ("from . import stamps", []),
        ("from .stamps import Stamp", []),
        ("from elsewhere import Parcel", []),
    ],
)
def test_what_is_taken_from_above_is_found(line, taken):
    known = {"rooms", "rooms.post", "rooms.post.stamps", "rooms.post.letters"}
    assert list(from_above("rooms.post.letters", line, known)) == taken
