"""A county in which three villages apply, with everyone who might press something.

``STEPS`` says, independently of the product, where each transition leads and whose it is.
"""

from designation.applications.models import Application
from designation.organizations.models import Role
from tests import factories
from tests.course import County

VILLAGES = 3
PLACES = 2

APPLICANT = ("preparer", "head")
# (stage, transition): the stage it leads to, and the parts that may carry it out.
STEPS = {
    ("draft", "confirm"): ("self_assessed", ("head",)),
    **{(stage, "send_to_head"): (stage, ("preparer",)) for stage in ("draft", "returned")},
    ("draft", "return_to_preparer"): ("draft", ("head",)),
    ("self_assessed", "return_to_preparer"): ("draft", ("head",)),
    ("returned", "return_to_preparer"): ("returned", ("head",)),
    ("self_assessed", "reopen"): ("draft", APPLICANT),
    ("self_assessed", "submit"): ("submitted", APPLICANT),
    ("submitted", "recall"): ("draft", APPLICANT),
    ("submitted", "recommend"): ("recommended", ("reviewer",)),
    ("submitted", "return_for_correction"): ("returned", ("reviewer",)),
    ("submitted", "reject"): ("rejected", ("reviewer",)),
    # Back to the one who returned it: see ``target``.
    ("returned", "resubmit"): (None, ("head",)),
    ("returned", "end_overdue"): ("rejected", ("reviewer", "coordinator")),
    ("recommended", "return_for_correction"): ("returned", ("coordinator",)),
    ("recommended", "reject"): ("rejected", ("coordinator",)),
    ("recommended", "begin_verification"): ("verifying", ("coordinator",)),
    ("verifying", "reject"): ("rejected", ("coordinator",)),
    ("verifying", "complete_verification"): ("verified", ("leader",)),
    ("recommended", "return_to_review"): ("submitted", ("coordinator",)),
    ("verified", "return_to_review"): ("submitted", ("coordinator",)),
    ("verified", "choose"): ("chosen", ("coordinator",)),
    ("verified", "put_in_reserve"): ("reserve", ("coordinator",)),
    ("verified", "leave_out"): ("not_chosen", ("coordinator",)),
    ("reserve", "move_up"): ("chosen", ("coordinator",)),
    ("reserve", "end_reserve"): ("not_chosen", ("coordinator",)),
    ("chosen", "put_back"): ("verified", ("coordinator", "deciding_officer")),
    ("reserve", "put_back"): ("verified", ("coordinator", "deciding_officer")),
    ("chosen", "publish"): ("on_notice", ("publisher",)),
    ("on_notice", "end_notice"): ("awaiting_designation", ("time",)),
    **{
        (stage, "uphold_objection"): ("rejected", ("objection_officer",))
        for stage in (
            "submitted",
            "returned",
            "recommended",
            "verifying",
            "verified",
            "chosen",
            "reserve",
            "on_notice",
            "awaiting_designation",
        )
    },
    **{
        (stage, "reverify"): ("recommended", ("objection_officer",))
        for stage in ("verified", "chosen", "reserve", "on_notice", "awaiting_designation")
    },
    ("awaiting_designation", "designate"): ("designated", ("deciding_officer",)),
    ("awaiting_designation", "decline"): ("rejected", ("deciding_officer",)),
    **{
        (stage, "withdraw"): ("withdrawn", ("head",))
        for stage in (
            "draft",
            "self_assessed",
            "submitted",
            "returned",
            "recommended",
            "verifying",
            "verified",
            "chosen",
            "reserve",
        )
    },
}
# Time does so where a title was revoked, and none is here: it is refused everywhere.
STEPS |= {
    (stage, "end_barred"): (
        "withdrawn" if stage in ("draft", "self_assessed") else "rejected",
        ("time",),
    )
    for stage in sorted({stage for stage, _name in STEPS})
}
NAMES = sorted({name for _stage, name in STEPS})
FINAL = ("designated", "not_chosen", "rejected", "withdrawn")
# Whom each open stage waits for.
HOLDERS = {
    "draft": "preparer",
    "self_assessed": "head",
    "submitted": "reviewer",
    "returned": "preparer",
    "recommended": "coordinator",
    "verifying": "leader",
    "verified": "coordinator",
    "chosen": "coordinator",
    "reserve": "coordinator",
    "on_notice": "objection_officer",
    "awaiting_designation": "deciding_officer",
}


def target(application, name):
    """Where transition ``name`` leads from here; None when it does not leave this stage."""
    if (application.stage, name) not in STEPS:
        return None
    return STEPS[application.stage, name][0] or application.returned_from


class Neighbourhood:
    """The people by name; ``None`` among them is the passing of time.

    Beside those who work there: a person with two seats, one from a village, one who reviews
    another township, one who verifies another county, and one without any seat.
    """

    def __init__(self):
        first = County()
        first.round_category.quota = PLACES
        first.round_category.save()
        first.round.closes_at += factories.timedelta(days=60)
        first.round.save()
        self.people = self._officials(first) | self._others(first)
        self.counties = [first, *(first.beside() for _place in range(1, VILLAGES))]
        for index, county in enumerate(self.counties):
            self.people |= {f"preparer{index}": county.preparer, f"head{index}": county.head}
        self.round = first.round

    def _officials(self, county):
        roles = (
            "reviewer",
            "coordinator",
            "secrecy_reviewer",
            "publisher",
            "objection_officer",
            "deciding_officer",
        )
        first, second = county.verifiers
        return {role: getattr(county, role) for role in roles} | {
            "verifier": first,
            "second_verifier": second,
        }

    def _others(self, county):
        elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
        double = factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)
        factories.SeatFactory(
            person=double, role=Role.NOTICE_PUBLISHER, jurisdiction=county.jurisdiction
        )
        at_home = {"home_organization": county.village}
        return {
            "double": double,
            "kin": factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction, **at_home),
            "local_verifier": factories.seated(Role.VERIFIER, county.jurisdiction, **at_home),
            "far_reviewer": factories.seated(
                Role.FIRST_REVIEWER, factories.TownshipCommitteeFactory()
            ),
            "far_verifier": factories.seated(Role.VERIFIER, elsewhere),
            "outsider": factories.PersonFactory(),
            "time": None,
        }

    def application(self, index):
        """The newest application of a village, as the database has it; None before the first."""
        village = self.counties[index].village
        return Application.objects.filter(organization=village).order_by("-pk").first()

    def who(self, part, index):
        """The person who plays ``part`` for the application of village ``index``."""
        if part == "leader":
            return self._leader(index)
        return self.people[f"{part}{index}" if part in APPLICANT else part]

    def _leader(self, index):
        visit = self.application(index).visits.filter(closed_at=None).first()
        member = visit.members.filter(is_leader=True).first() if visit else None
        return member.person if member else self.people["verifier"]

    def may(self, key, name, index):
        """Whether the person under ``key`` may carry out ``name`` now, gates aside."""
        application = self.application(index)
        parts = STEPS[application.stage, name][1]
        return not self._parts(key, index, application).isdisjoint(parts)

    def _parts(self, key, index, application):
        if key in ("kin", "local_verifier") and index == 0:
            return set()
        if key in ("verifier", "second_verifier", "local_verifier"):
            leads = application.visits.filter(
                closed_at=None, members__is_leader=True, members__person=self.people[key]
            )
            return {"leader"} if leads.exists() else set()
        parts = {"double": {"coordinator", "publisher"}, "kin": {"coordinator"}}.get(key, {key})
        own = {f"{part}{index}": part for part in APPLICANT}
        return {own.get(part, part) for part in parts}
