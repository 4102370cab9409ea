"""Where local running keeps its things."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCAL = ROOT / ".local"
NODE_MODULES = ROOT / "node_modules"


def is_reachable(path: Path) -> bool:
    """Whether a user other than the owner can come to ``path``."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in [path, *path.parents])


def server_home(name: str) -> Path:
    """Where an embedded server keeps its data.

    PostgreSQL refuses to run as root: another user runs it, and must be able to come there.
    """
    if os.geteuid() != 0:
        return LOCAL / name
    LOCAL.mkdir(parents=True, exist_ok=True)
    if is_reachable(LOCAL):
        return LOCAL / name
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()).parent / "var" / "tmp" / f"designation-{mark}" / name
