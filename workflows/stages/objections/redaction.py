"""What must not stand in what the organization reads: personal data, and who objected."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from designation.organizations.models import Jurisdiction
from designation.site.personal_data import personal_data
from designation.site.refusal import Finding
from designation.site.sealing import unseal
from standards.characters import plain, unseen_removed

from ..public_notice.models import NoticeEntry
from .models import Objection, ObjectorIdentity
from .who_objected import tells_of


def faults(
    objections: Sequence[Objection], text: str, *, field: str = "facts"
) -> Iterable[Finding]:
    """Why the text does not go out as it is; it tells of nobody who objected to the same name.

    Whoever raised any of them is compared, not shown.
    """
    everybody, public = _to_the_same_name(objections), _public_names(objections)
    if personal_data([text]):
        told = _("其中有身份证号或手机号，请删去。")
        yield Finding("personal_data", "", told, field=field)
    if any(tells_of(text, _identity(one), public=public) for one in everybody):
        told = _("其中有异议人的姓名、单位或联系方式，请改写，让人看不出是谁提出的。")
        yield Finding("tells_who_objected", "", told, field=field)
    if any(_has_code_of(one, text) for one in everybody):
        told = _("其中有异议的查询码，凭它可以看到办理结果，请删去。")
        yield Finding("tells_the_code", "", told, field=field)


def tells_another(
    objections: Sequence[Objection], text: str, *, field: str = ""
) -> Iterable[Finding]:
    """Why a text does not reach the objectors of all of them: it tells who one is, or its code.

    Read by one alone it may tell of that one. Of whom it tells need not be among those who read it.
    """
    readers, public = {one.pk for one in objections}, _public_names(objections)
    for one in _to_the_same_name(objections):
        if readers == {one.pk}:
            continue
        if _has_code_of(one, text) or tells_of(text, _identity(one), public=public):
            told = _("其中有异议人的姓名、单位、联系方式或查询码，其他异议人会看到，请删去。")
            yield Finding("tells_another", "", told, field=field)
            return


def _to_the_same_name(objections: Sequence[Objection]) -> Sequence[Objection]:
    """All that were raised against the same applicant, on this notice or one that was broken off.

    Each with who raised it, in one statement.
    """
    entries = NoticeEntry.objects.filter(pk__in=[one.entry_id for one in objections])
    applicants = entries.order_by().values("application")
    rows = Objection.objects.filter(entry__application__in=applicants).order_by("pk")
    return list(rows.select_related("identity"))


def _public_names(objections: Sequence[Objection]) -> Sequence[str]:
    """Of the unit, and of each area in which it lies: a sentence about it has to say them."""
    names: list[str] = []
    for entry in {one.entry for one in objections}:
        organization = entry.application.organization
        names += [entry.printed_name, entry.printed_area, organization.name_zh]
        area: Jurisdiction | None = organization.jurisdiction
        while area is not None:
            names.append(area.name_zh)
            area = area.parent
    return names


def _has_code_of(objection: Objection, text: str) -> bool:
    return _read(objection.receipt_code) in _read(text)


def _read(text: str) -> str:
    """Without blanks and unseen characters, in plain and small letters."""
    return re.sub(r"\s", "", unseen_removed(plain(text))).casefold()


def _identity(objection: Objection) -> Mapping[str, str]:
    """None is known of an anonymous one, of one erased, and of one that no key opens."""
    sealed: ObjectorIdentity | None = getattr(objection, "identity", None)
    if sealed is None:
        return {}
    try:
        return unseal(bytes(sealed.sealed))
    except InvalidToken:
        return {}
