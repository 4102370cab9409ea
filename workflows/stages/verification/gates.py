"""What must hold before a visit begins, and before it is complete."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.applications.models import Conclusion
from standards.engine import evaluation as ev

from ...case.facts import Case
from ...findings import GateFinding, from_engine
from .facts import OnSite
from .recusal import recusal
from .rules import why_not

FEWEST_VERIFIERS = 2


def the_team_is_fit(case: Case) -> Iterable[GateFinding]:
    """At least two verifiers, a leader, and nobody whom something ties to the case (recusal)."""
    rule = _("核查组不少于 %(count)s 人") % {"count": FEWEST_VERIFIERS}
    if len(OnSite.of(case).team) < FEWEST_VERIFIERS:
        yield GateFinding("too_few_verifiers", rule, _("请先安排核查组，至少 2 名核查员。"))
        return
    if not any(member.is_leader for member in OnSite.of(case).team):
        yield GateFinding("no_leader", rule, _("请指定核查组组长。"))
    for member in OnSite.of(case).team:
        if reasons := why_not(case, member.person):
            yield recusal(member.person.full_name, reasons)


def every_member_has_declared_no_interest(case: Case) -> Iterable[GateFinding]:
    for member in OnSite.of(case).team:
        if member.no_interest_declared_at is None:
            yield GateFinding(
                "no_interest_not_declared",
                _("核查员签署回避承诺"),
                _("%(name)s尚未签署回避承诺。") % {"name": member.person.full_name},
            )


def the_visit_has_taken_place(case: Case) -> Iterable[GateFinding]:
    visit = OnSite.of(case).visit
    if visit is None or visit.started_at is None or visit.ended_at is None:
        yield GateFinding("visit_not_timed", _("记录核查起止时间"), _("请填写到达和离开时间。"))


def every_item_has_a_site_verdict(case: Case) -> Iterable[GateFinding]:
    """What was not to be seen again keeps the verdict of the visit before."""
    for code in case.item_codes:
        measurement = OnSite.of(case).measurements.get(code)
        if measurement is None or not measurement.verdict:
            yield GateFinding(
                "item_not_verified", _("逐条给出核查结论"), _("请对本条给出核查结论。"), code
            )
        elif measurement.verdict == Conclusion.NOT_MET:
            yield GateFinding(
                "item_fails_on_site",
                _("各条核查均应达标"),
                _("现场认定本条未达标，不能列为核查合格。"),
                code,
            )


def every_item_to_be_seen_has_a_verdict(case: Case) -> Iterable[GateFinding]:
    """Whatever it is: what follows from it is decided elsewhere."""
    for code in OnSite.of(case).item_codes:
        measurement = OnSite.of(case).own.get(code)
        if measurement is None or not measurement.verdict:
            yield GateFinding(
                "item_not_verified", _("逐条给出核查结论"), _("请对本条给出核查结论。"), code
            )


def measured_values_meet_the_standard(case: Case) -> Iterable[GateFinding]:
    """The gate after verification judges what was measured, not what was declared."""
    for finding in from_engine(case.standard, OnSite.of(case).measured_report.findings):
        basis = OnSite.of(case).measurements.get(finding.item_code)
        if finding.code == ev.ADVISORY_NOT_MET and not (basis and basis.basis.strip()):
            yield GateFinding(
                "advisory_reason_missing",
                finding.rule,
                finding.message,
                finding.item_code,
                finding.check_code,
            )
        else:
            yield finding


def every_veto_fact_is_confirmed(case: Case) -> Iterable[GateFinding]:
    """What would end an application rests on the answer of the body that knows, on record."""
    for check in case.standard.checks:
        basis = OnSite.of(case).measurements.get(check.item_code)
        if check.confirmed_by and not (basis and basis.basis.strip()):
            yield GateFinding(
                "veto_not_confirmed",
                _("一票否决事项由%(body)s核实") % {"body": check.confirmed_by},
                _("请在核查依据中写明%(body)s的答复（是否属实、文号）。")
                % {"body": check.confirmed_by},
                check.item_code,
                check.code,
            )


def every_member_has_signed(case: Case) -> Iterable[GateFinding]:
    for member in OnSite.of(case).team:
        if member.signed_at is None:
            yield GateFinding(
                "not_signed",
                _("核查组全体成员签字"),
                _("%(name)s尚未签字。") % {"name": member.person.full_name},
            )
