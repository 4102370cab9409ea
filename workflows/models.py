"""Records of the course, one module a stage; gathered here for Django."""

from .records import Correction, Decision
from .replays.models import Replay, ReplayFlip
from .stages.first_review.models import ItemMark
from .stages.public_notice.models import (
    Notice,
    NoticeEntry,
    NoticeStep,
    Objection,
    ObjectorIdentity,
)
from .stages.verification.models import Measurement, Visit, VisitMember

__all__ = [
    "Correction",
    "Decision",
    "ItemMark",
    "Measurement",
    "Notice",
    "NoticeEntry",
    "NoticeStep",
    "Objection",
    "ObjectorIdentity",
    "Replay",
    "ReplayFlip",
    "Visit",
    "VisitMember",
]
