"""The course in pictures: its steps, drawn from what is declared of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.applications.models import Stage

from .. import declared
from ..case_pages.picture import ways_from
from .facts import facts

# By the name of a step: how long it may take, and what is done in it.
_TOLD = {
    "self_assessment": (
        _("批次的申报时间内"),
        _(
            "填报人逐条填写，上传佐证材料，送单位负责人确认；负责人核对、承诺，提交申报。"
            "公示发布之前，负责人可以撤回。"
        ),
    ),
    "first_review": (
        _("%(first_review_days)s 个工作日"),
        _(
            "初审员逐条给出结论，再决定：通过并推荐、退回补正或者不予推荐。"
            "退回的，申报单位在 %(correction_days)s 个工作日内补正，最多退回 %(returns)s 次。"
        ),
    ),
    "verification": (
        _("%(paper_check_days)s + %(verification_days)s 个工作日"),
        _(
            "县级经办人在 %(paper_check_days)s 个工作日内审查资料，"
            "安排至少 %(verifiers)s 名核查员；"
            "核查组在 %(verification_days)s 个工作日内到现场逐条核对、签字，由组长办结。"
        ),
    ),
    "selection": (
        _("按会议安排"),
        _(
            "会议从核查合格的单位中研究，列为拟命名、候补或者达标未入选。名额空出时，候补按次序递补。"
        ),
    ),
    "public_notice": (
        _("%(notice_days)s + %(designation_days)s 个工作日"),
        _(
            "提出、保密审查、审批、发布由不同的人办理，公示 %(notice_days)s 个工作日。"
            "任何人可以提出异议；期满后 %(designation_days)s 个工作日内决定命名。"
        ),
    ),
    "conferral": (
        _("有效期 %(valid_years)s 年"),
        _("审定人登记命名决定，称号连同编号和有效期载入公开名册。"),
    ),
}


# Of the picture: where the first branch stands, how far apart they are, how many there is room for.
_TOP, _APART, _USUAL = 2, 42, 3


@dataclass(frozen=True, slots=True)
class Way:
    """What may happen beside going on: ``is_end`` ends the course, else it comes back.

    ``is_beside``: to a place beside the main line, which the picture has room for.
    """

    label: str
    target: Stage
    is_end: bool
    is_beside: bool

    @property
    def leads_on(self) -> bool:
        """Whether its words leave open where it leads."""
        return self.label != str(self.target.label)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step: its stages on the main line, who acts, how long, what is done, what may happen."""

    name: str
    label: Any
    stages: tuple[Any, ...]
    who: tuple[str, ...]
    term: str
    told: str
    ways: tuple[Way, ...]

    @property
    def branches(self) -> tuple[Way, ...]:
        """One of each place beside the main line, those from which it comes back first."""
        found = {way.target: way for way in self.ways if way.is_beside}
        return tuple(sorted(found.values(), key=lambda way: way.is_end))

    @property
    def placed(self) -> tuple[tuple[int, Way], ...]:
        """Each branch with how far down it stands in the picture."""
        return tuple((_TOP + place * _APART, way) for place, way in enumerate(self.branches))

    @property
    def depth(self) -> int:
        """How high the box is drawn: as its branches ask, three at least."""
        return _APART * max(len(self.branches), _USUAL) - _TOP * 4


def steps() -> list[Drawn]:
    """In the order of the course; one of which nothing is told here is drawn by its name."""
    known, passed, drawn = facts(), set[str](), []
    for step, stages in declared.steps():
        drawn.append(_drawn(step, stages, passed, known))
        passed.update(stages)
    return drawn


def _drawn(
    step: declared.Step, stages: tuple[str, ...], passed: Collection[str], known: Any
) -> Drawn:
    places = [declared.place(stage) for stage in stages if declared.place(stage).is_on_main_line]
    who = (str(one.holder_words or one.holder.label) for one in places if one.holder)
    term, told = _TOLD.get(step.name, ("", ""))
    return Drawn(
        name=step.name,
        label=step.label,
        stages=tuple(one.words for one in places),
        who=tuple(dict.fromkeys(who)),
        term=str(term) % known,
        told=str(told) % known,
        ways=tuple(_elsewhere(places, passed)),
    )


def _elsewhere(places: list[declared.Place], passed: Collection[str]) -> Iterable[Way]:
    """The ways that leave the main line, or go back to a step that was passed; each once."""
    found = {}
    for one in places:
        for label, targets in ways_from(Stage(one.stage)):
            for target in targets:
                is_beside = not declared.place(target).is_on_main_line
                if is_beside or target in passed:
                    found[label, target] = Way(label, target, target.is_end, is_beside)
    return found.values()
