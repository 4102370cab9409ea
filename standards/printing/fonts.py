"""Which faces documents are set in: the official ones where they are, and what stands in for them.

The families are data (``fonts.yaml``); ``settings.DOCUMENT_FONTS`` puts a family before them by
role, and ``settings.DOCUMENT_FONTS_DIR`` names a folder with a county's own licensed fonts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
import yaml
from django.conf import settings

ROLES = ("body", "title", "heading")


@dataclass(frozen=True, slots=True)
class Face:
    """``family`` is what is set; ``stands_in_for`` the official face that is not here, if so."""

    family: str
    stands_in_for: str = ""


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    file = Path(__file__).with_name("fonts.yaml")
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


@cache
def collection() -> typst.Fonts:
    """Every font within reach, looked for once a process."""
    return typst.Fonts(font_paths=[str(folder) for folder in settings.DOCUMENT_FONT_FOLDERS])


def wanted(role: str) -> str:
    """The first choice for a role: what a word processor is asked for."""
    return str(settings.DOCUMENT_FONTS.get(role) or _data()[role]["families"][0])


def face(role: str, present: Iterable[str]) -> Face:
    """The best of the ``present`` families for a role. Raises LookupError when none is there."""
    here = {family.casefold(): family for family in present}
    own = settings.DOCUMENT_FONTS.get(role)
    official = [*([own] if own else []), *_data()[role]["families"]]
    for family in official:
        if family.casefold() in here:
            return Face(here[family.casefold()])
    for family in _data()[role]["instead"]:
        if family.casefold() in here:
            return Face(here[family.casefold()], own or str(_data()[role]["official"]))
    raise LookupError(
        f"No font for the {role} of documents: install fonts-noto-cjk, run the set-up that brings "
        "Noto Serif SC, or name a folder with DOCUMENT_FONTS_DIR."
    )


@cache
def faces() -> dict[str, Face]:
    """The face of each role on this machine."""
    present = collection().families()
    return {role: face(role, present) for role in ROLES}
