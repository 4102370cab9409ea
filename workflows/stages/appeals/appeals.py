"""Appeals: made once and in time, on the site or on paper; heard and answered by the one door."""

from typing import Any, Unpack

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.register.models import TitleStep
from designation.site import endings
from designation.site.refusal import Refusal

from ... import door
from ...case.records import Decision
from . import against, taking_in
from .case import AppealAct
from .course import AppealCourse
from .models import Appeal
from .rules import may_enter, may_give_the_units_word
from .taking_in import Brought


@endings.act()
def lodge(
    ground: Decision | TitleStep, brought: Brought, *, actor: Person, request_key: str = ""
) -> Appeal:
    """Appeal against a decision, or against the step that revoked a title.

    Raises Refusal for who does not lead the unit, a minute late, a second time, without a reason,
    and of a meeting's decision without its grounds.
    """
    taking_in.lock(ground)
    if not may_give_the_units_word(against.whose(ground), actor):
        raise Refusal.because("not_permitted", _("申请复核由单位负责人提出。"))
    asked = door.Asked(actor, request_key=request_key)
    return taking_in.take_in(ground, brought, asked=asked, role=Role.HEAD)


@endings.act()
def enter(
    ground: Decision | TitleStep, brought: Brought, *, actor: Person, request_key: str = ""
) -> Appeal:
    """Type an appeal that came on paper, with its scan; whoever types it does not hear it.

    The moment at which it was received counts. Raises Refusal as ``lodge``, for who does not
    coordinate the area, and without a scan.
    """
    taking_in.lock(ground)
    if not may_enter(against.whose(ground), against.area_of(ground), actor):
        raise Refusal.because("not_permitted", _("书面的复核申请由县级经办人登记。"))
    if not brought.files or brought.received_at is None:
        raise Refusal.because("no_scan", _("请写明收到时间，并附申请书的扫描件或者照片。"))
    asked = door.Asked(actor, request_key=request_key)
    return taking_in.take_in(ground, brought, asked=asked, role=Role.COUNTY_COORDINATOR)


def carry_out(
    name: str,
    appeal: Appeal,
    act: AppealAct,
    *,
    actor: Person,
    seen: int | None = None,
    **how: Unpack[door.How],
) -> Appeal:
    """Do what ``course.PASSAGES`` calls ``name``; ``seen`` is the version of the page acted on.

    Raises Refusal with every finding.
    """
    action = f"{AppealCourse.KIND}.{name}"
    found: Any = door.perform(action, appeal.pk, actor=actor, expected_version=seen, act=act, **how)
    return found  # type: ignore[no-any-return]
