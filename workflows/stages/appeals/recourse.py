"""What whoever is barred is told of an appeal against the decision that bars them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Stage
from designation.calendar.templatetags.deadlines import deadline
from designation.organizations.models import Person
from designation.register.bars import Bar, Ground
from designation.register.models import TitleStep
from designation.site import clock

from ...bars.recourse import Recourse
from ...case.records import Decision
from .against import against, until, whose
from .gates import of
from .models import ANSWERED, Appeal
from .rules import may_give_the_units_word, readable


def of_a_bar(bar: Bar, person: Person | None) -> Recourse:
    """Until when it may be asked for, or what became of it; the page for who may open it."""
    ground = _ground(bar)
    if ground is None or against(ground) is None:
        return Recourse()
    appeal = Appeal.objects.filter(**of(ground)).first()
    return _made(appeal, person) if appeal else _to_be_made(ground, person)


def _ground(bar: Bar) -> Decision | TitleStep | None:
    if bar.ground == Ground.REVOKED:
        return TitleStep.objects.select_related("title__jurisdiction").filter(pk=bar.key).first()
    rows = Decision.objects.filter(application=bar.key, to_stage=Stage.REJECTED)
    rows = rows.select_related("application__organization", "application__round__jurisdiction")
    return rows.order_by("pk").last()


def _made(appeal: Appeal, person: Person | None) -> Recourse:
    """That there is one, nobody learns here who does not read it, until it is answered."""
    reads = person is not None and readable(person).filter(pk=appeal.pk).exists()
    if appeal.status in ANSWERED:
        said = _("对这个决定的复核已经作出最终答复，不能再申请复核。")
    elif not reads:
        return Recourse()
    elif appeal.status == Appeal.Status.WITHDRAWN:
        said = _("对这个决定的复核申请已经撤回，不能再申请复核。")
    else:
        said = _("对这个决定已经申请复核，正在等待答复。")
    if not reads:
        return Recourse(said)
    return Recourse(said, _("查看复核申请"), reverse("appeals:appeal", args=[appeal.pk]))


def _to_be_made(ground: Decision | TitleStep, person: Person | None) -> Recourse:
    """Whoever goes on with the title appeals, which need not be all that are barred."""
    unit, last = whose(ground), until(ground)
    if not unit.is_active:
        return Recourse()
    if last is not None and clock.is_over(last):
        told = _("对这个决定申请复核的期限到%(until)s为止，已经过了。")
        return Recourse(told % {"until": deadline(last)})
    told = _("对这个决定不服的，%(unit)s的负责人可以申请复核一次。")
    if last is not None:
        told = _("对这个决定不服的，%(unit)s的负责人可以在%(until)s前申请复核一次。")
    said = told % {"unit": unit.name, "until": deadline(last)}
    if person is None or not may_give_the_units_word(unit, person):
        return Recourse(said)
    return Recourse(said, _("申请复核"), _form_against(ground))


def _form_against(ground: Decision | TitleStep) -> str:
    if isinstance(ground, TitleStep):
        return reverse("appeals:against_title", args=[ground.title_id])
    return reverse("appeals:against_decision", args=[ground.pk])
