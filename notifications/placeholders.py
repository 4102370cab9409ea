"""Fields that people put between braces in a text of theirs: read when saved, filled in when sent.

Plain substitution and nothing else: a name stands for one value that the event stored, and what is
filled in is never read again. A text is stored with the codes of its fields, and shown with their
words in the language of whoever reads it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from designation.announcements.declared import LANGUAGES, field_word
from standards.characters import sameness_key

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_BRACES = str.maketrans("｛｝", "{}")
# As much of a text as is shown of where a brace stands alone; our default.
_SHOWN = 12


def read(typed: str, fields: Iterable[str]) -> str:
    """The text as it is stored: words of fields, in either language, become their codes.

    What is no such word stays as it was typed; ``faults`` says so.
    """
    codes = _codes(fields)
    return _FIELD.sub(
        lambda found: f"{{{codes.get(sameness_key(found[1]), found[1])}}}", typed.translate(_BRACES)
    )


def faults(typed: str, fields: Iterable[str]) -> Iterator[str]:
    """What stands between braces and cannot be filled in, each as it is told at its input."""
    names = list(fields)
    codes = _codes(names)
    text = typed.translate(_BRACES)
    for found in _FIELD.finditer(text):
        if sameness_key(found[1]) not in codes:
            told = _("这种消息里没有“%(name)s”，请从可用的字段中点选：%(fields)s。")
            yield told % {"name": found[1].strip(), "fields": "、".join(map(field_word, names))}
    rest = _FIELD.sub("\0", text)
    if alone := re.search("[{}]", rest):
        around = rest[alone.start() : alone.start() + _SHOWN].replace("\0", "…").split("\n")[0]
        told = _("大括号要成对：“%(around)s”这里少了一半。请补上，或者删去。")
        yield told % {"around": around}


def shown(stored: str) -> str:
    """The text as people edit it, its fields in words of the active language."""
    return _FIELD.sub(lambda found: f"{{{field_word(found[1])}}}", stored)


def filled(stored: str, values: Mapping[str, str]) -> str:
    """The text of one message; a line of which a field is empty is left out, as in those of ours.

    Without what was left out it may be empty altogether.
    """
    lines = [
        _FIELD.sub(lambda found: values[found[1]], line)
        for line in stored.split("\n")
        if all(values.get(name) for name in _FIELD.findall(line))
    ]
    return "\n".join(lines).strip()


def _codes(fields: Iterable[str]) -> dict[str, str]:
    """By each spelling of a word, in every language, the field that it names."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {sameness_key(field_word(name)): name for name in fields}
    return found
