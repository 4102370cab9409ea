"""What the register shows to everybody, as of a day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Reverse
from django.db.models.lookups import (
    Exact,
    GreaterThanOrEqual,
    In,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)

from designation.organizations import names
from designation.organizations.models import FormerName, Jurisdiction, Organization
from designation.organizations.pairs import paired
from designation.site import clock
from designation.site.prepared import one_of

from .models import Designation, TitleStep
from .standing import (
    ENDINGS,
    IN_FORCE,
    MARKS,
    MAY_SET_THE_TERM,
    SETS_THE_END,
    Act,
    Status,
)


def titles(on: date | None = None) -> QuerySet[Designation]:
    """Every title given by that day, today if None, with what its lines say of it then.

    Names as given, as its holder was called on that day, and as its holder is called now.
    """
    today = clock.today()
    day = on or today
    given = Designation.objects.select_related("organization", "jurisdiction", "decision")
    recognised = _last(_recognised(max(day, today)))
    held = given.annotate(  # type: ignore[no-redef]
        holder_zh=Subquery(recognised.values("organization__name_zh")),
        holder_en=Subquery(recognised.values("organization__name_en")),
    )
    return as_of(day, held if day == today else _called_then(held, day))


def _called_then(rows: QuerySet[Designation], day: date) -> QuerySet[Any]:
    """With the names that whoever held the title on ``day`` bore then."""
    held = Subquery(_last(_recognised(day)).values("organization"), output_field=BigIntegerField())
    holder = Coalesce(held, F("organization"), output_field=BigIntegerField())
    former = FormerName.objects.filter(organization=OuterRef("_then"), borne_until__gt=day)
    bore = former.order_by("borne_until", "pk")
    bears = Organization.objects.filter(pk=OuterRef("_then"))
    return rows.annotate(_then=holder).annotate(
        **{
            f"then_{language}": Coalesce(
                Subquery(bore.values(f"name_{language}")[:1]),
                Subquery(bears.values(f"name_{language}")),
            )
            for language in ("zh", "en")
        }
    )


def first_given_on() -> date | None:
    """The day from which the register knows of any title."""
    first: date | None = Designation.objects.aggregate(first=Min("designated_on"))["first"]
    return first


def life(title: Designation) -> QuerySet[TitleStep]:
    """All that happened to it, the first first, with by whom and on which document."""
    return title.steps.select_related("organization", "decision", "actor", "acted_for")


def public_life(title: Designation, on: date | None = None) -> QuerySet[TitleStep]:
    """What became of it, of what had happened by that day; of each its ``public_reason`` alone."""
    read = life(title).exclude(act=Act.GIVEN)
    return read.filter(effective_on__lte=on) if on else read


def published_steps() -> QuerySet[TitleStep]:
    """What happened to all titles, the giving too; what was recorded last stands first."""
    return TitleStep.objects.order_by("-pk").select_related("title", "decision")


def against(title: Designation, day: date) -> TitleStep | None:
    """The warning or the order that stands against it on ``day``, of which it says its status."""
    if title.status not in MARKS.values():
        return None
    return life(title).filter(act=title.status, effective_on__lte=day).last()


def holder(title: Designation) -> Organization:
    """Who holds it now: whom it was given to, or was recognised as theirs since."""
    recognised = title.steps.filter(act=Act.RECOGNISED).order_by("-effective_on", "-pk")
    step = recognised.select_related("organization__jurisdiction").first()
    return step.organization if step and step.organization else title.organization


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


def area_of(code: int) -> Subquery:
    """The key of the area with this code, looked up within the statement that asks by it."""
    return Subquery(Jurisdiction.objects.filter(code=code).values("pk"))


# In a search, our default: so many are read of the index before a name is no help any more.
MOST_HOLDERS = 10_000

_ALSO_CALLED: list[Callable[[str], Q | None]] = []


def also_called_by(found: Callable[[str], Q | None]) -> None:
    """Have titles found by what another room calls them; None where ``text`` says nothing there."""
    if found not in _ALSO_CALLED:
        _ALSO_CALLED.append(found)


def called(text: str) -> Q:
    """Titles with ``text`` in their name as given or in a name of whoever holds or held them.

    Letters are also asked as initials; numbers are found by how they begin or end. Each condition
    is one that an index answers: a name among a million costs what one among a thousand does. Of
    names so common that more than ``MOST_HOLDERS`` organizations bear them, not every holder is
    asked for.
    """
    holders = Organization.objects.filter(names.called(text, Organization)).order_by("pk")
    held = ArraySubquery(holders.values("pk")[:MOST_HOLDERS])
    recognised = TitleStep.objects.filter(one_of("organization", held), act=Act.RECOGNISED)
    given = paired(text) & (Q(name_zh__icontains=text) | names.in_letters(text))
    found = given | _numbered(text) | Q(one_of("organization", held))
    found |= Q(one_of("pk", ArraySubquery(recognised.values("title"))))
    for also in _ALSO_CALLED:
        found |= also(text) or Q()
    return found


def _numbered(text: str) -> Q:
    """By the beginning of the number or by its end; the whole is both."""
    found = Q(number__startswith=text) | Q(number__startswith=text.upper())
    for end in (text, text.upper()):
        found |= Q(StartsWith(Reverse("number"), end[::-1]))
    return found


def as_of(day: date, rows: QuerySet[Designation]) -> QuerySet[Designation]:
    """Those given by ``day``, each with its ``status``, ``until`` and ``correct_by`` of that day.

    ``standing.standing`` of many titles, without a statement more.
    """
    ended, marked = _last(_end_set(day)), _last(_marked(day))
    known = rows.filter(designated_on__lte=day).annotate(  # type: ignore[no-redef]
        until=_until(day),
        _ended=Subquery(ended.values("act")),
        _mark=Subquery(marked.values("act")),
        _order=Subquery(marked.values("correct_by")),
    )
    status = Case(
        *(When(_ended=act, then=Value(Status(act))) for act in ENDINGS),
        When(until__lt=day, then=Value(Status.EXPIRED)),
        *(When(_mark=act, then=Value(status)) for act, status in MARKS.items() if status),
        default=Value(Status.VALID),
    )
    ordered = Case(When(status=Status.ORDERED, then=F("_order")))
    return known.annotate(status=status).annotate(correct_by=ordered)  # type: ignore[no-redef]


def in_force(day: date) -> QuerySet[Designation]:
    """The titles that are in force on ``day``, warned and under order too, by what is on record."""
    return Designation.objects.filter(_in_force(day))


def stands_as(status: Status, day: date, *, few: bool = False) -> Q:
    """That a title given by ``day`` has this status then: what lists of many are filtered by.

    By conditions that begin with the few titles that were ended or that something stands against,
    or with what the title itself says; what it was last is then read of one after another. Where
    something else leaves but ``few``, the database begins with whichever are fewer.
    """
    if status in ENDINGS:
        last = _that_counts(_end_set(day)).filter(act=status)
        ended = Exists(last) if few else Exact(_ended(day, (status,)), status)
        return Q(designated_on__lte=day) & Q(ended)
    if status not in IN_FORCE:
        return _never_ended(day) & _may_be_over(day) & _is_over(day)
    acts = [act for act, left in MARKS.items() if left and status in (left, Status.VALID)]
    against = Exists(_that_counts(_marked(day)).filter(act__in=acts))
    return _in_force(day) & (~Q(against) if status == Status.VALID else Q(against))


def revocations() -> QuerySet[Any]:
    """The steps by which titles stand revoked, each with its ``bearer``: who held the title then.

    Without those after which a new decision brought the title back.
    """
    ends = TitleStep.objects.filter(act__in=SETS_THE_END, title=OuterRef("title"))
    held = TitleStep.objects.filter(
        act=Act.RECOGNISED, title=OuterRef("title"), effective_on__lte=OuterRef("effective_on")
    ).order_by("-effective_on", "-pk")
    key = BigIntegerField()
    holder = Subquery(held.values("organization")[:1], output_field=key)
    bearer = Coalesce(holder, F("title__organization"), output_field=key)
    revoked = TitleStep.objects.filter(~Exists(ends.filter(_overtakes())), act=Act.REVOKED)
    return revoked.annotate(bearer=bearer).order_by()


def runs_out_by(last: date, day: date) -> Q:
    """That a title in force on ``day`` has its last day by ``last``."""
    return _in_force(day) & Q(LessThanOrEqual(_until(day), last))


def _in_force(day: date) -> Q:
    return _stands(day) & Q(GreaterThanOrEqual(_until(day), day))


def _until(day: date) -> Coalesce:
    """The last day of a title as known on ``day``: what was set last, else as it was given."""
    return Coalesce(Subquery(_last(_term_set(day)).values("until")), F("valid_until"))


def _stands(day: date) -> Q:
    """That a title was given by ``day`` and is not ended then, whatever its term says."""
    ended = _that_counts(_end_set(day)).filter(act__in=ENDINGS)
    return Q(designated_on__lte=day) & ~Q(Exists(ended))


def _ended(day: date, ever: Iterable[Status] = ()) -> Any:
    """The act that said last whether it is ended, read for one title after another.

    Only of those that were ``ever`` ended so, where that is given: the database looks these up.
    """
    last = Subquery(_last(_end_set(day)).values("act"), output_field=CharField())
    ended = _end_set(day).filter(act__in=ever).order_by().values("title")
    return Case(When(pk__in=ended, then=last)) if ever else last


def _never_ended(day: date) -> Q:
    """As ``_stands``, read for one title after another: for a page of many."""
    ended = Coalesce(_ended(day), Value(""))
    return Q(designated_on__lte=day) & ~Q(In(ended, list(ENDINGS)))


def _may_be_over(day: date) -> Q:
    """By its own last day, or by any that was ever set: those of whom the last is then asked.

    In a register in the order of its days those that are over stand behind all others.
    """
    term = _term_set(day).filter(until__lt=day).order_by().values("title")
    return Q(valid_until__lt=day) | Q(pk__in=term)


def _is_over(day: date) -> Q:
    """That its last day was before ``day``, read for one title after another."""
    return Q(LessThan(_until(day), day))


def _recognised(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act=Act.RECOGNISED, effective_on__lte=day)


def _end_set(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act__in=SETS_THE_END, effective_on__lte=day)


def _marked(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act__in=list(MARKS), effective_on__lte=day)


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
    overtaken = Exists(steps.filter(_overtakes(), title=OuterRef("title")))
    return _of_the_title(steps).filter(~overtaken)


def _overtakes() -> Q:
    """That a step counts before the one in the statement around."""
    return Q(effective_on__gt=OuterRef("effective_on")) | Q(
        effective_on=OuterRef("effective_on"), pk__gt=OuterRef("pk")
    )
