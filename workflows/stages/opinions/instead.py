"""What the coordinator enters for a department: its answer on paper, or why none is waited for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.calendar import terms
from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.rounds import conditions
from designation.site import clock, endings, seen_whole
from designation.site.filling import refuse
from designation.site.refusal import Finding, Refusal
from standards.characters import line as one_line

from .answering import (
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_REMARK,
    Answer,
    as_shown,
    field_of,
    lines_of,
    to_answer,
    too_long,
)
from .answering import held as hold
from .facts import counts
from .models import Opinion, OpinionLine, OpinionList
from .recording import record, write
from .rules import coordinating_role, is_over, not_to_enter


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter in which a department answered."""

    number: str
    dated: date | None
    name: str = ""


def to_enter(lines: Iterable[OpinionLine]) -> list[OpinionLine]:
    """The names of which the department itself has said nothing, and somebody still has to."""
    asked = to_answer(lines)
    return [line for line in asked if (found := counts(line)) is None or not _answers(found)]


def silent(lines: Iterable[OpinionLine]) -> list[OpinionLine]:
    """Those of which nothing at all is on record."""
    return [line for line in to_answer(lines) if counts(line) is None]


def _answers(opinion: Opinion) -> bool:
    return opinion.source != Opinion.Source.UNANSWERED


@endings.act()
def enter_paper(
    opinions: OpinionList,
    letter: Letter,
    answers: Mapping[int, Answer],
    *,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Enter what a department answered on paper, by the key of the line; others go on waiting.

    Raises Refusal for who does not coordinate the round or has to step aside from a name, without
    the number and date of the letter, for nothing answered, and when the list has changed since.
    """
    locked = hold(opinions)
    role = _role(locked, actor)
    lines = {line.pk: line for line in to_enter(_as_seen(locked, seen))}
    said = [lines[pk] for pk, one in answers.items() if pk in lines and one.is_found is not None]
    faults = list(_faults_of_letter(letter))
    faults += [fault for line in said for fault in _faults(line, answers[line.pk])]
    if not said:
        faults.append(Finding("nothing_entered", "", _("请至少填写对一家单位的答复。")))
    refuse(faults)
    _refuse_interested(said, actor)
    write(locked, said, lambda line: _on_paper(answers[line.pk], letter), actor=actor, role=role)
    _end_term(locked)
    record(
        locked,
        "opinion_list.paper",
        actor=actor,
        role=role,
        count=len(said),
        document_number=one_line(letter.number),
    )


@endings.act()
def wait_no_more(
    opinions: OpinionList,
    reason: str,
    *,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Enter that a silent department is not waited for, and why; once its time is over.

    It stands as unanswered: silence is no consent. An answer that comes after all takes its place.
    Raises Refusal as ``enter_paper``, before its time is over, and without a reason.
    """
    locked = hold(opinions)
    role = _role(locked, actor)
    lines = silent(_as_seen(locked, seen))
    if not is_over(locked):
        told = _("答复期限还没有到，请等到期满，或者登记书面答复。")
        raise Refusal.because("not_over", told)
    text = one_line(reason)
    if not text:
        told = _("请写明不再等候的理由。")
        raise Refusal([Finding("no_reason", "", told, field="reason")])
    refuse(conditions.too_long(text, LONGEST_REMARK, "reason"))
    if not lines:
        raise Refusal.because("nobody_silent", _("没有还在等候答复的单位。"))
    _refuse_interested(lines, actor)
    unanswered = {"source": Opinion.Source.UNANSWERED, "reason": text}
    write(locked, lines, lambda _line: unanswered, actor=actor, role=role)
    record(locked, "opinion_list.not_awaited", actor=actor, role=role, count=len(lines))


def _role(opinions: OpinionList, actor: Person) -> Role:
    role = coordinating_role(opinions.round, actor)
    if role is None:
        raise Refusal.because("not_permitted", _("请由本辖区的县级经办人登记。"))
    return role


def _as_seen(opinions: OpinionList, seen: Mapping[str, Any] | None) -> list[OpinionLine]:
    lines = lines_of(opinions)
    if seen is not None and not seen_whole.is_as_seen(seen, as_shown(lines)):
        told = _("这张征求意见单在您打开页面后有变化，请看过现在的内容再登记。")
        raise Refusal.because("changed_meanwhile", told)
    return lines


def _faults_of_letter(letter: Letter) -> Iterable[Finding]:
    if not one_line(letter.number):
        yield Finding("no_number", "", _("请填写书面答复的文号。"), field="document_number")
    if letter.dated is None:
        yield Finding("no_date", "", _("请填写书面答复的日期。"), field="document_date")
    elif letter.dated > clock.today():
        told = _("书面答复的日期不能晚于今天。")
        yield Finding("letter_in_future", "", told, field="document_date")
    yield from conditions.too_long(one_line(letter.number), LONGEST_NUMBER, "document_number")
    yield from conditions.too_long(one_line(letter.name), LONGEST_NAME, "document_name")


def _faults(line: OpinionLine, answer: Answer) -> Iterable[Finding]:
    if answer.is_found and not one_line(answer.remark):
        told = _("请照书面答复用一句话说明是什么情况。")
        yield Finding("no_remark", "", told, field=field_of("remark", line))
    yield from too_long(line, answer)


def _refuse_interested(lines: list[OpinionLine], actor: Person) -> None:
    if own := not_to_enter(lines, actor):
        told = _("您与%(names)s有关，应当回避，请由另一位县级经办人登记。")
        names = "、".join(line.name for line in own)
        raise Refusal.because("interested", told % {"names": names})


def _on_paper(answer: Answer, letter: Letter) -> dict[str, Any]:
    return {
        "source": Opinion.Source.PAPER,
        "is_found": answer.is_found,
        "remark": one_line(answer.remark),
        "document_name": one_line(letter.name),
        "document_number": one_line(letter.number),
        "document_date": letter.dated,
    }


def _end_term(opinions: OpinionList) -> None:
    """Where nothing is wanting any more, nobody is reminded."""
    if opinions.term is not None and not silent(lines_of(opinions)):
        terms.end_unless_ended(opinions.term, at=clock.now(), as_=Term.Ending.MET)
