"""Recommending several at once: each with its own opinion, each through the door by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack

from designation.applications.models import Application, Stage
from designation.site.refusal import Refusal

from ... import door
from ...case.facts import Act
from ...case.scoping import visible_applications
from ...findings import GateFinding
from .queue import Waiting


@dataclass(frozen=True, slots=True)
class Asked:
    """One that is to be recommended: with which opinion, as seen at which version."""

    application_id: int
    opinion: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one: recommended, or why not."""

    application: Application
    findings: tuple[GateFinding, ...] = ()


def of(rows: Iterable[Waiting]) -> list[Waiting]:
    """Of a queue the first reviews in which every item is marked."""
    return [one for one in rows if one.is_marked_whole and one.application.stage == Stage.SUBMITTED]


def recommend_each(asked: Iterable[Asked], **by: Unpack[door.By]) -> list[Result]:
    """Recommend one after the other: what is refused keeps none of the others back.

    What the person does not see at all is passed over.
    """
    wanted = {one.application_id: one for one in asked}
    seen = visible_applications(by["actor"]).select_related("organization").in_bulk(list(wanted))
    return [_recommend(seen[pk], one, by) for pk, one in wanted.items() if pk in seen]


def _recommend(application: Application, asked: Asked, by: door.By) -> Result:
    try:
        door.perform(
            "application.recommend",
            application.pk,
            expected_version=asked.version,
            act=Act(opinion=asked.opinion),
            **by,
        )
    except Refusal as refused:
        return Result(application, refused.findings)
    return Result(application)
