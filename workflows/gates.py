"""Which checks guard which transition: one table.

A gate asks the case and answers with findings; no finding that blocks means open. The rules
are those of the gate table in the domain notes (our defaults where no method was found); each
stands with its stage, in ``stages/<stage>/gates.py``.
"""

from collections.abc import Mapping

from .bars.gates import a_revocation_bars_it, no_bar_runs
from .case.facts import Case
from .door import Gate
from .findings import GateFinding
from .stages.appeals.gates import the_appeal_is_upheld
from .stages.conferral.gates import the_decision_is_recorded
from .stages.first_review.gates import (
    a_recommendation_place_is_left,
    a_return_is_left,
    corrections_are_listed,
    every_item_is_marked,
    no_item_is_marked_unmet,
    nobody_has_acted_on_it,
    opinion_is_given,
    the_correction_is_overdue,
)
from .stages.objections.gates import (
    every_objection_is_handled,
    no_accepted_objection_is_open,
    the_objection_is_upheld,
    the_objection_register_is_closed,
    the_register_was_closed_by_another,
)
from .stages.opinions.gates import (
    every_department_has_answered,
    every_department_is_asked,
    no_department_found_what_ends_it,
)
from .stages.public_notice.gates import (
    it_is_on_a_notice,
    it_was_posted_where_the_round_asks,
    the_calendar_covers_the_period,
    the_four_steps_are_done,
    the_notice_is_unchanged,
    the_period_has_enough_working_days,
    the_period_is_over,
)
from .stages.selection.gates import (
    a_place_is_left,
    it_is_chosen,
    it_is_next_in_reserve,
    no_place_can_fall_free,
    the_meeting_decided,
)
from .stages.selection.models import SelectionRow
from .stages.self_assessment.gates import (
    declared_values_meet_the_standard,
    every_correction_is_answered,
    every_item_is_answered,
    every_part_is_corrected,
    every_value_is_given,
    evidence_is_there,
    it_can_be_submitted_again,
    it_is_as_the_head_read_it,
    it_was_posted_internally,
    no_valid_title,
    nobody_has_opened_it,
    nothing_but_the_heads_word_is_wanting,
    summary_is_written,
    the_organization_is_of_the_area,
    the_signed_paper_is_kept,
    truth_is_confirmed,
    what_is_to_be_changed_is_said,
    window_is_open,
)
from .stages.verification.gates import (
    every_item_has_a_site_verdict,
    every_member_has_declared_no_interest,
    every_member_has_signed,
    every_veto_fact_is_confirmed,
    measured_values_meet_the_standard,
    the_team_is_fit,
    the_visit_has_taken_place,
)
from .stages.verification.sent_back import everything_sent_back_is_to_be_seen

GATES: Mapping[str, tuple[Gate, ...]] = {
    "confirm": (
        the_organization_is_of_the_area,
        every_item_is_answered,
        every_value_is_given,
        summary_is_written,
        the_signed_paper_is_kept,
        it_is_as_the_head_read_it,
        truth_is_confirmed,
    ),
    "send_to_head": (nothing_but_the_heads_word_is_wanting,),
    "return_to_preparer": (what_is_to_be_changed_is_said,),
    "reopen": (),
    "submit": (
        window_is_open,
        the_organization_is_of_the_area,
        every_value_is_given,
        declared_values_meet_the_standard,
        evidence_is_there,
        it_was_posted_internally,
        no_valid_title,
        no_bar_runs,
    ),
    "recall": (nobody_has_opened_it, it_can_be_submitted_again),
    "recommend": (
        the_organization_is_of_the_area,
        opinion_is_given,
        every_item_is_marked,
        no_item_is_marked_unmet,
        a_recommendation_place_is_left,
    ),
    "return_for_correction": (corrections_are_listed, a_return_is_left),
    "reject": (opinion_is_given,),
    "take_back_return": (nobody_has_acted_on_it,),
    "take_back_recommendation": (nobody_has_acted_on_it,),
    "resubmit": (
        the_organization_is_of_the_area,
        every_correction_is_answered,
        every_part_is_corrected,
        every_item_is_answered,
        every_value_is_given,
        declared_values_meet_the_standard,
        evidence_is_there,
        it_was_posted_internally,
        the_signed_paper_is_kept,
        it_is_as_the_head_read_it,
        truth_is_confirmed,
    ),
    "end_overdue": (opinion_is_given, the_correction_is_overdue),
    "begin_verification": (
        the_organization_is_of_the_area,
        every_department_is_asked,
        the_team_is_fit,
        every_member_has_declared_no_interest,
        everything_sent_back_is_to_be_seen,
    ),
    "complete_verification": (
        the_team_is_fit,
        everything_sent_back_is_to_be_seen,
        the_visit_has_taken_place,
        every_item_has_a_site_verdict,
        measured_values_meet_the_standard,
        every_veto_fact_is_confirmed,
        every_member_has_signed,
    ),
    "return_to_review": (opinion_is_given,),
    "choose": (
        the_organization_is_of_the_area,
        the_meeting_decided(SelectionRow.Outcome.CHOSEN),
        every_department_has_answered,
        no_department_found_what_ends_it,
        a_place_is_left,
    ),
    "put_in_reserve": (
        the_meeting_decided(SelectionRow.Outcome.RESERVE),
        every_department_has_answered,
        no_department_found_what_ends_it,
    ),
    "leave_out": (the_meeting_decided(SelectionRow.Outcome.NOT_CHOSEN), opinion_is_given),
    "move_up": (
        the_organization_is_of_the_area,
        it_is_next_in_reserve,
        no_department_found_what_ends_it,
        a_place_is_left,
    ),
    "end_reserve": (no_place_can_fall_free,),
    "put_back": (opinion_is_given,),
    "publish": (
        the_organization_is_of_the_area,
        it_is_chosen,
        it_is_on_a_notice,
        the_four_steps_are_done,
        the_calendar_covers_the_period,
        the_period_has_enough_working_days,
    ),
    "extend_notice": (it_is_on_a_notice,),
    "stop_notice": (it_is_on_a_notice,),
    "publish_anew": (
        the_organization_is_of_the_area,
        it_is_on_a_notice,
        the_four_steps_are_done,
        the_calendar_covers_the_period,
        the_period_has_enough_working_days,
    ),
    "end_notice": (the_period_is_over, no_accepted_objection_is_open),
    "designate": (
        the_organization_is_of_the_area,
        the_period_is_over,
        no_accepted_objection_is_open,
        every_objection_is_handled,
        the_objection_register_is_closed,
        the_register_was_closed_by_another,
        it_was_posted_where_the_round_asks,
        the_notice_is_unchanged,
        the_decision_is_recorded,
    ),
    "decline": (opinion_is_given, no_accepted_objection_is_open, every_objection_is_handled),
    "uphold_objection": (the_objection_is_upheld, opinion_is_given),
    "reverify": (the_objection_is_upheld, opinion_is_given),
    "uphold_appeal": (the_appeal_is_upheld, opinion_is_given),
    "withdraw": (),
    "end_barred": (a_revocation_bars_it,),
}


def findings(name: str, case: Case) -> tuple[GateFinding, ...]:
    """Everything the gate of transition ``name`` finds, remarks included."""
    return tuple(finding for gate in GATES[name] for finding in gate(case))
