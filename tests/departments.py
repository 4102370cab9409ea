"""Departments that a round asks, each with somebody who answers for it."""

from dataclasses import dataclass
from datetime import date

from designation.organizations.models import Organization, Person, Role
from designation.rounds.models import RoundDepartment, Secrecy, Veto
from tests import factories
from workflows.stages.opinions import answering, asking
from workflows.stages.opinions.answering import Answer
from workflows.stages.opinions.models import OpinionList

QUESTION = "近三年是否发生过生产安全责任事故？"
NOTHING = Answer(is_found=False)
FOUND = Answer(is_found=True, remark="2025年发生一起一般事故")
DOCUMENT = {
    "document_name": "事故调查报告",
    "document_number": "应急〔2025〕7号",
    "document_date": date(2025, 8, 1),
}


@dataclass
class Department:
    """One that is asked, and its clerk."""

    organization: Organization
    clerk: Person

    @property
    def list(self):
        """The list that it was sent last."""
        return OpinionList.objects.filter(department=self.organization).latest("pk")

    def line(self, application):
        return self.list.lines.get(application=application)

    def answer(self, answer=NOTHING):
        """The same of every name."""
        answers = {line.pk: answer for line in self.list.lines.all()}
        answering.hand_in(self.list, answers, actor=self.clerk)


def department(county, name, *, secrecy=Secrecy.OPEN, question=QUESTION, vetoes=(), clerk=None):
    """One more department that the county's round asks, with ``clerk`` or a new one."""
    organization = Organization.objects.create(
        name_zh=name, category="JG", jurisdiction=county.jurisdiction
    )
    round_ = county.round
    round_.department_days = 5
    round_.save(update_fields=["department_days"])
    RoundDepartment.objects.create(
        round=round_,
        position=round_.departments.count() + 1,
        department=organization,
        question=question,
        secrecy=secrecy,
        veto_codes=list(vetoes),
    )
    seat = {"role": Role.DEPARTMENT_CLERK, "organization": organization}
    if clerk is None:
        clerk = factories.PersonFactory()
    factories.SeatFactory(person=clerk, **seat)
    return Department(organization, clerk)


def with_veto(county, code):
    """The round has a veto on a check."""
    Veto.objects.create(
        round=county.round, check_code=code, document="县委〔2026〕2号", confirming_body="县公安局"
    )


def sent(county):
    """Every department is asked of whoever came to the county."""
    return asking.send(county.round, actor=county.coordinator)
