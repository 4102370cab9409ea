"""What the register shows to everybody, as of a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from designation.organizations import names
from designation.organizations.models import FormerName, Jurisdiction, Organization
from designation.site import clock

from .models import Designation, TitleStep
from .standing import ENDINGS, MAY_SET_THE_TERM, Act, Status


def titles(on: date | None = None) -> QuerySet[Designation]:
    """Every title given by that day, today if None, with what its lines say of it then."""
    day = on or clock.today()
    given = Designation.objects.select_related("organization", "jurisdiction", "decision")
    recognised = _last(_recognised(day))
    held = given.annotate(  # type: ignore[no-redef]
        holder_zh=Subquery(recognised.values("organization__name_zh")),
        holder_en=Subquery(recognised.values("organization__name_en")),
    )
    return as_of(day, held)


def history(title: Designation) -> QuerySet[TitleStep]:
    """What happened to it since it was given, the first first."""
    return title.steps.exclude(act=Act.GIVEN).select_related("organization")


def giving(title: Designation) -> TitleStep:
    """By whom it was given, with their former names. Two statements."""
    step = title.steps.select_related("actor", "acted_for").get(act=Act.GIVEN)
    names.read(names.who_acted([step]))
    return step


def held_by(organizations: Iterable[Organization]) -> Q:
    """Titles that these organizations hold now: given to them, or recognised as theirs since."""
    return held_where(organization__in=[one.pk for one in organizations])


def held_where(**theirs: Any) -> Q:
    """As ``held_by``, of the organizations that fit ``theirs``, in titles and in their lines."""
    recognised = TitleStep.objects.filter(act=Act.RECOGNISED)
    now_theirs = _that_counts(recognised).filter(**theirs)
    given = Q(**theirs) & ~Q(Exists(_of_the_title(recognised)))
    return given | Q(Exists(now_theirs))


def other_names(title: Designation) -> QuerySet[FormerName]:
    """Former names of the organization, beside the one that the title was given under."""
    return title.organization.former_names.exclude(name_zh=title.name_zh)


def latest_titles(most: int) -> QuerySet[Designation]:
    """The last that were given."""
    return Designation.objects.select_related("organization")[:most]


def areas_with_titles() -> QuerySet[Jurisdiction]:
    given = Designation.objects.values("jurisdiction")
    return Jurisdiction.objects.filter(pk__in=given).order_by("code")


def called(text: str) -> Q:
    """Titles with ``text`` in their number, their name as given, or a name of the organization."""
    named = Q(name_zh__icontains=text) | Q(name_en__icontains=text)
    holders = Organization.objects.filter(names.called(text, Organization))
    recognised = TitleStep.objects.filter(act=Act.RECOGNISED, organization__in=holders)
    given = names.called(text, Organization, "organization") | named | Q(number__icontains=text)
    return given | Q(pk__in=recognised.values("title"))


def as_of(day: date, rows: QuerySet[Designation]) -> QuerySet[Designation]:
    """Those given by ``day``, each with its ``status`` and ``until`` of that day.

    ``standing.standing`` of many titles, without a statement more.
    """
    until = Coalesce(Subquery(_last(_term_set(day)).values("until")), F("valid_until"))
    ended = Subquery(_last(_ended(day)).values("act"))
    in_term = Case(When(until__lt=day, then=Value(Status.EXPIRED)), default=Value(Status.VALID))
    given = rows.filter(designated_on__lte=day)
    known = given.annotate(until=until)  # type: ignore[no-redef]
    return known.annotate(status=Coalesce(ended, in_term))  # type: ignore[no-redef]


def in_force(day: date) -> QuerySet[Designation]:
    """The titles that are valid on ``day``, by what is on record now."""
    return Designation.objects.filter(stands_as(Status.VALID, day))


def stands_as(status: Status, day: date) -> Q:
    """That a title given by ``day`` has this status then: what lists of many are filtered by.

    By conditions that the database turns into joins with the few titles that were ended or
    whose term was set anew; the rest is read of the title itself.
    """
    given, ended, term = Q(designated_on__lte=day), _ended(day), _term_set(day)
    if status in ENDINGS:
        return given & Q(Exists(_that_counts(ended).filter(act=status)))
    compared = "gte" if status == Status.VALID else "lt"
    as_given = Q(**{f"valid_until__{compared}": day}) & ~Q(Exists(_of_the_title(term)))
    set_anew = Q(Exists(_that_counts(term).filter(**{f"until__{compared}": day})))
    return given & ~Q(Exists(_of_the_title(ended))) & (as_given | set_anew)


def _recognised(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act=Act.RECOGNISED, effective_on__lte=day)


def _ended(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act__in=ENDINGS, effective_on__lte=day)


def _term_set(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(
        act__in=MAY_SET_THE_TERM, until__isnull=False, effective_on__lte=day
    )


def _of_the_title(steps: QuerySet[TitleStep]) -> QuerySet[TitleStep]:
    """Those of the title in the statement around."""
    return steps.filter(title=OuterRef("pk")).order_by()


def _last(steps: QuerySet[TitleStep]) -> QuerySet[TitleStep]:
    """The one of them that counts, read for one title after another."""
    return _of_the_title(steps).order_by("-effective_on", "-pk")[:1]


def _that_counts(steps: QuerySet[TitleStep]) -> QuerySet[TitleStep]:
    """The same one, as what none of them overtakes: to be joined, for all titles at once."""
    overtakes = Q(effective_on__gt=OuterRef("effective_on")) | Q(
        effective_on=OuterRef("effective_on"), pk__gt=OuterRef("pk")
    )
    overtaken = Exists(steps.filter(overtakes, title=OuterRef("title")))
    return _of_the_title(steps).filter(~overtaken)
