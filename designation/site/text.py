"""Text on its way in: whatever a request carries is cleaned before any page reads it.

What is kept and what goes says ``standards.characters``. Forms say besides which fields hold one
line (``site.forms``); importers pass their cells through the same two functions.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from standards.characters import kept, line, plain
from standards.printing import coverage

LONGEST = 2000
# The database takes it, and no row of ours has it.
NO_ROW = 10**18
_LONGEST_NUMBER = 18
_LONGEST_FILE_NAME = 120
_LONGEST_SEARCH = 60

# Our own fields, which carry nothing that a person typed.
_NOT_TYPED = (
    "csrfmiddlewaretoken",
    "version",
    "show",
    "continue",
    "save",
    "rest",
    "answer",
    "next",
    "request_key",
    "shown",
)


class Intake:
    """Middleware: cleans all texts and file names of a request but passwords.

    What was taken, but prints as a box, is said on the next page: a warning, no wall. Stands below
    the check of the token, which reads the form as it was sent, and below the messages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            _say_what_is_not_printed(request)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        request.GET = cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = cleaned(request.POST)  # type: ignore[assignment]
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = file_name(file.name or "")


def _say_what_is_not_printed(request: HttpRequest) -> None:
    texts = "\n".join(text for _name, text in typed_texts(request.POST))
    if signs := coverage.not_printed(texts):
        said = _(
            "“%(signs)s”没有字体可印，文件中以“□”代替。内容已照原样保存；要印出来，请改用文字。"
        )
        messages.warning(request, said % {"signs": " ".join(signs)})


def cleaned(data: QueryDict) -> QueryDict:
    """The same fields with cleaned texts; a password stays as it was typed."""
    taken = QueryDict(mutable=True, encoding=data.encoding)
    for name, texts in data.lists():
        as_typed = "password" in name
        taken.setlist(line(name), texts if as_typed else [kept(text) for text in texts])
    taken._mutable = False  # noqa: SLF001 - as Django makes those of a request
    return taken


def cleaned_data(data: Any) -> Any:
    """Read data (of a file: lists and mappings) with all its texts cleaned."""
    if isinstance(data, str):
        return kept(data)
    if isinstance(data, Mapping):
        return {name: cleaned_data(member) for name, member in data.items()}
    if isinstance(data, list | tuple):
        return [cleaned_data(member) for member in data]
    return data


def file_name(name: str) -> str:
    """The name of a file as it may be stored, listed and served: one line, never empty.

    Path separators and what a file system refuses become ``_``; a long name is cut before its
    ending.
    """
    plainer = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in line(name)).strip(". ")
    stem, dot, ending = plainer.rpartition(".")
    if not dot or not stem:
        return plainer[:_LONGEST_FILE_NAME] or "file"
    ending = ending[:20]
    return f"{stem[: _LONGEST_FILE_NAME - len(ending) - 1]}.{ending}"


def typed_texts(data: QueryDict) -> Iterable[tuple[str, str]]:
    """Pairs of field name and text, in the order of the form; never a password."""
    for name, texts in data.lists():
        if name in _NOT_TYPED or "password" in name:
            continue
        yield from ((line(name), kept(text)) for text in texts if kept(text))


class TooLong(ValueError):
    """A text of more than ``LONGEST`` characters; ``str()`` says how many are too many."""

    def __init__(self, count: int) -> None:
        super().__init__(excess_told(LONGEST, count))


def excess_told(limit: int, count: int) -> str:
    """What is said of a text that is longer than ``limit``."""
    return _("最多 %(limit)s 字，现有 %(count)s 字，多了 %(excess)s 字，请删减。") % {
        "limit": limit,
        "count": count,
        "excess": count - limit,
    }


def typed_text(data: Mapping[str, str], name: str) -> str:
    """The text typed under ``name``; "" when there is none. Raises TooLong, and cuts nothing."""
    text = kept(data.get(name, ""))
    if len(text) > LONGEST:
        raise TooLong(len(text))
    return text


def searched(data: Mapping[str, str], name: str = "text") -> str:
    """What to search for: of a longer text its beginning."""
    return line(data.get(name, ""))[:_LONGEST_SEARCH]


def whole_number(text: str | None) -> int | None:
    """The number, not negative, that ``text`` is; None for any other text or none.

    Full-width digits are read. A number too long for the database becomes ``NO_ROW``.
    """
    digits = plain(text or "")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if len(digits) <= _LONGEST_NUMBER else NO_ROW


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Those of ``texts`` that ``whole_number`` reads."""
    return [number for text in texts if (number := whole_number(text)) is not None]


def number_or_404(text: str | None) -> int:
    """As ``whole_number``. Raises Http404 for any other text: no address of ours."""
    number = whole_number(text)
    if number is None:
        raise Http404
    return number
