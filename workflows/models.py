"""Records of the course, one module a stage; gathered here for Django."""

from .case.records import Correction, Decision, Reminder
from .rechecks.models import Draw, Recheck, RecheckStep, SelfReport
from .stages.first_review.models import Claim, DecisionDraft, InternalNote, ItemMark, Look
from .stages.objections.models import Objection, ObjectionStep, ObjectorIdentity
from .stages.opinions.models import Opinion, OpinionDraft, OpinionLine, OpinionList
from .stages.public_notice.models import Notice, NoticeEntry, NoticeStep
from .stages.selection.models import Selection, SelectionRow
from .stages.verification.models import Measurement, Visit, VisitMember, VisitStep
from .titles.models import EndTold

__all__ = [
    "Claim",
    "Correction",
    "Decision",
    "DecisionDraft",
    "Draw",
    "EndTold",
    "InternalNote",
    "ItemMark",
    "Look",
    "Measurement",
    "Notice",
    "NoticeEntry",
    "NoticeStep",
    "Objection",
    "ObjectionStep",
    "ObjectorIdentity",
    "Opinion",
    "OpinionDraft",
    "OpinionLine",
    "OpinionList",
    "Recheck",
    "RecheckStep",
    "Reminder",
    "Selection",
    "SelectionRow",
    "SelfReport",
    "Visit",
    "VisitMember",
    "VisitStep",
]
