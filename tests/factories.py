"""Factories: a small county that the tests arrange with."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from designation.administration import models as administration
from designation.administration import rights_reviews
from designation.certificates import designs
from designation.certificates.models import CertificateDesign
from designation.organizations import models as org
from designation.register import giving
from designation.retention import models as retention
from designation.rounds import models as rounds
from designation.site import clock
from standards.catalogue import current
from standards.categories import Category

PASSWORD = "a-long-test-password"


class JurisdictionFactory(DjangoModelFactory):
    class Meta:
        model = org.Jurisdiction
        django_get_or_create = ("code",)

    code = "341821000000"
    name_zh = "青山县"
    name_en = "Qingshan County"
    level = org.Level.COUNTY


class TownshipFactory(JurisdictionFactory):
    # Below 100 are the townships that a test enters itself.
    code = factory.Sequence(lambda n: f"341821{100 + n % 900:03d}000")
    name_zh = factory.Sequence(lambda n: f"第{n}镇")
    level = org.Level.TOWNSHIP
    parent = factory.SubFactory(JurisdictionFactory)


class TownshipCommitteeFactory(DjangoModelFactory):
    class Meta:
        model = org.Organization

    name_zh = factory.Sequence(lambda n: f"第{n}镇党委")
    body_kind = org.BodyKind.TOWNSHIP_COMMITTEE
    jurisdiction = factory.SubFactory(TownshipFactory)


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = org.Organization

    name_zh = factory.Sequence(lambda n: f"第{n}村党支部")
    category = Category.NC
    superior = factory.SubFactory(TownshipCommitteeFactory)
    jurisdiction = factory.SelfAttribute("superior.jurisdiction")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = org.Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    full_name = factory.Sequence(lambda n: f"人员{n}")
    password = factory.django.Password(PASSWORD)


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = org.Seat

    person = factory.SubFactory(PersonFactory)


def seated(role, place, **person):
    """A new person who holds ``role`` in an organization or a jurisdiction."""
    where = "organization" if isinstance(place, org.Organization) else "jurisdiction"
    return SeatFactory(role=role, person=PersonFactory(**person), **{where: place}).person


def deputy_in(seat, own=None, **seat_of_the_deputy):
    """A person who stands in for the holder of ``seat`` from today on, for a month.

    Their own seat is ``own``, or one of a secrecy reviewer over the county.
    """
    county = seat.jurisdiction or seat.organization.jurisdiction.parent
    own = own or SeatFactory(role=org.Role.SECRECY_REVIEWER, jurisdiction=county)
    days = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=30)}
    SeatFactory(
        person=own.person,
        role=seat.role,
        organization=seat.organization,
        jurisdiction=seat.jurisdiction,
        deputy_of=seat,
        deputy_from=own,
        **days | seat_of_the_deputy,
    )
    return org.Person.objects.get(pk=own.person_id)


def rights_review(*seats):
    """The review of the present quarter, with a line for each of these seats of a county."""
    county = seats[0].area if seats[0].area.level == "county" else seats[0].area.parent
    begins_on = rights_reviews.quarter_of(clock.today())
    review = administration.RightsReview.objects.create(
        jurisdiction=county, begins_on=begins_on, opened_at=clock.now()
    )
    for seat in seats:
        review.lines.create(seat=seat)
    return review


class DisposalFactory(DjangoModelFactory):
    """Something of the county that is due to go at the end of next month."""

    class Meta:
        model = retention.Disposal

    kept_class = "files"
    key = factory.Sequence(str)
    label = factory.Sequence(lambda n: f"会议纪要{n}")
    holder = "第1村党支部"
    jurisdiction_code = "341821000000"
    kept_until = factory.LazyFunction(lambda: clock.today() + timedelta(days=29))
    announced_at = factory.LazyFunction(clock.now)
    goes_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = rounds.Round

    jurisdiction = factory.SubFactory(JurisdictionFactory)
    name_zh = "2026年示范点评定"
    status = rounds.Round.Status.OPEN
    organizer = "中共青山县委"
    organizer_level = rounds.OrganizerLevel.COUNTY
    managing_office = "县委组织部"
    approving_body = "省表彰办"
    approval_document_number = "省表办〔2026〕1号"
    cycle = "每年一次"
    opens_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=30))
    contact_unit = "县委组织部"
    contact_phone = "0563-0000000"
    contact_address = "青山县行政中心"

    @factory.post_generation
    def definitions(self, create, _extracted, **_kwargs):
        if create:
            give_definitions(self)


def prefecture():
    """The one around the county."""
    return JurisdictionFactory(code="341800000000", name_zh="青山市", level=org.Level.PREFECTURE)


def decided_above(area=None, *, body="中共青山市委", number="青市发〔2026〕8号"):
    """A decision of today on a round of the prefecture."""
    area = area or prefecture()
    return giving.record_decision(
        document_number=number,
        decided_on=clock.today(),
        deciding_body=body,
        round_=RoundFactory(jurisdiction=area),
        actor=seated(org.Role.DECIDING_OFFICER, area),
    )


class RoundCategoryFactory(DjangoModelFactory):
    class Meta:
        model = rounds.RoundCategory

    round = factory.SubFactory(RoundFactory)
    category = Category.NC
    standard = factory.LazyAttribute(lambda entry: current(entry.category))
    quota = 10


def define_terms(jurisdiction):
    """The county's own definitions of every term that differs from place to place."""
    for term in (
        "双推双评三全程",
        "四个统一",
        "四议两公开",
        "两代表一委员",
        "一征三议两公开",
        "通、净、绿、亮、文",
        "三有三带",
        "六有",
    ):
        rounds.LocalTerm.objects.get_or_create(
            jurisdiction=jurisdiction, term=term, defaults={"definition": f"本县对{term}的规定"}
        )
    for round_ in rounds.Round.objects.filter(jurisdiction=jurisdiction):
        give_definitions(round_)


def give_definitions(round_):
    """What its area defines, to a round that was made open: it never passed the opening."""
    if round_.status != rounds.Round.Status.DRAFT:
        known = round_.definitions.values("term")
        rounds.RoundDefinition.objects.bulk_create(
            rounds.RoundDefinition(
                round=round_,
                term=local.term,
                definition=local.definition,
                source_document=local.source_document,
                way="taken_over",
                at=clock.now(),
            )
            for local in round_.jurisdiction.local_terms.exclude(term__in=known)
        )


MEETING_ON = date(2026, 3, 1)


def certificate_design(county, saved_by, **said):
    """How the certificates of a county look, as proposed but for what is ``said``."""
    fields = {**designs.PROPOSED, "saved_by": saved_by, "saved_at": clock.now()}
    return CertificateDesign.objects.create(jurisdiction=county, **fields | said)
