"""Who asks for an appeal, and who hears it.

The unit's head asks: it is the unit's word, and the last. It is heard by people of the county, or
of the areas above it, who had no hand in what it is against: they neither filled in, reviewed,
coordinated nor verified the case, proposed or took its notice through, heard objections to it or
decided on it, nor recorded anything of the title. Where the round names the superior, nobody of
the round's own area hears it.
"""

from django.db.models import Q, QuerySet

from designation.applications.models import Application
from designation.organizations.models import Jurisdiction, Organization, Person, Role
from designation.organizations.rules import seats, serves
from designation.register.rules import lives_read_by

from ...case.facts import Case
from ...case.interests import Tie, belongs_to, tied_by
from ...case.rules import Rule, is_interested, lets_in
from ...case.scoping import visible_applications
from .case import AppealCase
from .models import ANSWERED, TAKES_FILES, Against, Appeal

HEARING = (Role.COUNTY_COORDINATOR, Role.OBJECTION_OFFICER)
# Who did one of these does not hear an appeal in the case, nor read it before it is answered.
KEEP_FROM_APPEALS = (
    Tie.PREPARED,
    Tie.REVIEWS,
    Tie.REVIEWED,
    Tie.COORDINATED,
    Tie.VERIFIED,
    Tie.PROPOSED,
    Tie.NOTICED,
    Tie.HANDLED_OBJECTION,
    Tie.DECIDED,
)


def may_give_the_units_word(organization: Organization, person: Person) -> bool:
    """The head; nobody as their deputy for what they fill in as the preparer."""
    mine = seats(person)
    deputises = mine.in_whose_place(Role.HEAD, organization_id=organization.pk) is not None
    is_both = deputises and mine.holds_in(organization.pk, Role.PREPARER)
    return mine.holds_in(organization.pk, Role.HEAD) and not is_both


def may_attach(appeal: Appeal, person: Person) -> bool:
    """The head, until somebody has found something."""
    return appeal.status in TAKES_FILES and may_give_the_units_word(appeal.organization, person)


def may_enter(organization: Organization, area: Jurisdiction, person: Person) -> bool:
    """Who coordinates the area, and is not of the unit that appeals."""
    mine = seats(person)
    coordinates = mine.holds_over(area.code, Role.COUNTY_COORDINATOR) and not mine.is_administrator
    return coordinates and not serves(person, organization)


@lets_in(Role.HEAD)
def is_head(case: AppealCase, person: Person) -> bool:
    return may_give_the_units_word(case.appeal.organization, person)


def _hears(role: Role) -> Rule:
    @lets_in(role)
    def holds(case: AppealCase, person: Person) -> bool:
        mine = seats(person)
        if mine.is_administrator or not _sits_there(case.appeal, person, role):
            return False
        hands = mine.hands(role, code=case.appeal.area_code)
        return not any(_had_a_hand(case, one) for one in hands)

    return holds


def _sits_there(appeal: Appeal, person: Person, role: Role) -> bool:
    areas = (area for area in seats(person).areas(role) if appeal.area_code.startswith(area))
    return any(not appeal.above or len(area) < len(appeal.above) for area in areas)


def _had_a_hand(case: AppealCase, person: Person) -> bool:
    if person.pk == case.appeal.entered_by_id:
        return True
    if case.against is not None:
        return is_interested(case.against, person, *KEEP_FROM_APPEALS)
    return serves(person, case.appeal.organization) or person.pk in case.took_part


hears_it = _hears(HEARING[0]) | _hears(HEARING[1])


@lets_in(Role.COUNTY_COORDINATOR)
def types_its_papers(case: AppealCase, person: Person) -> bool:
    """Of what came on paper: who typed it, or another who coordinates there and could hear it."""
    appeal, mine = case.appeal, seats(person)
    if appeal.entered_by_id is None or serves(person, appeal.organization):
        return False
    coordinates = mine.holds_over(appeal.area_code, Role.COUNTY_COORDINATOR)
    known = person.pk == appeal.entered_by_id or hears_it(case, person)
    return coordinates and not mine.is_administrator and bool(known)


def may_have_it_visited(case: AppealCase, person: Person) -> bool:
    """Whoever hears it and coordinates the area: a visit is theirs to plan, until the answer."""
    appeal, mine = case.appeal, seats(person)
    looked_into = appeal.status == Appeal.Status.TAKEN_UP and appeal.against == Against.VERIFICATION
    coordinates = mine.holds_over(appeal.area_code, Role.COUNTY_COORDINATOR)
    return looked_into and coordinates and hears_it(case, person)


def _may_hear_appeals_in_it(role: Role) -> Rule:
    """Of the case itself; which appeal, and whether it is upheld, the gate asks."""

    @lets_in(role)
    def holds(case: Case, person: Person) -> bool:
        mine, code = seats(person), case.application.area_code
        if mine.is_administrator or not mine.holds_over(code, role):
            return False
        hands = mine.hands(role, code=code)
        return not any(is_interested(case, one, *KEEP_FROM_APPEALS) for one in hands)

    return holds


hears_appeals = _may_hear_appeals_in_it(HEARING[0]) | _may_hear_appeals_in_it(HEARING[1])


def to_hear(person: Person) -> QuerySet[Appeal]:
    """The appeals that ``hears_it`` lets the person hear."""
    condition = Q(pk__in=())
    for role in () if seats(person).is_administrator else HEARING:
        for area in seats(person).areas(role):
            over = Q(above="") | (Q(above__startswith=area) & ~Q(above=area))
            condition |= Q(area_code__startswith=area) & over & _free(person, role)
    return Appeal.objects.filter(condition)


def _free(person: Person, role: Role) -> Q:
    """That neither the person nor whoever they stand in for had a hand in it."""
    cases, titles, own, typed = (Q(pk__in=()) for _ in range(4))
    for one in seats(person).all_hands(role):
        typed |= Q(entered_by=one)
        cases |= belongs_to(one) | tied_by(one, KEEP_FROM_APPEALS)
        own |= Q(organization=one.home_organization_id) if one.home_organization_id else Q()
        own |= Q(organization__in=seats(one).organizations(Role.PREPARER, Role.HEAD))
        titles |= Q(title_step__title__steps__actor=one)
        titles |= Q(title_step__title__steps__acted_for=one)
    tied = Application.objects.filter(cases).order_by().values("pk")
    acted = Appeal.objects.filter(titles).order_by().values("pk")
    of_a_case = Q(decision__isnull=False) & ~Q(decision__application__in=tied)
    of_a_title = Q(title_step__isnull=False) & ~Q(pk__in=acted) & ~own
    return (of_a_case | of_a_title) & ~typed


def readable(person: Person) -> QuerySet[Appeal]:
    """Those of the person's own unit, those they may hear, and what is answered where they see.

    What came on paper, whoever typed it reads, too.
    """
    own = Q(organization__in=seats(person).organizations(Role.PREPARER, Role.HEAD))
    seen = visible_applications(person).order_by().values("pk")
    read = lives_read_by(person).order_by().values("pk")
    answered = Q(status__in=ANSWERED) & (
        Q(decision__application__in=seen) | Q(title_step__title__in=read)
    )
    heard = Q(pk__in=to_hear(person).order_by().values("pk"))
    return Appeal.objects.filter(own | heard | answered | Q(entered_by=person))
