"""Slips as a PDF, made of the addresses that their page shows, while they can be used.

The page sends them back: nothing of a link is kept here in between.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.urls import Resolver404, resolve
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

from designation.site.refusal import Refusal
from designation.site.templatetags.moments import moment
from designation.site.templatetags.punctuation import colon
from designation.site.templatetags.qr import drawn
from standards.printing import pdf

from ..organizations.models import Person
from ..organizations.rules import seats
from . import password_links
from .slips import Slip

_LAYOUT = Path(__file__).with_name("slips.typ")
_USED_AT = "organizations:set_password"


@dataclass(frozen=True, slots=True)
class _Printed:
    name: str
    what: str
    username: str
    address: str
    code: str
    until: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    account: str
    told: str
    slips: tuple[_Printed, ...]
    remarks: tuple[str, ...] = ()


def of_paths(paths: Sequence[str], *, maker: Person) -> list[Slip]:
    """The slips of links as they were shown to who made them, in their order.

    Raises Http404 for who makes none for many, Refusal where one of them is nobody's of theirs, or
    can be used no more: whoever sends an address has it already, and learns nothing new of it.
    """
    if not seats(maker).is_security_administrator:
        raise Http404
    made = _made(paths, password_links.people(maker), _home)
    if made is None:
        told = _("有的链接已经使用或者失效，没有生成文件；请回到列表，为还没有密码的人重新生成。")
        raise Refusal.because("does_nothing", told)
    return made


def of_administrators(paths: Sequence[str], given: Mapping[int, str]) -> list[Slip]:
    """As ``of_paths``, of those who were ``given`` a role on the first day, by key of the person.

    Who may ask is settled by the link of that day (``administration.first_day``).
    """
    people = Person.objects.filter(pk__in=given)
    made = _made(paths, people, lambda person: given[person.pk])
    if made is None:
        told = _("有的链接已经使用或者失效，没有生成文件；已设置密码的管理员可以直接登录。")
        raise Refusal.because("does_nothing", told)
    return made


def _made(
    paths: Sequence[str], people: QuerySet[Person], what: Callable[[Person], str]
) -> list[Slip] | None:
    """A slip of each path; None where one is nobody's of ``people``, or there is none at all."""
    links = [_taken_apart(path) for path in paths]
    keys = [key for key, _token in links if key is not None]
    found = people.select_related("home_organization").in_bulk(keys)
    made = []
    for path, (key, token) in zip(paths, links, strict=True):
        person = found.get(key or 0)
        if person is None or password_links.fault(person, token):
            return None
        made.append(Slip(person, path, what(person), password_links.ends_at(token)))
    return made or None


def _home(person: Person) -> str:
    home = person.home_organization
    return home.name if home else ""


def _taken_apart(path: str) -> tuple[int | None, str]:
    """The key of the person and the token that a link's path holds; None for another path."""
    try:
        match = resolve(path)
    except Resolver404:
        return None, ""
    if match.view_name != _USED_AT:
        return None, ""
    try:
        key = int(urlsafe_base64_decode(match.kwargs["uidb64"]))
    except ValueError:
        return None, ""
    return key, match.kwargs["token"]


def written(slips: Iterable[Slip], *, address: Callable[[str], str]) -> bytes:
    """The PDF; ``address`` makes a path what a browser is given."""
    printed = tuple(
        _Printed(
            slip.person.full_name,
            slip.what,
            slip.person.username,
            address(slip.path),
            drawn(address(slip.path)),
            _("%(until)s前有效，只能使用一次。请不要交给他人，用后撕毁。")
            % {"until": moment(slip.until)},
        )
        for slip in slips
    )
    account = f"{_('账号')}{colon()}"
    told = _("用手机扫右边的码，或者在浏览器中打开下面的地址，自己设置密码：")
    return pdf.laid_out_pdf(_LAYOUT, _Sheet(_("密码条"), account, told, printed))


def answer(slips: Iterable[Slip], *, address: Callable[[str], str]) -> FileResponse:
    """The PDF as a file to keep."""
    return FileResponse(
        BytesIO(written(slips, address=address)),
        as_attachment=True,
        filename=_("密码条") + ".pdf",
        content_type="application/pdf",
    )
