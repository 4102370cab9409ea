"""What must hold of a county that is set up, and of its three administrators."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.site.refusal import Finding
from designation.site.sameness import key_of

from ...organizations.divisions import code_above, codes_around, level_of
from ...organizations.models import Jurisdiction, Level, Person, Seat
from ...organizations.roles import ADMINISTRATOR_ROLES
from ..conditions import bearing, of_name


def standing(county: Jurisdiction) -> Jurisdiction | None:
    """The county as it was entered before, without administrators."""
    return Jurisdiction.objects.filter(code=county.code).first()


def of_county(county: Jurisdiction) -> Iterator[Finding]:
    """That its code is a county's, which nobody administers, and its name is its own."""
    if level_of(county.code) is not Level.COUNTY:
        told = _("请填写县级（县、市、区）的区划代码：前六位是本县的，后六位为 000000。")
        yield Finding("not_a_county", "", told, field="code")
        return
    held = Seat.objects.in_force().filter(role__in=ADMINISTRATOR_ROLES)
    if held.filter(jurisdiction__code__in=codes_around(county.code)).exists():
        told = _("这个县或它的上级辖区已经有管理员，请核对代码；本县的人员由他们录入。")
        yield Finding("administered", "", told, field="code")
        return
    entered = standing(county)
    if entered is None:
        yield from of_name(county.name_zh, county, bearing(county.name_zh, _beside(county)))
    elif key_of(entered.name_zh) != key_of(county.name_zh):
        told = _("这个代码已登记为“%(name)s”，请核对名称和代码。") % {"name": entered.name_zh}
        yield Finding("another_name", "", told, field="name_zh")


def _beside(county: Jurisdiction) -> QuerySet[Jurisdiction]:
    """The counties of the same prefecture, which itself need not be entered."""
    above = (code_above(county.code) or "")[:4]
    return Jurisdiction.objects.filter(level=Level.COUNTY, code__startswith=above)


def of_administrator(person: Person, others: Iterable[Person]) -> Iterator[Finding]:
    """That the account is new, and that it is another person than those before.

    Three administrators are three people: nothing that tells a person may be the same.
    """
    if Person.objects.filter(username=person.username).exists():
        told = _("这个账号已有人使用，请另取一个。")
        yield Finding("account_taken", "", told, field="username")
    for other in others:
        if person.username == other.username:
            told = _("与前面的账号相同：三个管理员须由不同的人担任，各用各的账号。")
            yield Finding("same_account", "", told, field="username")
        if key_of(person.full_name) == key_of(other.full_name):
            told = _(
                "与前面的姓名相同：三个管理员须由不同的人担任。确是同名的另一人，请在姓名后加以区别。"
            )
            yield Finding("same_name", "", told, field="full_name")
        if person.email and person.email.lower() == other.email.lower():
            told = _("与前面的电子邮箱相同：密码链接会发到这里，请填写本人的，没有的不填。")
            yield Finding("same_email", "", told, field="email")
