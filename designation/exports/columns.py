"""Columns that a person keeps under a name."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site import endings
from designation.site.refusal import Finding, Refusal

from .models import ColumnChoice

# Of one list, our default: more than that nobody tells apart.
MOST_KEPT = 20


def kept_by(person: Person, table: str) -> QuerySet[ColumnChoice]:
    return ColumnChoice.objects.filter(person=person, table=table)


@endings.act()
def keep(table: str, name: str, columns: Sequence[str], *, actor: Person) -> None:
    """Keep the columns under ``name``; what stood under it is replaced.

    Raises Refusal where the person keeps as many as may be.
    """
    mine = kept_by(actor, table)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_KEPT:
        told = _("一个列表最多存 %(most)s 个栏目模板。请先删去不用的，或换成已有的名称。")
        raise Refusal(
            [Finding("too_many_choices", "", told % {"most": MOST_KEPT}, field="keep_as")]
        )
    ColumnChoice.objects.update_or_create(
        person=actor, table=table, name=name, defaults={"columns": list(columns)}
    )


@endings.act()
def forget(choice: ColumnChoice, *, actor: Person) -> None:
    """Throw one of one's own away."""
    kept_by(actor, choice.table).filter(pk=choice.pk).delete()
