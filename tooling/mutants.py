"""Mutation testing, from a clean start: every mutant is killed, or its survival is explained.

``python -m tooling.mutants`` runs mutmut; ``... compare`` looks at the last run again. Fails where
a mutant survives that docs/mutation_testing.md does not explain, and where the document explains
one that does not survive. A mutant is known by its function and by what it changes there, so that
other changes of the function leave its explanation standing.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

from .places import ROOT, VENV

EXPLANATIONS = ROOT / "docs" / "mutation_testing.md"
_MUTMUT = VENV / "bin" / "mutmut"
_MUTATED = ROOT / "mutants"

# A function, and the lines taken out of it and put into it.
Mutant = tuple[str, tuple[str, ...]]

_BLOCK = re.compile(r"^```diff\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_RESULT = re.compile(r"^\s*(\S+__mutmut_\d+): (.+)$", re.MULTILINE)
_NAME = re.compile(r"x(?P<path>ǁ.+ǁ|_)(?P<function>\w+)__mutmut_\d+")


def explained(document: str) -> frozenset[Mutant]:
    """The mutants that the document explains: of each a line ``# function``, then its diff."""
    return frozenset(
        (function, changes)
        for block in _BLOCK.findall(document)
        for function, changes in _mutants_of(block)
    )


def _mutants_of(block: str) -> Iterator[Mutant]:
    for part in re.split(r"^# ", block, flags=re.MULTILINE)[1:]:
        function, _newline, diff = part.partition("\n")
        yield function.strip(), changes_of(diff)


def changes_of(diff: str) -> tuple[str, ...]:
    """The lines that a diff takes out and puts in, whatever their indentation."""
    return tuple(
        f"{line[0]} {line[1:].strip()}"
        for line in diff.splitlines()
        if line[:1] in ("-", "+") and line[:3] not in ("---", "+++")
    )


def function_of(name: str) -> str:
    """The function that mutmut's ``name`` for a mutant stands for, with module and class."""
    module, _dot, mangled = name.rpartition(".")
    found = _NAME.fullmatch(mangled)
    if found is None:
        raise ValueError(f"{name} names no mutant")
    classes = [part for part in found["path"].split("ǁ") if part not in ("", "_")]
    return ".".join((module, *classes, found["function"]))


def results(listing: str) -> dict[str, str]:
    """Mutants by name, each with what became of it, out of ``mutmut results --all true``."""
    return dict(_RESULT.findall(listing))


def table(outcomes: dict[str, str]) -> str:
    """How many mutants each module has, and how many of them no test kills."""
    modules = Counter(name.rpartition(".")[0] for name in outcomes)
    left = Counter(name.rpartition(".")[0] for name, became in outcomes.items() if _is_left(became))
    rows = [(module, modules[module], left[module]) for module in sorted(modules)]
    rows.append(("all", modules.total(), left.total()))
    lines = [f"| {name} | {count} | {count - alive} | {alive} |" for name, count, alive in rows]
    return "\n".join(
        ["| Module | Mutants | Killed | Not killed |", "| --- | ---: | ---: | ---: |", *lines]
    )


def _is_left(became: str) -> bool:
    return became != "killed"


def faults(left: dict[str, Mutant], known: frozenset[Mutant]) -> list[str]:
    """What is wrong between the mutants left over, by name, and the explanations."""
    missing = [
        f"Not explained: {name}\n" + "\n".join(changes)
        for name, (function, changes) in left.items()
        if (function, changes) not in known
    ]
    stale = [
        f"Explained, but not left over: {function}\n" + "\n".join(changes)
        for function, changes in sorted(known - set(left.values()))
    ]
    return missing + stale


def _mutmut(*arguments: str) -> str:
    return subprocess.run(
        [_MUTMUT, *arguments], check=True, cwd=ROOT, capture_output=True, text=True
    ).stdout


def _run() -> None:
    """From a clean start: mutmut would keep what it found with the tests of yesterday."""
    shutil.rmtree(_MUTATED, ignore_errors=True)
    subprocess.run([_MUTMUT, "run"], check=True, cwd=ROOT)


def main() -> int:
    if sys.argv[1:] != ["compare"]:
        _run()
    outcomes = results(_mutmut("results", "--all", "true"))
    left = {
        name: (function_of(name), changes_of(_mutmut("show", name)))
        for name, became in outcomes.items()
        if _is_left(became)
    }
    found = faults(left, explained(EXPLANATIONS.read_text(encoding="utf-8")))
    print(f"\n{table(outcomes)}\n")
    print("\n\n".join(found) or f"Each of the {len(left)} mutants left over is explained.")
    return 1 if found or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
