"""What the form of a notice says before anybody has typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.rounds.models import Round
from standards.language import of_the_record

from .contents import PRINTED_FIELDS, eligible
from .meetings import Held
from .models import Notice
from .notices import last_discarded
from .steps import names_in_force


@of_the_record()
def for_round(
    round_: Round, chosen: Sequence[Application], meetings: Mapping[int, Held]
) -> dict[str, Any]:
    """What the round knows, or what a discarded draft already said; it is to be published.

    ``meetings`` says by application which one chose it.
    """
    # Of several meetings the names of the last are ticked: a notice tells of one.
    last = next(reversed([*meetings.values()]), None)
    ticked = [row for row in chosen if last is None or meetings.get(row.pk) == last]
    if last is not None and last.moved_up:
        ticked = ticked[:1]
    listed = {"applications": [str(row.pk) for row in ticked]}
    recorded = last.printed if last else {}
    discarded = last_discarded(round_)
    if discarded is not None:
        said = recorded | {"meeting_result": discarded.meeting_result}
        return listed | _printed(discarded) | said
    return (
        listed
        | recorded
        | {
            "title": _("关于拟命名示范点名单的公示"),
            "basis": _("根据%(document)s，开展%(round)s。")
            % {"document": round_.approval_document_number, "round": round_.name},
            "procedure": _("经组织自评、上级党组织初审、县级实地核验，并经会议研究，现予公示。"),
            "contact_unit": round_.contact_unit or round_.managing_office,
            "contact_phone": round_.contact_phone,
            "contact_email": round_.contact_email,
            "contact_address": round_.contact_address,
        }
    )


def to_mend(notice: Notice) -> tuple[list[Application], dict[str, Any]]:
    """Whom a notice that was sent back may list, and what it says until somebody types."""
    named = names_in_force(notice).select_related("application__organization__jurisdiction")
    standing = [entry.application for entry in named]
    chosen = {"applications": [str(row.pk) for row in standing]}
    return [*standing, *eligible(notice.round)], _printed(notice) | chosen


def _printed(notice: Notice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in PRINTED_FIELDS}
