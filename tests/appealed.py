"""An appeal of a village against what ended its application, by the acts of those whose it is."""

from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from designation.applications.models import Stage
from designation.evidence import library
from designation.organizations.models import Role
from designation.site import clock
from tests import factories, files
from workflows.stages.appeals import appeals
from workflows.stages.appeals.case import AppealAct
from workflows.stages.appeals.models import OF_A_MEETING, Against, Appeal
from workflows.stages.appeals.taking_in import Brought

REASON = "初审认定台账缺失，而台账已经随申报提交，请核对原件。"
FOUND = "经核对，原始材料与登记一致，没有发现差错。"
ANSWER = "经复核，原决定认定的事实与材料不符，应当重新办理。"
REFUSED = "初审认为三会一课记录不全，不予推荐。"


class Appealed:
    """What was decided of one village of the county, and who hears an appeal against it."""

    def __init__(self, county, against=Against.FIRST_REVIEW, *, wait=None):
        self.county, self.against = county, against
        self.application = _ended(county, against, wait)
        county.head  # noqa: B018 - seated before anybody is told

    @classmethod
    def of(cls, county, application, against):
        """Of an application that was ended already."""
        made = cls.__new__(cls)
        made.county, made.against, made.application = county, against, application
        application.refresh_from_db()
        return made

    @property
    def decision(self):
        return self.application.decisions.order_by("pk").last()

    @cached_property
    def hearer(self):
        """Another coordinator, who had no hand in it."""
        return factories.seated(Role.COUNTY_COORDINATOR, self.county.jurisdiction)

    @property
    def appeal(self):
        return Appeal.objects.get(decision__application=self.application)

    @property
    def stage(self):
        self.application.refresh_from_db()
        return self.application.stage

    def lodge(self, *, actor=None, **said):
        grounds = ("facts",) if self.against in OF_A_MEETING else ()
        said = {"grounds": grounds} | said
        return self.lodge_against(self.decision, actor=actor, **said)

    def lodge_against(self, decision, *, actor=None, **said):
        brought = Brought(**{"reason": REASON} | said)
        return appeals.lodge(decision, brought, actor=actor or self.county.head)

    def enter(self, *, actor=None, **said):
        """As it came on paper, now if not said otherwise, typed by whoever coordinated the case."""
        grounds = ("facts",) if self.against in OF_A_MEETING else ()
        usual = {"reason": REASON, "grounds": grounds, "received_at": clock.now()}
        brought = Brought(**usual | {"files": [scan()]} | said)
        return appeals.enter(self.decision, brought, actor=actor or self.county.coordinator)

    def act(self, name, *, actor=None, seen=None, request_key="", **said):
        by = {"actor": actor or self.hearer, "request_key": request_key}
        return appeals.carry_out(name, self.appeal, said_of(name, **said), seen=seen, **by)

    def up_to_the_answer(self):
        self.lodge()
        self.act("take_up")
        if self.against in OF_A_MEETING:
            self.act("report")

    def answer(self, name, **said):
        self.up_to_the_answer()
        return self.act(name, **said)


def scan(name="申请书.png"):
    return library.receive(SimpleUploadedFile(name, files.png()))


def said_of(name, **said):
    usual = {}
    if name == "report":
        usual = dict.fromkeys(("facts", "count", "procedure"), FOUND)
    elif name in ("uphold", "dismiss"):
        usual = {
            "meeting_name": "县委常委会会议",
            "meeting_on": clock.today(),
            "meeting_attendance": "应到9人，实到9人",
            "meeting_result": "重新研究",
            "document_number": "青组函〔2026〕5号",
            "answered_on": clock.today(),
            "answer": ANSWER,
        }
    return AppealAct(**usual | said)


def _ended(county, against, wait):
    if against == Against.FIRST_REVIEW:
        found = county.at(Stage.SUBMITTED)
        county.act("reject", found, county.reviewer, opinion=REFUSED)
    elif against == Against.VERIFICATION:
        found = county.at(Stage.VERIFYING)
        county.act("reject", found, county.coordinator, opinion="实地核查发现台账长期空白。")
    elif against == Against.NOT_CHOSEN:
        found = county.at(Stage.VERIFIED)
        county.choose(left_out=[found])
    else:
        found = county.at(Stage.AWAITING_DESIGNATION, wait=wait)
        county.act("decline", found, county.deciding_officer, opinion="公示期满，经研究不予命名。")
    found.refresh_from_db()
    return found
