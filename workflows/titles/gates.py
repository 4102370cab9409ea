"""What is asked before something happens to a title; each is a sentence that is true when open.

Those on what the person brings are silent on a page that only shows what may be done.
"""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.organizations.models import Role
from designation.organizations.rules import seats
from designation.register.bars import years_after
from designation.register.giving import is_called, recorded_decision
from designation.register.standing import ENDINGS, Act, Status
from designation.site.reasons import LEAST_REASON
from designation.site.templatetags.moments import day as in_words

from ..findings import GateFinding
from .case import TitleAct, TitleCase
from .correcting import DAY, ORDER_DAYS, Days, days_after, last_of_the_title

Found = Iterable[GateFinding]
# For how many years a title is renewed at most, by methods that were read (2 to 5; our default).
MOST_YEARS = 5
# By these somebody has taken part in what is decided when a title is revoked, or restored.
_BEFORE_REVOKING = (Act.WARNED, Act.LIFTED, Act.ORDERED, Act.PROLONGED, Act.PASSED)
# A new decision begins with nothing against the title: what was decided before it is overtaken.
_GIVES_ANEW = (Act.EXTENDED, Act.RESTORED)
_BEFORE_A_NEW_DECISION = gettext_lazy(
    "文件日期不能早于%(day)s：称号那天已经依据新的命名决定%(act)s，此前作出的文件不再登记。"
    "请核对日期；仍须办理的，请作出决定的机关另行作出决定，再按新文件登记。"
)
_BEFORE_THE_LAST = gettext_lazy(
    "文件日期不能早于%(day)s，那是这个称号上一次办理（%(act)s）的日期。"
    "请核对日期；文件确实在此以前作出的，请作出决定的机关另行出具文件，再按新文件登记。"
)
# Whoever was given time has some of it left when the register, which tells them, learns of it.
_ALL_OF_IT_IS_PAST = gettext_lazy(
    "按这份文件，整改期限最迟到%(last)s，已经过去。请核对文件日期；文件确实这样早的，"
    "请作出决定的机关另行出具文件，写明新的整改期限。"
)


def _of_what_is_brought(gate: Callable[[TitleCase, TitleAct], Found]) -> Callable[[Any], Found]:
    """A gate on the act, silent where nothing is brought yet."""

    @wraps(gate)
    def asked(case: TitleCase) -> Found:
        return gate(case, case.act) if case.act is not None else ()

    return asked


# How it stands


def the_title_is_in_force(case: TitleCase) -> Found:
    """What has run out is ended by nobody: time did."""
    if case.standing.status == Status.EXPIRED:
        yield GateFinding(
            "title_expired",
            _("有效期内的称号才能撤销或注销"),
            _(
                "称号已于%(day)s到期，名册上已不再有效，不用再撤销或注销。要继续使用称号的，"
                "须有新的命名决定，由审定人办理延续。"
            )
            % {"day": in_words(case.standing.until)},
        )


def it_was_in_force_when_that_was_decided(case: TitleCase) -> Found:
    """A fault is none the less for a document that came to the register after the last day."""
    stood = case.on_its_day
    if stood is not None and stood.status == Status.EXPIRED and not _outlives_title(case):
        yield GateFinding(
            "title_expired",
            _("有效期内的称号才能撤销或注销"),
            _(
                "称号已于%(day)s到期，到期以后不用再撤销或注销；撤销的文件在这一天或者以前作出的，"
                "仍然登记。要继续使用称号的，须有新的命名决定，由审定人办理延续。"
            )
            % {"day": in_words(stood.until)},
            field="decided_on" if case.act else "",
        )


def no_order_stands(case: TitleCase) -> Found:
    """Else who is about to lose a title for a fault could give it up without one.

    Nor does it begin anew with nothing against it while that is not concluded.
    """
    if case.order is None:
        return
    told = _("称号正在限期整改。请先认定整改合格；到期未整改到位的，由审定人撤销。")
    if case.standing.status == Status.EXPIRED:
        told = _(
            "称号到期以前责令的整改还没有结论。请先认定整改合格；"
            "到期以前已经决定撤销的，由审定人登记撤销。"
        )
    yield GateFinding("order_stands", _("限期整改期间先作出整改结论"), told)


def no_revocation_is_proposed(case: TitleCase) -> Found:
    """What may yet be taken for a fault, and bar its unit, is not given up, nor given for longer.

    Nor ordered to be corrected: a title under order is not revoked, and so whoever proposed it
    would take that back although it is the deciding officer's. Who declines has it concluded
    otherwise, by an order too.
    """
    if case.standing.is_in_force and case.revocation_is_proposed:
        yield GateFinding(
            "revocation_proposed",
            _("已提请撤销的，先由审定人决定"),
            _(
                "复核已提请撤销这个称号，现在不能责令限期整改、注销或者延续。请先由审定人决定："
                "撤销称号，或者不予撤销；不予撤销的，再办理。"
            ),
        )


def no_proposal_outlasted_the_term(case: TitleCase) -> Found:
    """A title that ran out is declined nothing: what was proposed is recorded late, or dropped."""
    if case.standing.status == Status.EXPIRED and case.revocation_is_proposed:
        yield GateFinding(
            "proposal_left",
            _("已提请撤销的，先由审定人决定"),
            _(
                "称号到期以前，复核已提请撤销，还没有决定。请先由审定人登记到期以前作出的撤销，"
                "或者由县级经办人终止那次复核，再办理延续。"
            ),
        )


def _outlives_title(case: TitleCase) -> bool:
    """Whether an order leaves no day on which to revoke: of before orders had to leave one."""
    last = case.order.correct_by if case.order else None
    return last is not None and last > last_of_the_title(case.standing.until)


def the_deadline_has_passed(case: TitleCase) -> Found:
    """Who was given time to correct has all of it, whenever the document is entered."""
    rule = _("整改期限届满以后才能撤销")
    last = case.order.correct_by if case.order else None
    if last is not None and _outlives_title(case):
        yield GateFinding(
            "order_outlasts_title",
            rule,
            _("整改期限到%(day)s，称号在这以前或者同一天到期，不能再撤销。请作出整改结论。")
            % {"day": in_words(last)},
        )
        return
    if last is not None and last >= case.today:
        yield GateFinding(
            "deadline_not_passed",
            rule,
            _("整改期限到%(day)s，期满仍未整改到位的才能撤销。请等到期满，或先认定整改合格。")
            % {"day": in_words(last)},
        )
        return
    stood = case.on_its_day
    ran_until, act = stood.correct_by if stood else None, case.act
    if act and act.decided_on and ran_until and act.decided_on <= ran_until:
        yield GateFinding(
            "decided_before_deadline",
            rule,
            _("整改期限到%(day)s，撤销的文件须在这一天以后作出，请核对文件日期。")
            % {"day": in_words(ran_until)},
            field="decided_on",
        )


def more_time_was_given_in_time(case: TitleCase) -> Found:
    """By the day of the document, which may come to the register when the order has run out.

    Nothing was decided meanwhile: what is brought is dated in its turn.
    """
    last = case.order.correct_by if case.order else None
    if last is None or last >= case.today:
        return
    told, field = "", ""
    if case.act is None and days_to_correct(case).are_none and not _the_term_leaves_none(case):
        told = _("整改期限已于%(day)s届满，不能再延长。请作出结论：整改合格，或者由审定人撤销。")
    elif case.act and case.act.decided_on and case.act.decided_on > last:
        field = "decided_on"
        told = _(
            "整改期限已于%(day)s届满，以后作出的文件不能再延长，请核对文件日期。"
            "没有在这一天以前决定延长的，请作出结论：整改合格，或者由审定人撤销。"
        )
    if told:
        rule = _("整改期限届满以前延长")
        yield GateFinding("deadline_passed", rule, told % {"day": in_words(last)}, field=field)


def an_order_is_prolonged_only_once(case: TitleCase) -> Found:
    if case.was_prolonged:
        yield GateFinding(
            "prolonged_already",
            _("整改期限只延长一次"),
            _("整改期限已经延长过一次。请在期满后作出结论：整改合格，或者由审定人撤销。"),
        )


def a_term_is_left(case: TitleCase) -> Found:
    if case.standing.until < case.today:
        yield GateFinding(
            "no_term_left",
            _("有效期内的称号才能恢复"),
            _("称号的有效期已于%(day)s届满，不能恢复。请由新的命名决定重新授予。")
            % {"day": in_words(case.standing.until)},
        )


def its_holder_still_exists(case: TitleCase) -> Found:
    if not case.holder.is_active:
        yield GateFinding(
            "holder_is_gone",
            _("持有称号的组织仍然存在"),
            _("持有称号的组织已经撤并，称号不能再恢复或延续。请由新的命名决定授予承接的组织。"),
        )


# Who acts


def _who_decides_did_none_of(acts: Collection[Act]) -> Callable[[Any], Found]:
    def who_decides_took_no_part(case: TitleCase) -> Found:
        hands = seats(case.asked.person).hands(Role.DECIDING_OFFICER, code=case.area_code)
        mine = {person.pk for person in hands}
        theirs = [step for step in case.life if step.act in acts]
        if any(mine & {step.actor_id, step.acted_for_id} for step in theirs):
            yield GateFinding(
                "took_part",
                _("决定的人没有参与此前的办理"),
                _("您办理过这个称号此前的警告、整改、撤销或注销，应当回避。请由其他审定人办理。"),
            )

    return who_decides_took_no_part


who_revokes_took_no_part = _who_decides_did_none_of(_BEFORE_REVOKING)
who_restores_took_no_part = _who_decides_did_none_of(ENDINGS)


# What is brought


@_of_what_is_brought
def a_document_stands_behind_it(_case: TitleCase, act: TitleAct) -> Found:
    rule = _("每一步都有文件依据")
    if not act.document_number.strip():
        yield GateFinding("no_document", rule, _("请填写文件的发文字号。"), field="document_number")
    if not act.deciding_body.strip():
        yield GateFinding("no_body", rule, _("请填写作出决定的机关。"), field="deciding_body")


@_of_what_is_brought
def it_is_dated_in_its_turn(case: TitleCase, act: TitleAct) -> Found:
    """Neither ahead, nor before the title or what was last done to it.

    What a reorganization wrote speaks of who holds it, and bars no document of before.
    """
    last = case.acted_on
    told = ""
    if act.decided_on is None:
        told = _("请填写文件的日期。")
    elif act.decided_on > case.today:
        told = _("文件日期不能晚于今天。")
    elif act.decided_on < last.effective_on:
        said = {"day": in_words(last.effective_on), "act": last.get_act_display()}
        told = (_BEFORE_A_NEW_DECISION if last.act in _GIVES_ANEW else _BEFORE_THE_LAST) % said
    if told:
        yield GateFinding("dated_wrong", _("按先后登记"), told, field="decided_on")


@_of_what_is_brought
def it_is_dated_in_its_turn_or_gave_the_title(case: TitleCase, act: TitleAct) -> Found:
    """A slip is set right by the document in which the right day has stood all along, too."""
    named = case.decision_named
    if named is None:
        yield from it_is_dated_in_its_turn(case)
    elif named.decided_on != act.decided_on:
        yield GateFinding(
            "dated_wrong",
            _("按先后登记"),
            _("这份决定已经登记，日期是%(day)s，请核对。") % {"day": in_words(named.decided_on)},
            field="decided_on",
        )


@_of_what_is_brought
def the_right_day_is_another(case: TitleCase, act: TitleAct) -> Found:
    """Than what stands, and none before the title; it may be past, where that is the truth."""
    told, day = "", case.title.designated_on
    if act.until is None or act.until <= day:
        told = _("有效期至须在命名日期（%(day)s）之后，请按文件核对。")
    elif act.until == case.standing.until:
        day = act.until
        told = _("名册上的有效期就是%(day)s，不用更正。请按文件核对。")
    if told:
        rule = _("更正为文件写明的日期")
        yield GateFinding("no_other_day", rule, told % {"day": in_words(day)}, field="until")


@_of_what_is_brought
def the_reason_is_given(_case: TitleCase, act: TitleAct) -> Found:
    if len(act.reason.strip()) < LEAST_REASON:
        yield GateFinding(
            "reason_too_short",
            _("写明理由"),
            _("请写明事实和理由，不少于 %(least)s 个字。") % {"least": LEAST_REASON},
            field="reason",
        )


def days_to_correct(case: TitleCase) -> Days:
    """More days after those of the order that stands; else days after that of the document.

    Where no document is brought yet, after the day that leaves most.
    """
    begins = case.order.correct_by if case.order else case.act and case.act.decided_on
    begins = begins or max(case.acted_on.effective_on, case.today - DAY)
    return days_after(begins, today=case.today, until=case.standing.until)


def _the_term_leaves_none(case: TitleCase) -> bool:
    return days_to_correct(case).first > last_of_the_title(case.standing.until)


def the_order_ends_within_the_term(case: TitleCase) -> Found:
    """And leaves a day of it: said before anything is typed where no day could be right."""
    last = last_of_the_title(case.standing.until)
    said = {"day": in_words(case.standing.until)}
    told, field = "", ""
    if _the_term_leaves_none(case) and case.order:
        told = _(
            "称号%(day)s到期，整改须在这以前结束，没有可以延长的时间。"
            "请作出结论：整改合格，或者由审定人撤销。"
        )
    elif _the_term_leaves_none(case):
        field = "decided_on" if case.act else ""
        told = _(
            "称号%(day)s到期，整改须在这以前结束，没有整改的时间。"
            "可以警告；有过错、应当撤销的，由审定人撤销。"
        )
    elif case.act and case.act.correct_by and case.act.correct_by > last:
        field = "correct_by"
        said |= {"last": in_words(last)}
        told = _("称号%(day)s到期，整改须在这以前结束，整改期限不能晚于%(last)s。")
    if told:
        rule = _("整改在称号到期以前结束")
        yield GateFinding("order_outlasts_title", rule, told % said, field=field)


@_of_what_is_brought
def an_order_runs_thirty_days_at_most(case: TitleCase, act: TitleAct) -> Found:
    """After the day of its document; once more after its last day."""
    days, last = days_to_correct(case), last_of_the_title(case.standing.until)
    told, field = "", "correct_by"
    if _the_term_leaves_none(case) or not (case.order or act.decided_on):
        return
    if days.are_none:
        field = "decided_on"
        told = str(_ALL_OF_IT_IS_PAST)
    elif act.correct_by is None or (act.correct_by <= last and act.correct_by not in days):
        told = _("整改期限请填%(first)s至%(last)s之间的一天。")
    if told:
        said = {"first": in_words(days.first), "last": in_words(days.last)}
        rule = _("整改期限不超过 %(days)s 天") % {"days": ORDER_DAYS}
        yield GateFinding("order_too_long", rule, told % said, field=field)


@_of_what_is_brought
def it_rests_on_a_new_decision(case: TitleCase, act: TitleAct) -> Found:
    """One that gave or brought back this title before does so no second time."""
    body, number = act.deciding_body.strip(), act.document_number.strip()
    told = ""
    # Its own first: that may be one of another area, as on a round of the prefecture.
    if any(step.decision and is_called(step.decision, body, number) for step in case.life):
        told = _("这个称号已经依据这份决定办理过，请填写新的决定。")
    elif (
        known := recorded_decision(body, number, case.area_code)
    ) and known.decided_on != act.decided_on:
        told = _("这份决定已经登记，日期是%(day)s，请核对。") % {"day": in_words(known.decided_on)}
    if told:
        yield GateFinding("no_new_decision", _("依据新的决定"), told, field="document_number")


@_of_what_is_brought
def the_new_term_is_longer(case: TitleCase, act: TitleAct) -> Found:
    begins = max(filter(None, [case.standing.until, act.decided_on]))
    latest = years_after(begins, MOST_YEARS)
    if act.until is None or not begins < act.until <= latest:
        yield GateFinding(
            "term_not_longer",
            _("延续后的有效期更长，不超过 %(years)s 年") % {"years": MOST_YEARS},
            _("有效期至请填%(first)s以后、%(last)s以前的一天。")
            % {"first": in_words(begins), "last": in_words(latest)},
            field="until",
        )
