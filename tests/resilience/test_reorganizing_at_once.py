"""A unit is reorganized while its title is revoked, under real threads: one waits for the other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from designation.administration import reorganizing
from designation.applications.models import Stage
from designation.audit.chain import verify
from designation.evidence import library
from designation.evidence.models import LibraryEntry
from designation.organizations.lineage import Kind
from designation.organizations.models import Organization, Reorganization, Role
from designation.organizations.succession import Document, Proposal
from designation.register.standing import Status
from designation.site import clock
from designation.site.refusal import Refusal
from tests import factories
from tests.course import PDF, County
from tests.titles_given import REASON, Title
from tests.workflows.test_door import wait_for_a_waiter
from workflows import flow
from workflows.bars import stopping
from workflows.stages.appeals import appeals, attached
from workflows.stages.appeals.taking_in import Brought

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def county(reference_data, held_clock):
    return County()


@pytest.fixture
def title(county):
    return Title(county)


def in_threads(*acts):
    """The outcome of each: what it returned, or the codes for which it was refused."""

    def run(act):
        try:
            return act()
        except Refusal as refused:
            return refused.codes
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(PATIENCE) for one in [pool.submit(run, act) for act in acts]]


def merging(holder, county):
    """Merge the unit away, as the page showed it a moment ago."""
    into = factories.VillageFactory(superior=holder.superior, jurisdiction=holder.jurisdiction)
    actor = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    document = Document("青民发〔2026〕12号", "青山县人民政府")
    proposal = Proposal(Kind.MERGED, clock.today(), (holder,), (into,), document)
    seen = reorganizing.outlook(proposal, actor).digest
    return lambda: reorganizing.reorganize(proposal, chosen={}, seen=seen, actor=actor)


def test_who_reorganizes_a_unit_waits_while_its_title_is_revoked_and_is_shown_the_rest(
    title, monkeypatch
):
    """Revoking locks the title, and then the unit, to end what it has under way."""
    merge, holds, hold = (
        merging(title.row.organization, title.county),
        threading.Event(),
        stopping.hold,
    )

    def once_the_other_waits(*keys):
        holds.set()
        wait_for_a_waiter()
        hold(*keys)

    def merge_meanwhile():
        assert holds.wait(PATIENCE)
        return merge()

    monkeypatch.setattr(stopping, "hold", once_the_other_waits)
    revoked, merged = in_threads(lambda: title.act("revoke").act, merge_meanwhile)

    assert (revoked, merged) == ("revoked", ("overtaken",))
    assert title.status == Status.REVOKED
    assert not Reorganization.objects.exists()
    assert Organization.objects.get(pk=title.row.organization_id).is_active
    assert verify().whole


def test_who_revokes_a_title_of_a_unit_that_is_being_merged_waits_and_revokes_it_of_the_other(
    title, monkeypatch
):
    merge, holds, fates = (
        merging(title.row.organization, title.county),
        threading.Event(),
        reorganizing.succession.fates,
    )

    def once_the_other_waits(proposal):
        holds.set()
        wait_for_a_waiter()
        return fates(proposal)

    def revoke_meanwhile():
        assert holds.wait(PATIENCE)
        return title.act("revoke").act

    monkeypatch.setattr(reorganizing.succession, "fates", once_the_other_waits)
    merged, revoked = in_threads(merge, revoke_meanwhile)

    assert (merged.kind, revoked) == ("merged", "revoked")
    assert title.row.steps.filter(act="recognised").exists()
    assert title.status == Status.REVOKED
    assert verify().whole


def test_who_reorganizes_a_unit_waits_while_its_application_is_handed_back_to_it(
    county, monkeypatch
):
    """Handing back locks the application, and then names the unit that has it in hand."""
    application = county.at(Stage.SUBMITTED)
    code = application.answers.first().item.code
    merge, holds = merging(county.village, county), threading.Event()
    write = flow.Course.write

    def once_the_other_waits(course, done):
        if done.name == "return_for_correction":
            holds.set()
            wait_for_a_waiter()
        return write(course, done)

    def return_it():
        asked = {"corrections": {code: "请补充会议记录"}}
        return county.act("return_for_correction", application, county.reviewer, **asked).stage

    def merge_meanwhile():
        assert holds.wait(PATIENCE)
        return merge()

    monkeypatch.setattr(flow.Course, "write", once_the_other_waits)
    returned, merged = in_threads(return_it, merge_meanwhile)

    assert (returned, merged) == (Stage.RETURNED, ("overtaken",))
    assert not Reorganization.objects.exists()
    assert verify().whole


def test_who_reorganizes_a_unit_waits_while_a_file_is_attached_to_its_appeal(title, monkeypatch):
    """Attaching locks the appeal, and then names the unit in whose library the file lies."""
    head = factories.seated(Role.HEAD, title.row.organization)
    appeal = appeals.lodge(title.act("revoke"), Brought(REASON), actor=head)
    received = library.receive(SimpleUploadedFile("台账.pdf", PDF))
    merge, holds = merging(title.row.organization, title.county), threading.Event()
    keep = attached.keep

    def once_the_other_waits(*args, **kwargs):
        holds.set()
        wait_for_a_waiter()
        keep(*args, **kwargs)

    def merge_meanwhile():
        assert holds.wait(PATIENCE)
        return merge()

    monkeypatch.setattr(attached, "keep", once_the_other_waits)
    attach = partial(attached.attach, appeal, [received], actor=head)
    _nothing, merged = in_threads(attach, merge_meanwhile)

    assert merged == ("overtaken",), "the library has a file more than was shown"
    assert LibraryEntry.objects.get().organization == title.row.organization
    assert not Reorganization.objects.exists()
    assert verify().whole
