"""The catalogues: msgids are Chinese, gathered from code and templates.

``python -m tooling.translations`` brings locale/en up to date, and every other catalogue beside
it, and compiles them; ``--check`` exits 1 when the English one is behind or has a gap;
``--missing`` prints what has no English yet. A text that another language lacks stays Chinese.
The system's gettext is not needed: Django turns a template into Python-like source, and Python's
own tokenizer reads both.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from .places import ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
_PACKAGES = (
    "standards",
    "designation",
    "workflows",
    "authoring",
    "reports",
    "notifications",
    "demo",
)
_ONE = {"_", "gettext", "gettext_lazy", "_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_MANY = {"ngettext", "ngettext_lazy"}
# Characters, or the wide punctuation that joins them.
_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
_TEMPLATE_ONE = re.compile(r"""\b(?:gettext|_)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\)""")
_TEMPLATE_MANY = re.compile(
    r"""ngettext\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")),\s*"""
    r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
)

_TEMPLATE_IN_CONTEXT = re.compile(
    r"""pgettext\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")),\s*"""
    r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\)"""
)

# A msgid; where the text is counted its plural; where a word has two meanings, which is meant.
Text = tuple[str, str | None, str | None]


def _in_code(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        strings = [text for text in texts if isinstance(text, str)]
        if node.func.id in _ONE and strings:
            yield strings[0], None, None
        elif node.func.id in _MANY and len(strings) > 1:
            yield strings[0], strings[1], None
        elif node.func.id in _IN_CONTEXT and len(strings) > 1:
            yield strings[1], None, strings[0]


def _in_template(path: Path) -> Iterator[Text]:
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for one, many in _TEMPLATE_MANY.findall(source):
        yield ast.literal_eval(one), ast.literal_eval(many), None
    for one in _TEMPLATE_ONE.findall(source):
        yield ast.literal_eval(one), None, None
    for meaning, one in _TEMPLATE_IN_CONTEXT.findall(source):
        yield ast.literal_eval(one), None, ast.literal_eval(meaning)


def gathered() -> dict[Text, list[str]]:
    """Every text with the files that use it, in order of the files."""
    found: dict[Text, list[str]] = {}
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                _note(found, path, _in_code(path))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        _note(found, path, _in_template(path))
    return found


def _note(found: dict[Text, list[str]], path: Path, texts: Iterator[Text]) -> None:
    name = path.relative_to(ROOT).as_posix()
    for text in texts:
        if _CHINESE.search(text[0]) and name not in found.setdefault(text, []):
            found[text].append(name)


def catalogues() -> list[Path]:
    """The English catalogue, and those of other languages."""
    others = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    return [CATALOGUE, *(path for path in others if path != CATALOGUE)]


def catalogue(path: Path = CATALOGUE) -> polib.POFile:
    """The catalogue as it ought to be: kept translations, new gaps, nothing dead."""
    known = polib.pofile(str(path)) if path.exists() else polib.POFile()
    before = {(entry.msgid, entry.msgctxt): entry for entry in known}
    made = polib.POFile(wrapwidth=100)
    made.metadata = {
        "Project-Id-Version": "designation",
        "Language": path.parent.parent.name,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": known.metadata.get("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    }
    merged: dict[tuple[str, str | None], polib.POEntry] = {}
    for (msgid, plural, meaning), names in gathered().items():
        key = (msgid, meaning)
        entry = merged.setdefault(key, polib.POEntry(msgid=msgid, msgctxt=meaning))
        entry.occurrences += [(name, "") for name in names]
        entry.msgid_plural = entry.msgid_plural or plural or ""
        old = before.get(key)
        if old is not None:
            entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural
        if entry.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: entry.msgstr, 1: entry.msgstr}
            entry.msgstr = ""
    made.extend(merged[key] for key in sorted(merged, key=lambda key: (key[0], key[1] or "")))
    return made


def gaps(file: polib.POFile) -> list[polib.POEntry]:
    """Entries that have no English yet."""
    return [
        entry
        for entry in file
        if not (all(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr)
    ]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designation.settings.test")
    import django

    django.setup()
    file = catalogue()
    if "--check" in sys.argv:
        behind = not CATALOGUE.exists() or str(file) != str(
            polib.pofile(str(CATALOGUE), wrapwidth=100)
        )
        print(f"{len(gaps(file))} gaps; the catalogue is {'behind' if behind else 'up to date'}.")
        return int(behind or bool(gaps(file)))
    if "--missing" in sys.argv:
        for entry in gaps(file):
            print(repr(entry.msgid), *([repr(entry.msgctxt)] if entry.msgctxt else []))
        return 0
    for path in catalogues():
        file = catalogue(path)
        file.save(str(path))
        # What is printed next, as docs/messages.md, reads the compiled one.
        file.save_as_mofile(str(path.with_suffix(".mo")))
        print(f"{path.parent.parent.name}: {len(file)} texts, {len(gaps(file))} untranslated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
