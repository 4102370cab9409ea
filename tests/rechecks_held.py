"""The re-checks of a county in a year, by the acts of those whose they are."""

from datetime import timedelta

from designation.organizations.models import Role
from designation.register import giving
from designation.register.models import DesignationDecision
from designation.site import clock
from tests import factories
from tests.titles_given import REASON, paper
from tests.visits_apart import ITEM, begin, conclude, plan
from workflows.rechecks import acts, yearly
from workflows.rechecks.case import RecheckAct
from workflows.rechecks.models import Recheck

DAY = timedelta(days=1)
SEED = {"seed": "03 11 18 22 27 31 + 09", "source": "福彩双色球2026年第23期开奖号码"}


def titles(county, count, *, days=700):
    """So many, of villages beside, given a month ago; they run out in so many days."""
    decision = giving.record_decision(
        document_number=f"青发〔2020〕{DesignationDecision.objects.count() + 100}号",
        decided_on=clock.today() - 30 * DAY,
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    return [
        giving.give(
            county.beside().village,
            category="NC",
            decision=decision,
            until=clock.today() + days * DAY,
            actor=county.deciding_officer,
        )
        for _one in range(count)
    ]


def draw(county, *, actor=None, count=None, **said):
    by = {"actor": actor or county.coordinator, "count": count}
    return yearly.draw(county.jurisdiction, **SEED | said, **by)


def entered(county, title=None):
    """A re-check of a title, for a reason; not yet visited."""
    title = title or titles(county, 1)[0]
    return yearly.enter(title, reason=REASON, actor=county.coordinator)


def visited(county, recheck=None):
    """One of which the unit has been told what was found."""
    recheck = recheck or entered(county)
    visit = plan(county, recheck.title, ITEM, standard=county.round_category.standard)
    conclude(county, begin(county, visit))
    return Recheck.objects.get(pk=recheck.pk)


def head_of(recheck):
    return factories.seated(Role.HEAD, recheck.title.organization)


def act(name, recheck, actor, *, text=REASON, outcome="", **how):
    """Carry out a passage; a warning or an order on a document of its own."""
    on = {"warned": "warn", "ordered": "order"}.get(outcome)
    said = RecheckAct(text, outcome, paper(recheck.title, on) if on else None)
    acts.carry_out(name, recheck, said, actor=actor, **how)
    return Recheck.objects.get(pk=recheck.pk)


def answered(county, recheck=None):
    recheck = visited(county, recheck)
    return act("answer", recheck, head_of(recheck), text="情况属实，已补记台账。")


def proposed(county, recheck=None):
    return act("propose", answered(county, recheck), county.coordinator)
