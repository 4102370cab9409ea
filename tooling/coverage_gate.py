"""Branch coverage of what must be covered wholly; reads ``coverage json``'s file."""

import json
import sys
from pathlib import Path

from .places import ROOT

LEAST_OVER_ALL = 95.0
WHOLE = (
    "standards/engine/evaluation.py",
    "standards/engine/composition.py",
    "standards/differences.py",
    "standards/engine/judging.py",
    "standards/engine/periods.py",
    "standards/examples.py",
    "standards/engine/replaying.py",
    "workflows/gates.py",
    *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("workflows/stages/*/gates.py")),
    "workflows/stages/selection/order.py",
    "workflows/transitions.py",
    "workflows/door.py",
    "workflows/flow.py",
    "workflows/passages.py",
    "workflows/declared.py",
    "workflows/checks.py",
    "workflows/stages/verification/course.py",
    "workflows/stages/public_notice/course.py",
    "workflows/stages/objections/course.py",
    "workflows/titles/flow.py",
    "workflows/titles/gates.py",
)


def main() -> int:
    report = json.loads(Path(sys.argv[1]).read_text())
    total = report["totals"]["percent_covered"]
    short = [] if total >= LEAST_OVER_ALL else [f"over all: {total:.1f}%, wanted {LEAST_OVER_ALL}%"]
    for name in WHOLE:
        percent = report["files"][name]["summary"]["percent_covered"]
        if percent < 100:  # noqa: PLR2004 - whole is a hundred
            missing = report["files"][name]
            short.append(
                f"{name}: {percent:.1f}%, lines {missing['missing_lines']},"
                f" branches {missing['missing_branches']}"
            )
    print("\n".join(short) or f"Coverage {total:.1f}%, and 100% of {', '.join(WHOLE)}.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
