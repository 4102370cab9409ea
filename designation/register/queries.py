"""What the register shows to everybody, as of a day."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Reverse, StrIndex
from django.db.models.lookups import Exact, GreaterThan, LessThanOrEqual, StartsWith

from designation.organizations import names
from designation.organizations.divisions import DIGITS, head_of_code
from designation.organizations.initials import letters
from designation.organizations.models import (
    CODE_DIGITS,
    FormerName,
    Jurisdiction,
    Level,
    Organization,
)
from designation.organizations.pairs import paired
from designation.site import clock
from designation.site.prepared import one_of
from designation.site.sameness import key_of
from standards.characters import plain

from .models import Designation, TitleSpan, TitleStep
from .standing import ENDINGS, IN_FORCE, MARKS, SETS_THE_END, Act, Status


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


def with_last_days(title: Designation, steps: Iterable[TitleStep]) -> list[TitleStep]:
    """The steps of a title as they follow each other, each with its last day until then."""
    until, told = title.valid_until, []
    for step in steps:
        step.until_formerly = until
        until = step.until or until
        told.append(step)
    return told


def published_steps() -> QuerySet[TitleStep]:
    """What happened to all titles, the giving too; what was recorded last stands first.

    That titles of before the system were taken over is no news: a county's would fill the feed.
    """
    steps = TitleStep.objects.exclude(act=Act.GIVEN, title__is_imported=True)
    return steps.order_by("-pk").select_related("title", "decision")


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
    """Each with the one that it lies in."""
    given = Designation.objects.values("jurisdiction")
    return Jurisdiction.objects.filter(pk__in=given).select_related("parent").order_by("code")


def lies_in(code: int) -> Exact | Func:
    """That a title is of the place with this code of 12 digits, or of one within it.

    Of fewer digits, of what begins with them. By the keys of the areas, looked up within the
    statement that asks, and not by a join: the titles of an area stand in the order of the list.
    """
    named = str(code)
    head = head_of_code(named) if len(named) == DIGITS else named
    areas = Jurisdiction.objects.order_by().values("pk")
    if len(head) < CODE_DIGITS[Level.TOWNSHIP]:
        return one_of("jurisdiction", ArraySubquery(areas.filter(code__startswith=head)))
    # Nothing lies within a township: the index gives its titles as they are listed.
    return Exact(F("jurisdiction"), Subquery(areas.filter(code=head.ljust(DIGITS, "0"))))


# So many steps may be on their way in at once, our default, before one below the last is missed.
_AT_ONCE = 1000

# In a search, our default: so many are read of the index before a name is no help any more.
MOST_HOLDERS = 10_000

# By which they are found, with the last that was so called.
_ALSO_CALLED: dict[Callable[[str], Q | None], Callable[[], Any]] = {}


def also_called_by(found: Callable[[str], Q | None], last: Callable[[], Any]) -> None:
    """Have titles found by what another room calls them; None where ``text`` says nothing there.

    ``last`` answers otherwise whenever another title is found so.
    """
    _ALSO_CALLED[found] = last


def recorded_last() -> tuple[Any, ...]:
    """What is otherwise whenever anything by which titles are listed or found is.

    Of the last thousand steps their number too: one of two at once may be recorded below the other.
    """
    newest = TitleStep.objects.order_by("-pk").values("pk")[:1]
    steps = TitleStep.objects.filter(pk__gt=Subquery(newest) - _AT_ONCE)
    state = steps.aggregate(last=Max("pk"), number=Count("pk"))
    renamed = FormerName.objects.aggregate(last=Max("pk"))
    return (*state.values(), *renamed.values(), *(last() for last in _ALSO_CALLED.values()))


def called(text: str) -> Q:
    """Titles with ``text`` in their name as given or in a name of whoever holds or held them.

    In whatever spelling: width, blanks and code points make no difference to a Chinese name.
    Letters are also asked as initials; numbers are found by how they begin or end. Each condition
    is one that an index answers: a name among a million costs what one among a thousand does. Of
    names so common that more than ``MOST_HOLDERS`` organizations bear them, not every holder is
    asked for.
    """
    text = letters(text) or text
    holders = Organization.objects.filter(names.called(text, Organization)).order_by("pk")
    held = ArraySubquery(holders.values("pk")[:MOST_HOLDERS])
    recognised = TitleStep.objects.filter(one_of("organization", held), act=Act.RECOGNISED)
    key = key_of(text)
    given = (paired(key) | paired(text)) & (Q(_stands_in(key)) | names.in_letters(text))
    found = given | _numbered(text) | Q(one_of("organization", held))
    found |= Q(one_of("pk", ArraySubquery(recognised.values("title"))))
    for also in _ALSO_CALLED:
        found |= also(text) or Q()
    return found


def _stands_in(key: str) -> GreaterThan:
    """That ``key`` is in that of the name: as ``contains``, which the database takes for rare.

    Where the pairs of a text are in most names, so is the text.
    """
    return GreaterThan(StrIndex(F("name_key"), Value(key)), 0)


def _numbered(text: str) -> Q:
    """By the beginning of the number or by its end; the whole is both."""
    found = Q()
    for typed in dict.fromkeys((plain(text), plain(text).upper())):
        found |= Q(number__startswith=typed) | Q(StartsWith(Reverse("number"), typed[::-1]))
    return found


def as_of(day: date, rows: QuerySet[Designation]) -> QuerySet[Designation]:
    """Those given by ``day``, each with its ``status``, ``until`` and ``correct_by`` of that day.

    ``standing.standing`` of many titles, without a statement more: by the span that holds the day.
    """
    span = FilteredRelation("spans", condition=_holds(day, "spans__"))
    known = rows.filter(designated_on__lte=day).annotate(span=span)
    return known.annotate(  # type: ignore[no-redef]
        status=F("span__status"), until=F("span__until"), correct_by=F("span__correct_by")
    )


def in_force(day: date) -> QuerySet[Designation]:
    """The titles that are in force on ``day``, warned and under order too, by what is on record."""
    return Designation.objects.filter(_stands(day, status__in=IN_FORCE))


def in_force_since(day: date) -> QuerySet[Designation]:
    """Those in force on ``day`` or on one since, that no act has ended by today."""
    today = clock.today()
    lasted = Q(ends__gte=day) | Q(ends__isnull=True)
    spans = TitleSpan.objects.filter(
        lasted, title=OuterRef("pk"), begins__lte=today, status__in=IN_FORCE
    )
    ended = _stands(today, status__in=ENDINGS)
    return Designation.objects.filter(Exists(spans.order_by()) & ~ended)


def stands_as(status: Status, day: date) -> Q:
    """That a title given by ``day`` has this status then."""
    return _stands(day, status=status)


def standing_as(status: Status, day: date, rows: QuerySet[Designation]) -> QuerySet[Designation]:
    """Those of ``rows``, which are ``as_of`` that day, that have this status then.

    Titles that are over stand in the list behind all that are in force. None is over sooner after
    its naming than the first that ever was: what is younger the database passes over at once.
    """
    so = Q(status=status)
    if status in IN_FORCE:
        so &= Q(until__gte=day)
    if status == Status.EXPIRED:
        so &= Q(_old_enough(day))
    return rows.filter(so)


def _old_enough(day: date) -> LessThanOrEqual:
    """That a title may be over by ``day``, for all that its naming says."""
    first = TitleSpan.objects.filter(status=Status.EXPIRED).order_by("after").values("after")[:1]
    named = Func(
        Value(day, DateField()),
        Subquery(first),
        template="%(expressions)s",
        arg_joiner=" - ",
        output_field=DateField(),
    )
    return LessThanOrEqual(F("designated_on"), named)


# So but few titles stand: the database begins with these.
FEW = (Status.WARNED, Status.ORDERED, Status.REVOKED, Status.CANCELLED)


def begun_with_few(rows: QuerySet[Designation]) -> QuerySet[Designation]:
    """``rows`` of ``standing_as`` one of these in the order that they have, said of their spans."""
    order = (str(column) for column in rows.query.order_by)
    return rows.order_by(*(one.replace("designated_on", "span__designated_on") for one in order))


def runs_out_by(last: date, day: date) -> Q:
    """That a title in force on ``day`` has its last day by ``last``."""
    return _stands(day, status__in=IN_FORCE, until__lte=last)


def _stands(day: date, **so: Any) -> Q:
    spans = TitleSpan.objects.filter(_holds(day), title=OuterRef("pk"), **so)
    return Q(Exists(spans.order_by()))


def _holds(day: date, prefix: str = "") -> Q:
    """That a span holds the day."""
    lasts = Q(**{f"{prefix}ends__gte": day}) | Q(**{f"{prefix}ends__isnull": True})
    return Q(**{f"{prefix}begins__lte": day}) & lasts


def revocations() -> QuerySet[Any]:
    """The steps by which titles stand revoked, each with its ``bearer``: who held the title then.

    By what was on record then: who takes a unit in afterwards does not answer for its fault.
    Without those after which a new decision brought the title back.
    """
    ends = TitleStep.objects.filter(act__in=SETS_THE_END, title=OuterRef("title"))
    held = TitleStep.objects.filter(
        act=Act.RECOGNISED,
        title=OuterRef("title"),
        effective_on__lte=OuterRef("effective_on"),
        pk__lt=OuterRef("pk"),
    ).order_by("-effective_on", "-pk")
    key = BigIntegerField()
    holder = Subquery(held.values("organization")[:1], output_field=key)
    bearer = Coalesce(holder, F("title__organization"), output_field=key)
    revoked = TitleStep.objects.filter(~Exists(ends.filter(_overtakes())), act=Act.REVOKED)
    return revoked.annotate(bearer=bearer).order_by()


def _recognised(day: date) -> QuerySet[TitleStep]:
    return TitleStep.objects.filter(act=Act.RECOGNISED, effective_on__lte=day)


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
