"""A department answers a list as a whole, and may correct afterwards what it said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.calendar import terms
from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.rounds import conditions
from designation.rounds.queries import vetoes_in_force
from designation.site import clock, endings, seen_whole
from designation.site.filling import refuse
from designation.site.refusal import Finding, Refusal
from standards.characters import line as one_line

from .facts import counts, vetoes_of, with_what_counts
from .models import Opinion, OpinionDraft, OpinionLine, OpinionList
from .recording import record, write
from .rules import answering_role, is_still_asked, steps_aside

# As the columns have it.
LONGEST_REMARK, LONGEST_NAME, LONGEST_NUMBER = 300, 200, 80
# The parts of a line's answer, as fields of the form.
ANSWER, REMARK, DOCUMENT, NUMBER, DATED = "answer", "remark", "document", "number", "dated"


def field_of(part: str, line: OpinionLine) -> str:
    return f"{part}-{line.pk}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one name: whether the fact is there, None while nothing is said.

    The document is what such a fact rests on where a veto of the round is on it.
    """

    is_found: bool | None = None
    remark: str = ""
    document_name: str = ""
    document_number: str = ""
    document_date: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "is_found": self.is_found,
            "remark": one_line(self.remark),
            "document_name": one_line(self.document_name),
            "document_number": one_line(self.document_number),
            "document_date": self.document_date,
        }


def answer_in(opinion: Opinion | None) -> Answer:
    """What an opinion says, as it would be typed."""
    if opinion is None or opinion.source != Opinion.Source.ANSWERED:
        return Answer()
    return Answer(
        opinion.is_found,
        opinion.remark,
        opinion.document_name,
        opinion.document_number,
        opinion.document_date,
    )


def lines_of(opinions: OpinionList) -> list[OpinionLine]:
    """The names of a list in its order, each with the opinion that counts. Two statements."""
    rows = OpinionLine.objects.filter(list=opinions).select_related("application__organization")
    return list(with_what_counts(rows))


def to_answer(lines: Iterable[OpinionLine]) -> list[OpinionLine]:
    """Those of which something is still to be said."""
    return [line for line in lines if is_still_asked(line.application)]


def in_force(opinions: OpinionList) -> set[str]:
    """The checks on which the round has a veto. One statement, none where the list names none."""
    if not opinions.veto_codes:
        return set()
    return set(vetoes_in_force(opinions.round).values_list("check_code", flat=True))


def as_shown(lines: Iterable[OpinionLine]) -> list[Any]:
    """What counts of each name, for comparing what was seen."""
    return [[line.pk, found.pk if (found := counts(line)) else None] for line in lines]


def held(opinions: OpinionList) -> OpinionList:
    """The list as it is on record, held to the end of the transaction."""
    rows = OpinionList.objects.select_related("round__jurisdiction", "department", "term")
    return rows.select_for_update(of=("self",)).get(pk=opinions.pk)


@endings.act()
def hand_in(
    opinions: OpinionList,
    answers: Mapping[int, Answer],
    *,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Hand a list in: an answer to each name, by the key of its line.

    An answer that was entered from paper meanwhile gives way. ``seen`` is the form that was sent.
    Raises Refusal for who does not answer for the department, when it was handed in before or has
    changed since it was shown, and with a finding for each field that lacks something.
    """
    locked = held(opinions)
    role = _role(locked, actor)
    if locked.handed_in_at is not None:
        told = _("这张征求意见单已由本部门的人交回，请看过现在的内容；要改的，写明更正原因。")
        raise Refusal.because("handed_in_before", told)
    lines = _open_lines(locked, actor, seen)
    refuse(_faults(lines, answers, in_force(locked)))
    write(locked, lines, lambda line: _answered(answers[line.pk]), actor=actor, role=role)
    locked.handed_in_at = clock.now()
    locked.save(update_fields=["handed_in_at"])
    if locked.term is not None:
        terms.end_unless_ended(locked.term, at=clock.now(), as_=Term.Ending.MET)
    _forget_draft(locked)
    record(locked, "opinion_list.hand_in", actor=actor, role=role, count=len(lines))


@endings.act()
def correct(
    opinions: OpinionList,
    answers: Mapping[int, Answer],
    reason: str,
    *,
    actor: Person,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """Put right what was handed in: what differs is added, and the former answers stay on record.

    Raises Refusal as ``hand_in``, when nothing differs, and without a reason.
    """
    locked = held(opinions)
    role = _role(locked, actor)
    if locked.handed_in_at is None:
        raise Refusal.because("not_handed_in", _("这张征求意见单还没有交回，请先答复再交回。"))
    lines = _open_lines(locked, actor, seen)
    faults = list(_faults(lines, answers, in_force(locked)))
    if not one_line(reason):
        faults.append(Finding("no_reason", "", _("请写明更正的原因。"), field="reason"))
    refuse(faults)
    changed = [line for line in lines if _differs(line, answers[line.pk])]
    if not changed:
        raise Refusal.because("nothing_differs", _("与已交回的一样，没有可更正的。"))
    why = one_line(reason)
    write(locked, changed, lambda line: _answered(answers[line.pk], why), actor=actor, role=role)
    _forget_draft(locked)
    record(locked, "opinion_list.correct", actor=actor, role=role, count=len(changed))


def _role(opinions: OpinionList, actor: Person) -> Role:
    role = answering_role(opinions, actor)
    if role is None:
        raise Refusal.because("not_permitted", _("请由该部门的承办人答复。"))
    return role


def _open_lines(
    opinions: OpinionList, actor: Person, seen: Mapping[str, Any] | None
) -> list[OpinionLine]:
    lines = lines_of(opinions)
    if seen is not None and not seen_whole.is_as_seen(seen, as_shown(lines)):
        told = _("这张征求意见单在您打开页面后有变化，请看过现在的内容再交。您填的还在。")
        raise Refusal.because("changed_meanwhile", told)
    asked = to_answer(lines)
    if own := steps_aside(asked, actor):
        told = _("名单中有您所在的单位（%(names)s），应当回避，请由本部门另一位承办人答复。")
        names = "、".join(line.name for line in own)
        raise Refusal.because("steps_aside", told % {"names": names})
    return asked


def _faults(
    lines: Iterable[OpinionLine], answers: Mapping[int, Answer], vetoes: set[str]
) -> Iterable[Finding]:
    for line in lines:
        answer = answers.get(line.pk, Answer())
        if answer.is_found is None:
            told = _("请选择“没有”或者“有”。")
            yield Finding("not_answered", "", told, field=field_of(ANSWER, line))
        elif answer.is_found:
            yield from _faults_of_fact(line, answer, is_veto=bool(vetoes_of(line, vetoes)))
        yield from too_long(line, answer)


def _faults_of_fact(line: OpinionLine, answer: Answer, *, is_veto: bool) -> Iterable[Finding]:
    if not one_line(answer.remark):
        told = _("请用一句话说明是什么情况。")
        yield Finding("no_remark", "", told, field=field_of(REMARK, line))
    if not is_veto:
        return
    for part, text in ((DOCUMENT, answer.document_name), (NUMBER, answer.document_number)):
        if not one_line(text):
            told = _("这是一票否决事项，请写明所依据的文件。")
            yield Finding("no_document", "", told, field=field_of(part, line))
    if answer.document_date is None:
        told = _("请填写文件的日期。")
        yield Finding("no_document_date", "", told, field=field_of(DATED, line))
    elif answer.document_date > clock.today():
        told = _("文件的日期不能晚于今天。")
        yield Finding("document_in_future", "", told, field=field_of(DATED, line))


def too_long(line: OpinionLine, answer: Answer) -> Iterable[Finding]:
    """What its column would not take."""
    for part, text, most in (
        (REMARK, answer.remark, LONGEST_REMARK),
        (DOCUMENT, answer.document_name, LONGEST_NAME),
        (NUMBER, answer.document_number, LONGEST_NUMBER),
    ):
        yield from conditions.too_long(one_line(text), most, field_of(part, line))


def _answered(answer: Answer, reason: str = "") -> dict[str, Any]:
    return {"source": Opinion.Source.ANSWERED, "reason": reason, **answer.columns}


def _differs(line: OpinionLine, answer: Answer) -> bool:
    return answer.columns != answer_in(counts(line)).columns


def _forget_draft(opinions: OpinionList) -> None:
    OpinionDraft.objects.filter(list=opinions).delete()
