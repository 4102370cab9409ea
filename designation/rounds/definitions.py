"""What a round says of the local terms in its standards: its area's definitions, from its opening.

What the area says later is for later rounds. A fault is corrected while applicants can still
follow it, on record, with its reason, and told to those whom it concerns.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from designation.organizations.models import Person, Role
from designation.site import clock, endings
from designation.site.refusal import Finding, Refusal
from standards.characters import kept, line

from . import announcements, conditions, configuring, queries, rules
from .announcements import Concerned
from .models import Round, RoundDefinition


class CorrectionRefused(Refusal):
    """The definition of an open round is not corrected."""


# Adds whom the correction of a definition concerns.
Naming = Callable[[RoundDefinition, Concerned], None]
_naming: list[Naming] = []


def named_by(*namings: Naming) -> None:
    """Said by a room above when it starts."""
    _naming.extend(namings)


def take(round_: Round, *, actor: Person, role: Role, at: datetime) -> None:
    """Give a round that opens its area's definitions of the terms in its standards."""
    RoundDefinition.objects.bulk_create(
        RoundDefinition(
            round=round_,
            term=term.term,
            definition=term.definition,
            source_document=term.source_document,
            way=RoundDefinition.Way.OPENED,
            actor=actor,
            role=role,
            at=at,
        )
        for term in queries.definitions_to_open_with(round_)
    )


@endings.act()
def correct(
    former: RoundDefinition, definition: str, document: str, *, reason: str, actor: Person
) -> RoundDefinition:
    """Put another definition in the place of ``former`` while the round takes applications.

    Raises CorrectionRefused for who does not manage the round, for one that takes no applications
    any more, when ``former`` was corrected meanwhile, without a reason, and for what says nothing
    or nothing else.
    """
    round_ = configuring.hold(former.round)
    role = rules.managing_role(actor, round_)
    if role is None:
        raise CorrectionRefused.because(
            "not_allowed", _("只有本辖区的县级经办人可以更正批次的释义。")
        )
    said = kept(definition), line(document)
    was = former.definition, former.source_document
    found = [*_hindrances(round_, former), *_faults(was, said, reason)]
    if found:
        raise CorrectionRefused(found)
    corrected = RoundDefinition.objects.create(
        round=round_,
        term=former.term,
        definition=said[0],
        source_document=said[1],
        way=RoundDefinition.Way.CORRECTED,
        replaces=former,
        reason=kept(reason),
        actor=actor,
        role=role,
        at=clock.now(),
    )
    details = {
        "changed": configuring.definition_changed(former.term, was, said),
        "reason": corrected.reason,
    }
    configuring.record(round_, "round.correct_term", details, actor=actor, role=role)
    announcements.corrected(corrected, _concerned(corrected))
    return corrected


def _hindrances(round_: Round, former: RoundDefinition) -> Iterable[Finding]:
    if not rules.is_under_way(round_):
        told = _("申报已经截止，各单位是按现有释义申报的，不再更正。")
        if round_.status == Round.Status.OPEN:
            told = _("申报已经截止，各单位是按现有释义申报的。确需更正，请先延长申报时间。")
        yield Finding("too_late", "", told)
    elif RoundDefinition.objects.filter(replaces=former).exists():
        told = _("这条释义在您打开页面后已由他人更正，请返回批次页面查看。您填的内容还在下面。")
        yield Finding("changed_meanwhile", "", told)


def _faults(was: tuple[str, str], said: tuple[str, str], reason: str) -> Iterable[Finding]:
    if not said[0]:
        told = _("请填写更正后的释义。")
        yield Finding("definition_emptied", "", told, field="definition")
    elif said == was:
        told = _("释义和依据文件与原来相同，没有需要更正的内容。")
        yield Finding("nothing_corrected", "", told, field="definition")
    if not kept(reason):
        yield Finding("no_reason", "", _("请写明更正的原因。"), field="reason")
    yield from conditions.of_length(said, "definition", "document")


def _concerned(corrected: RoundDefinition) -> Concerned:
    concerned = Concerned()
    for naming in _naming:
        naming(corrected, concerned)
    return concerned
