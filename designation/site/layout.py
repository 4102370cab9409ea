"""How a template is laid out is for who reads it: what is sent is without its indentation.

A run of blanks with a line break in it is one blank to a browser wherever it stands, so it is sent
as one: within a tag as a space, between tags as a line break, beside text as a space. Nothing is
taken away wholly but what follows a tag that prints nothing (`load`, `extends`), what stands before
the end of a tag, and what stands around a template: a part brings no blank into a sentence.
"""

import re

from django.template.base import Origin
from django.template.loaders import filesystem

_VALUE = r"""(?:\{%.*?%\}|\{\{.*?\}\}|"(?:\{%.*?%\}|\{\{.*?\}\}|[^"])*"|'[^']*'|[^>"'])*"""
_PARTS = re.compile(
    # Kept as written: notes, sentences to be translated, and texts where a line break counts.
    r"(?P<kept>\{%\s*comment\b.*?endcomment\s*%\}|\{%\s*blocktranslate\b.*?endblocktranslate\s*%\})"
    rf"|(?P<opening><(?P<name>script|style|pre|textarea)\b{_VALUE}>)(?P<content>.*?)(?=</(?P=name))"
    rf"|(?P<tag></?[a-zA-Z!]{_VALUE}>)"
    r"|(?P<silent>\{%\s*(?:load|extends)\b[^%]*%\})\s*\n\s*"
    r"|(?P<before>\s*\n\s*)",
    re.DOTALL,
)


def _within_tag(tag: str) -> str:
    return re.sub(r"\s*\n\s*", " ", re.sub(r"\s*\n\s*(/?>)$", r"\1", tag))


def _shortened(found: re.Match[str]) -> str:
    if kept := found["kept"] or found["silent"]:
        return kept
    if found["opening"]:
        return _within_tag(found["opening"]) + found["content"]
    if found["tag"]:
        return _within_tag(found["tag"])
    whole = found.string
    stands_alone = whole.endswith((">", "%}"), 0, found.start()) and whole.startswith(
        ("<", "{%"), found.end()
    )
    return "\n" if stands_alone else " "


def without_indentation(source: str) -> str:
    """The template `source` as it is sent: each run of blanks with a line break as one blank."""
    return _PARTS.sub(_shortened, source.strip())


class Loader(filesystem.Loader):
    """Reads our templates as Django does, and leaves their indentation in the file."""

    def get_contents(self, origin: Origin) -> str:
        """The template's text without indentation."""
        return without_indentation(super().get_contents(origin))
