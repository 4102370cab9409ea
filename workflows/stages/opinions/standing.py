"""How each department stands on each name (汇总表): in words, as far as a person may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.calendar.templatetags.deadlines import deadline
from designation.organizations import names
from designation.rounds.models import RoundDepartment
from designation.site import clock
from designation.site.templatetags.moments import day, moment

from .facts import Lines, by_application, counts, is_asked_of
from .models import Opinion, OpinionLine
from .rules import is_still_asked


@dataclass(frozen=True, slots=True)
class Cell:
    """What a department says of a name. ``tone`` is a colour of the site; ``list_id`` its list.

    ``words`` are never empty; ``more`` is what stands below them.
    """

    words: str
    more: tuple[str, ...] = ()
    tone: str = "secondary"
    list_id: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A name with a cell for each department, in the order of the round."""

    application: Application
    cells: list[tuple[str, Cell]]


def rows(
    applications: Iterable[Application],
    departments: Sequence[RoundDepartment],
    *,
    secrets: Iterable[str],
) -> list[Row]:
    """A row for each application; two statements. ``secrets`` are the kinds of secrecy read."""
    listed, read = list(applications), frozenset(secrets)
    known = by_application(listed) if departments else {}
    return [
        Row(
            application,
            [
                (
                    one.department.name,
                    cell(one, application, known.get(application.pk, {}), read),
                )
                for one in departments
            ],
        )
        for application in listed
    ]


def cell(
    asked: RoundDepartment, application: Application, lines: Lines, read: frozenset[str]
) -> Cell:
    """What one department says of one name, to whoever reads the kinds of secrecy ``read``."""
    line = lines.get(asked.department_id)
    if line is None:
        return _unasked(asked, application)
    opinion = counts(line)
    if opinion is None:
        return _awaited(line, application)
    if opinion.source == Opinion.Source.UNANSWERED:
        return _not_awaited(opinion, line)
    if line.list.secrecy not in read:
        return Cell(_("已答复（保密）"), (), "secondary", line.list_id)
    return _answered(opinion, line)


def _unasked(asked: RoundDepartment, application: Application) -> Cell:
    if not is_asked_of(asked, application):
        return Cell(_("本部门，不征求"))
    return Cell(_("未征求"), (), "orange" if is_still_asked(application) else "secondary")


def _awaited(line: OpinionLine, application: Application) -> Cell:
    due = line.list.due_at
    if not is_still_asked(application):
        return Cell(_("不必答复"), (), "secondary", line.list_id)
    if due is None or clock.is_over(due):
        return Cell(_("未答复"), (_("已逾期"),), "red", line.list_id)
    more = (_("期限：%(due)s") % {"due": deadline(due)},)
    return Cell(_("待答复"), more, "blue", line.list_id)


def _not_awaited(opinion: Opinion, line: OpinionLine) -> Cell:
    """Of silence it is no secret why it is not waited for."""
    more = (_("不再等候：%(reason)s") % {"reason": opinion.reason},)
    return Cell(_("未答复"), more, "orange", line.list_id)


def _answered(opinion: Opinion, line: OpinionLine) -> Cell:
    words = _("有") if opinion.is_found else _("没有")
    more = [opinion.remark] if opinion.remark else []
    document = _document(opinion)
    if opinion.source == Opinion.Source.PAPER:
        words = _("书面答复：%(answer)s") % {"answer": words}
    if document:
        more.append(document)
    tone = "red" if opinion.is_found else "green"
    return Cell(words, tuple(more), tone, line.list_id)


def _document(opinion: Opinion) -> str:
    dated = day(opinion.document_date) if opinion.document_date else ""
    parts = [opinion.document_name, opinion.document_number, dated]
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Told:
    """A name of a list with what stands of it, whose word it is, and what was said before."""

    line: OpinionLine
    cell: Cell
    said_by: Opinion | None
    former: list[str]


def of_lines(lines: Iterable[OpinionLine]) -> list[Told]:
    """The names of a list to whoever reads all of it. Two statements more."""
    listed = list(lines)
    former: dict[int, list[str]] = {}
    gone = Opinion.objects.filter(line__in=listed, replaced_by__isnull=False)
    given_way = list(gone.select_related("line", "actor", "acted_for").order_by("-pk"))
    stand = [opinion for opinion in map(counts, listed) if opinion is not None]
    names.read(names.who_acted([*stand, *given_way]))
    for opinion in given_way:
        former.setdefault(opinion.line_id, []).append(_former(opinion))
    return [Told(line, _of_line(line), counts(line), former.get(line.pk, [])) for line in listed]


def _of_line(line: OpinionLine) -> Cell:
    opinion = counts(line)
    if opinion is None:
        return _awaited(line, line.application)
    if opinion.source == Opinion.Source.UNANSWERED:
        return _not_awaited(opinion, line)
    return _answered(opinion, line)


def _former(opinion: Opinion) -> str:
    if opinion.source == Opinion.Source.UNANSWERED:
        words = [_("未答复"), opinion.reason]
    else:
        answered = _answered(opinion, opinion.line)
        words = [answered.words, *answered.more]
    by = names.by_whom(opinion, opinion.at.astimezone(clock.SHANGHAI).date())
    return f"{moment(opinion.at)} {by} {'，'.join(words)}"
