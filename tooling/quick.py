"""The short test loop: the engine without a database, then the tests of what you changed.

``make quick`` takes what differs from ``main`` (``SINCE=HEAD make quick``: what is not committed),
finds the tests of those rooms, those that failed last first, and stops at the first failure. Its
servers' data and its test database stay in ``.local`` until a migration or a standard changes, and
properties are tried with a tenth of their examples.
It does not replace ``make test``: it leaves out what a change does to other rooms.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from . import servers
from .places import LOCAL, ROOT

TESTS = ROOT / "tests"
ENGINE = ("tests/standards/engine", "tests/workflows/test_gates.py")
# What the test database is made of.
_MAKES_THE_DATABASE = ("*/migrations/*.py", "standards/data/*", "designation/calendar/data/*")


def changed(since: str) -> list[str]:
    """Paths that differ from where this branch left ``since``, new ones included."""
    left = _git("merge-base", "HEAD", since)
    return sorted({*_git("diff", "--name-only", *left), *_new_files()})


def _new_files() -> list[str]:
    return _git("ls-files", "--others", "--exclude-standard")


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], check=True, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.split("\n")[:-1]


def belonging_to(path: str, tests: Path) -> set[Path]:
    """The test files and folders of one changed file; empty where none is its own.

    A test is its own; a module's are those of the innermost room that has any; a template's those
    of the room it is named after.
    """
    file = Path(path)
    if file.parts[0] == "tests":
        return _of_a_test(file, tests)
    if file.parts[0] == "templates":
        return _named(tests, file.parts[1]) | {tests / "test_templates.py"}
    if file.parts[0] == "locale":
        return {tests / "test_translations.py"}
    found = _of_a_room(file, tests)
    return found | {tests / "migrations"} if "migrations" in file.parts else found


def _of_a_test(file: Path, tests: Path) -> set[Path]:
    here = tests.parent / file
    if file.name.startswith("test_"):
        return {here} if here.exists() else set()
    return {here.parent} if here.parent != tests else set()


def _named(tests: Path, room: str) -> set[Path]:
    return {*tests.rglob(f"{room}/"), *tests.rglob(f"test_{room}*.py")}


def _of_a_room(file: Path, tests: Path) -> set[Path]:
    """Outwards from the module itself: tests/a/b/c/, tests/a/b/test_c*.py, then tests/a/b/."""
    parts = file.with_suffix("").parts
    for depth in range(len(parts), 0, -1):
        above, name = tests.joinpath(*parts[: depth - 1]), parts[depth - 1]
        if (above / name).is_dir():
            return {above / name}
        if found := set(above.glob(f"test_{name}*.py")):
            return found
    return set()


def outermost(paths: Iterable[Path]) -> list[str]:
    """Without those that lie in a folder of the list, so that no test runs twice."""
    listed = set(paths)
    inner = {path for path in listed for above in path.parents if above in listed}
    return sorted(str(path) for path in listed - inner if "browser" not in path.parts)


def _is_as_it_was(mark: Path) -> bool:
    """Whether the test database of the last run still has today's tables and standards."""
    digest = hashlib.sha256()
    for file in sorted(
        file for pattern in _MAKES_THE_DATABASE for file in ROOT.glob(f"*/{pattern}")
    ):
        digest.update(file.read_bytes())
    fingerprint = digest.hexdigest()
    same = mark.exists() and mark.read_text() == fingerprint
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(fingerprint)
    return same


def _pytest(environment: dict[str, str], *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--hypothesis-profile=quick", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, env=os.environ | environment).returncode


def main() -> int:
    servers.end_in_order()
    rooms = outermost(
        place
        for path in changed(os.environ.get("SINCE", "main"))
        for place in belonging_to(path, TESTS)
    )
    failed = _pytest({}, "-m", "not django_db", *ENGINE)
    if failed or not rooms:
        print("" if failed else "Nothing else changed that has tests of its own.")
        return failed
    print("Rooms:", " ".join(str(Path(room).relative_to(ROOT)) for room in rooms), flush=True)
    with servers.kept("quick", quick=True) as addresses:
        anew = [] if _is_as_it_was(LOCAL / "quick" / "made-of") else ["--create-db"]
        return _pytest(addresses, "--failed-first", "--reuse-db", *anew, *sys.argv[1:], *rooms)


if __name__ == "__main__":
    sys.exit(main())
