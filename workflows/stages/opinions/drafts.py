"""What a department's people have typed of a list: kept while they type, gone once handed in."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import clock, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen, Told
from standards.characters import line as one_line

from .answering import held
from .models import OpinionDraft, OpinionList
from .rules import answering_role


def of(opinions: OpinionList) -> Mapping[str, str]:
    """What was typed so far, by field; one statement."""
    drafts = OpinionDraft.objects.filter(list=opinions)
    said: Mapping[str, str] | None = drafts.values_list("said", flat=True).first()
    return said or {}


@transaction.atomic
def save(
    opinions: OpinionList,
    sent: Mapping[str, str],
    *,
    fields: Collection[str],
    actor: Person,
    seen: Seen,
) -> dict[str, Told]:
    """Bring what was ``sent`` of ``fields`` together with what colleagues typed meanwhile.

    Returns, by field, what another has typed: that stands until the person has chosen. Raises
    Refusal for who does not answer for the department.
    """
    locked = held(opinions)
    if answering_role(locked, actor) is None:
        raise Refusal.because("not_permitted", _("请由该部门的承办人答复。"))
    typed = {name: one_line(text) for name, text in sent.items() if name in fields}
    draft = OpinionDraft.objects.select_related("saved_by").filter(list=locked).first()
    stands = dict.fromkeys(typed, "") | (draft.said if draft else {})
    is_mine = draft is not None and draft.saved_by_id == actor.pk
    merged = shown.merge(seen, stands, typed, is_mine=lambda _name: is_mine)
    told = {
        name: Told(
            name,
            text,
            draft.saved_by.full_name if draft else "",
            draft.saved_at if draft else None,
            shown.digest(text),
        )
        for name, text in merged.conflicts.items()
    }
    if merged.changed:
        said = {name: text for name, text in merged.values.items() if text}
        OpinionDraft.objects.update_or_create(
            list=locked, defaults={"said": said, "saved_by": actor, "saved_at": clock.now()}
        )
    return told
